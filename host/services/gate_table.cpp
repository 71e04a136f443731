#include "host/services/gate_table.hpp"

#include <array>

#include "host/services/gate_services.hpp"
#include "host/services/kernel.hpp"

namespace sehlab::services {
namespace {

#define LAB_GATE_INFO(dll, name, bytes, convention) GateInfo{#dll, #name, bytes},
constexpr auto kInfos = std::to_array<GateInfo>({LAB_GATES(LAB_GATE_INFO)});
#undef LAB_GATE_INFO

// In the order of LAB_GATES: exception dispatch comes first and is not ours.
#define LAB_NO_SERVICE(dll, name, bytes, convention) nullptr,
#define LAB_SERVICE(dll, name, bytes, convention) &gates::name,
constexpr auto kServices = std::to_array<Service>(
    {LAB_GATES_EXCEPTIONS(LAB_NO_SERVICE) LAB_GATES_PROCESS(LAB_SERVICE)
         LAB_GATES_WAITS(LAB_SERVICE) LAB_GATES_THREADS(LAB_SERVICE) LAB_GATES_MEMORY(LAB_SERVICE)
             LAB_GATES_FILES(LAB_SERVICE) LAB_GATES_TIMERS_AND_PORTS(LAB_SERVICE)
                 LAB_GATES_LOADER(LAB_SERVICE)});
#undef LAB_NO_SERVICE
#undef LAB_SERVICE

static_assert(kServices.size() == kInfos.size(), "a group of gates is missing from LAB_GATES");

}  // namespace

std::span<const GateInfo> gate_infos() {
  return kInfos;
}

const GateInfo* gate_info(std::uint32_t gate_number) {
  return gate_number < kInfos.size() ? &kInfos[gate_number] : nullptr;
}

Service service_of(std::uint32_t gate_number) {
  return gate_number < kServices.size() ? kServices[gate_number] : nullptr;
}

}  // namespace sehlab::services
