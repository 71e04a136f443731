// Events, semaphores, mutexes ("mutants") and handles.
#include <cstdint>
#include <optional>
#include <string>

#include "host/services/gate_services.hpp"
#include "host/services/guest_memory.hpp"
#include "host/services/new_object.hpp"
#include "host/services/nt_values.hpp"
#include "host/win32/status.hpp"

namespace sehlab::services::gates {
namespace {

constexpr std::uint32_t kNotificationEvent = 0, kSynchronizationEvent = 1;
// DuplicateHandle's options
constexpr std::uint32_t kDuplicateCloseSource = 1, kDuplicateSameAccess = 2;

/// Set, reset and release can tell the state before; the lab's objects do not keep it.
std::optional<Outcome> refuse_previous(GateCall& call, std::size_t index, const char* what) {
  if (pointer(call, index) == GuestAddr{}) return std::nullopt;
  return Unmodelled{std::string("the previous state that ") + what + " can return"};
}

}  // namespace

Outcome NtCreateEvent(GateCall& call) {
  const std::uint32_t type = call.argument[3];
  if (type != kNotificationEvent && type != kSynchronizationEvent) {
    return returned(STATUS_INVALID_PARAMETER_4);
  }
  const bool signalled = (call.argument[4] & 0xff) != 0;
  return create_object(call, ObjectKind::Event, [&] {
    return call.kernel.create_event(type == kNotificationEvent, signalled);
  });
}

Outcome NtSetEvent(GateCall& call) {
  if (auto refused = refuse_previous(call, 1, "NtSetEvent")) return *refused;
  return returned(call.kernel.set_event(call.argument[0]));
}

Outcome NtResetEvent(GateCall& call) {
  if (auto refused = refuse_previous(call, 1, "NtResetEvent")) return *refused;
  return returned(call.kernel.reset_event(call.argument[0]));
}

Outcome NtClearEvent(GateCall& call) {
  return returned(call.kernel.reset_event(call.argument[0]));
}

Outcome NtCreateSemaphore(GateCall& call) {
  const auto count = static_cast<std::int32_t>(call.argument[3]);
  const auto limit = static_cast<std::int32_t>(call.argument[4]);
  if (count < 0 || limit <= 0 || count > limit) return returned(win32::STATUS_INVALID_PARAMETER);
  return create_object(call, ObjectKind::Semaphore,
                       [&] { return call.kernel.create_semaphore(count, limit); });
}

Outcome NtReleaseSemaphore(GateCall& call) {
  const auto count = static_cast<std::int32_t>(call.argument[1]);
  const GuestAddr previous_out = pointer(call, 2);
  if (count <= 0) return returned(win32::STATUS_INVALID_PARAMETER);
  if (previous_out != GuestAddr{}) {
    if (auto fault = probe_write(call, previous_out, 4)) return returned(status_of_fault(*fault));
  }
  std::int32_t previous = 0;
  const NtStatus status = call.kernel.release_semaphore(call.argument[0], count, previous);
  if (status == win32::STATUS_SUCCESS && previous_out != GuestAddr{}) {
    write_probed(call, previous_out, previous);
  }
  return returned(status);
}

Outcome NtCreateMutant(GateCall& call) {
  return create_object(call, ObjectKind::Mutex,
                       [&] { return call.kernel.create_mutex((call.argument[3] & 0xff) != 0); });
}

Outcome NtOpenEvent(GateCall& call) {
  return open_object(call, ObjectKind::Event);
}
Outcome NtOpenSemaphore(GateCall& call) {
  return open_object(call, ObjectKind::Semaphore);
}
Outcome NtOpenMutant(GateCall& call) {
  return open_object(call, ObjectKind::Mutex);
}

Outcome NtReleaseMutant(GateCall& call) {
  if (auto refused = refuse_previous(call, 1, "NtReleaseMutant")) return *refused;
  return returned(call.kernel.release_mutex(call.argument[0]));
}

Outcome NtDuplicateObject(GateCall& call) {
  const Handle from_process = call.argument[0], handle = call.argument[1];
  const Handle to_process = call.argument[2];
  const GuestAddr out = pointer(call, 3);
  const std::uint32_t options = call.argument[6];
  if (from_process != kCurrentProcess || to_process != kCurrentProcess) {
    return returned(win32::STATUS_INVALID_HANDLE);
  }
  if (out != GuestAddr{}) {
    if (auto fault = probe_write(call, out, 4)) return returned(status_of_fault(*fault));
  }
  if ((options & ~(kDuplicateSameAccess | kDuplicateCloseSource)) != 0) {
    return Unmodelled{"options of NtDuplicateObject"};
  }
  if (handle == kCurrentProcess) return Unmodelled{"a real handle of the process"};
  const auto duplicate = call.kernel.duplicate_handle(handle);
  if (!duplicate) return returned(win32::STATUS_INVALID_HANDLE);
  if ((options & kDuplicateCloseSource) != 0) {
    static_cast<void>(call.kernel.close_handle(handle));
  }
  constexpr std::uint32_t kObjInherit = 2;
  if ((call.argument[5] & kObjInherit) != 0) {
    static_cast<void>(call.kernel.set_handle_flags(*duplicate, kHandleInherited));
  }
  if (out != GuestAddr{}) write_probed(call, out, *duplicate);
  return returned(win32::STATUS_SUCCESS);
}

Outcome NtClose(GateCall& call) {
  const Handle handle = call.argument[0];
  // The pseudo handles name nothing that could be closed.
  if (handle == kCurrentProcess || handle == kCurrentThread) {
    return returned(win32::STATUS_SUCCESS);
  }
  return returned(call.kernel.close_handle(handle));
}

}  // namespace sehlab::services::gates
