// NtQueryVirtualMemory: what is at an address.
#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "host/services/gate_services.hpp"
#include "host/services/guest_memory.hpp"
#include "host/services/nt_values.hpp"
#include "host/services/page_protection.hpp"
#include "host/services/reservation.hpp"
#include "host/win32/status.hpp"

namespace sehlab::services::gates {
namespace {

constexpr std::uint32_t kMemoryBasicInformation = 0;
constexpr GuestAddr kHighestQuery{0x7fff0000};

struct MemoryBasicInformation {
  std::uint32_t base, allocation_base, allocation_protect, region_size, state, protect, type;
};
static_assert(sizeof(MemoryBasicInformation) == 0x1c);

MemoryBasicInformation describe(Kernel& kernel, GuestAddr address) {
  emu::RegionInfo region = kernel.address_space().query(address);
  // Above there is nothing that a program could ask about.
  region.size = std::min(region.size, kHighestQuery - region.base);
  MemoryBasicInformation information{region.base.value, 0, 0, region.size, MEM_FREE,
                                     PAGE_NOACCESS,     0};
  const auto reservation = reservation_at(kernel, address);
  if (!reservation) return information;
  information.allocation_base = region.allocation_base.value;
  information.allocation_protect = reservation->protect;
  information.type = reservation->owner == Owner::Image  ? MEM_IMAGE
                     : reservation->owner == Owner::View ? MEM_MAPPED
                                                         : MEM_PRIVATE;
  if (region.state == emu::PageState::Reserved) {
    information.state = MEM_RESERVE;
    information.protect = 0;
  } else {
    information.state = MEM_COMMIT;
    information.protect = page_value(region.protection);
  }
  return information;
}

}  // namespace

Outcome NtQueryVirtualMemory(GateCall& call) {
  const GuestAddr address = pointer(call, 1), buffer = pointer(call, 3);
  const GuestAddr needed = pointer(call, 5);
  const std::uint32_t information_class = call.argument[2], bytes = call.argument[4];
  if (call.argument[0] != kCurrentProcess) return returned(win32::STATUS_INVALID_HANDLE);
  if (information_class != kMemoryBasicInformation) {
    return Unmodelled{"NtQueryVirtualMemory, class " + std::to_string(information_class)};
  }
  if (bytes < sizeof(MemoryBasicInformation)) return returned(win32::STATUS_INFO_LENGTH_MISMATCH);
  if (address >= kHighestQuery) return returned(win32::STATUS_INVALID_PARAMETER);
  if (auto fault = probe_write(call, buffer, sizeof(MemoryBasicInformation))) {
    return returned(status_of_fault(*fault));
  }
  if (needed != GuestAddr{}) {
    if (auto fault = probe_write(call, needed, 4)) return returned(status_of_fault(*fault));
    write_probed(call, needed, std::uint32_t{sizeof(MemoryBasicInformation)});
  }
  write_probed(call, buffer, describe(call.kernel, address));
  return returned(win32::STATUS_SUCCESS);
}

}  // namespace sehlab::services::gates
