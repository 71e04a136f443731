#include "host/services/new_object.hpp"

#include <string>

#include "host/services/guest_memory.hpp"
#include "host/services/nt_values.hpp"
#include "host/win32/status.hpp"

namespace sehlab::services {
namespace {

/// Nothing for an object without a name.
std::optional<Outcome> refuse_attributes(GateCall& call, GuestAddr attributes, const char* what) {
  if (attributes == GuestAddr{}) return std::nullopt;
  std::uint32_t name = 0;
  if (auto fault = call.memory.read_object(attributes + 8, name)) {
    return returned(status_of_fault(*fault));
  }
  if (name == 0) return std::nullopt;
  return Unmodelled{std::string(what) + " with a name"};
}

}  // namespace

std::optional<Outcome> refuse_creation(GateCall& call, const char* what) {
  if (auto fault = probe_write(call, pointer(call, 0), 4)) {
    return returned(status_of_fault(*fault));
  }
  return refuse_attributes(call, pointer(call, 2), what);
}

Outcome give_handle(GateCall& call, Handle handle) {
  constexpr Handle kHighestHandle = 4 * 0x100000;
  if (handle > kHighestHandle) {
    static_cast<void>(call.kernel.close_handle(handle));
    return returned(STATUS_INSUFFICIENT_RESOURCES);
  }
  write_probed(call, pointer(call, 0), handle);
  return returned(win32::STATUS_SUCCESS);
}

}  // namespace sehlab::services
