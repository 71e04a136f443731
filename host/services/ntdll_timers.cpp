// Waitable timers.
#include <cstdint>
#include <optional>

#include "host/services/deadline.hpp"
#include "host/services/gate_services.hpp"
#include "host/services/guest_memory.hpp"
#include "host/services/new_object.hpp"
#include "host/services/nt_values.hpp"
#include "host/services/system_time.hpp"
#include "host/win32/status.hpp"

namespace sehlab::services::gates {
namespace {

constexpr std::uint32_t kNotificationTimer = 0, kSynchronizationTimer = 1;

/// A BOOLEAN that says whether the timer was signalled before, for those who ask.
Outcome tell_before(GateCall& call, std::size_t index, NtStatus status, bool was_signalled) {
  if (status == win32::STATUS_SUCCESS && pointer(call, index) != GuestAddr{}) {
    write_probed(call, pointer(call, index), static_cast<std::uint8_t>(was_signalled));
  }
  return returned(status);
}

}  // namespace

Outcome NtCreateTimer(GateCall& call) {
  const std::uint32_t type = call.argument[3];
  if (auto refused = refuse_creation(call, "a timer")) return *refused;
  if (type != kNotificationTimer && type != kSynchronizationTimer) {
    return returned(STATUS_INVALID_PARAMETER_4);
  }
  return give_handle(call, call.kernel.create_timer(type == kNotificationTimer));
}

Outcome NtSetTimer(GateCall& call) {
  const auto period = static_cast<std::int32_t>(call.argument[5]);
  std::int64_t due = 0;
  if (pointer(call, 6) != GuestAddr{}) {
    if (auto fault = probe_write(call, pointer(call, 6), 1)) {
      return returned(status_of_fault(*fault));
    }
  }
  if (auto fault = call.memory.read_object(pointer(call, 1), due)) {
    return returned(status_of_fault(*fault));
  }
  if (period < 0) return returned(STATUS_INVALID_PARAMETER_6);
  std::optional<Apc> apc;
  if (pointer(call, 2) != GuestAddr{}) apc = Apc{pointer(call, 2), {call.argument[3], 0, 0}, 0};
  bool was_signalled = false;
  const NtStatus status = call.kernel.set_timer(
      call.argument[0], time_of(due, call.kernel.now()),
      static_cast<std::uint64_t>(period) * kTicksPerMillisecond, apc, was_signalled);
  return tell_before(call, 6, status, was_signalled);
}

Outcome NtCancelTimer(GateCall& call) {
  if (pointer(call, 1) != GuestAddr{}) {
    if (auto fault = probe_write(call, pointer(call, 1), 1)) {
      return returned(status_of_fault(*fault));
    }
  }
  bool was_signalled = false;
  const NtStatus status = call.kernel.cancel_timer(call.argument[0], was_signalled);
  return tell_before(call, 1, status, was_signalled);
}

}  // namespace sehlab::services::gates
