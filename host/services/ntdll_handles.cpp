// What a handle is told and tells of itself: whether children inherit it, whether it can be closed.
#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "host/services/gate_services.hpp"
#include "host/services/guest_memory.hpp"
#include "host/services/nt_values.hpp"
#include "host/win32/status.hpp"

namespace sehlab::services::gates {
namespace {

constexpr std::uint32_t kObjectHandleFlagInformation = 4;

/// OBJECT_HANDLE_FLAG_INFORMATION: Inherit, ProtectFromClose.
using HandleFlags = std::array<std::uint8_t, 2>;

}  // namespace

Outcome NtQueryObject(GateCall& call) {
  const std::uint32_t information_class = call.argument[1];
  if (information_class != kObjectHandleFlagInformation) {
    return Unmodelled{"NtQueryObject, class " + std::to_string(information_class)};
  }
  const auto flags = call.kernel.handle_flags(call.argument[0]);
  if (!flags) return returned(win32::STATUS_INVALID_HANDLE);
  if (call.argument[3] != sizeof(HandleFlags)) return returned(win32::STATUS_INFO_LENGTH_MISMATCH);
  const HandleFlags told{(*flags & kHandleInherited) != 0, (*flags & kHandleProtected) != 0};
  if (auto fault = call.memory.write_object(pointer(call, 2), told)) {
    return returned(status_of_fault(*fault));
  }
  if (pointer(call, 4) != GuestAddr{}) {
    if (auto fault = call.memory.write_object(pointer(call, 4), std::uint32_t{sizeof(told)})) {
      return returned(status_of_fault(*fault));
    }
  }
  return returned(win32::STATUS_SUCCESS);
}

Outcome NtSetInformationObject(GateCall& call) {
  const std::uint32_t information_class = call.argument[1];
  if (information_class != kObjectHandleFlagInformation) {
    return Unmodelled{"NtSetInformationObject, class " + std::to_string(information_class)};
  }
  HandleFlags wanted{};
  if (call.argument[3] != sizeof(wanted)) return returned(win32::STATUS_INFO_LENGTH_MISMATCH);
  if (auto fault = call.memory.read_object(pointer(call, 2), wanted)) {
    return returned(status_of_fault(*fault));
  }
  const std::uint32_t flags =
      (wanted[0] != 0 ? kHandleInherited : 0) | (wanted[1] != 0 ? kHandleProtected : 0);
  return returned(call.kernel.set_handle_flags(call.argument[0], flags)
                      ? win32::STATUS_SUCCESS
                      : win32::STATUS_INVALID_HANDLE);
}

}  // namespace sehlab::services::gates
