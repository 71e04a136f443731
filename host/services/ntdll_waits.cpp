// Waiting. A call that has to wait returns Block with EIP on its gate, and is made again from the
// start when something may have changed; only its deadline outlives the retries.
#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "host/services/deadline.hpp"
#include "host/services/gate_services.hpp"
#include "host/services/guest_memory.hpp"
#include "host/services/nt_values.hpp"
#include "host/win32/status.hpp"

namespace sehlab::services::gates {
namespace {

constexpr std::uint32_t kMostObjects = 64;  // MAXIMUM_WAIT_OBJECTS
constexpr std::uint32_t kWaitAll = 0, kWaitAny = 1;

bool has_duplicate(std::span<const Handle> handles) {
  for (std::size_t i = 0; i < handles.size(); ++i) {
    if (std::find(handles.begin() + i + 1, handles.end(), handles[i]) != handles.end()) return true;
  }
  return false;
}

/// The calling thread or process would wait for its own end.
bool waits_for_itself(Handle handle) {
  return handle == kCurrentProcess || handle == kCurrentThread;
}

/// The alertable argument of a wait that would end with an asynchronous procedure call.
bool called_away(GateCall& call, std::uint32_t alertable) {
  return (alertable & 0xff) != 0 && call.kernel.apc_pending();
}

/// What never ends while its caller runs is waited for: until the time is up.
Outcome wait_for_time(GateCall& call, std::uint32_t alertable, GuestAddr timeout) {
  const Deadline deadline = deadline_of(call, timeout);
  if (deadline.fault) return returned(status_of_fault(*deadline.fault));
  if (called_away(call, alertable)) return DeliverApc{STATUS_USER_APC};
  if (passed(call, deadline)) return returned(win32::STATUS_TIMEOUT);
  Block block;
  block.alertable = (alertable & 0xff) != 0;
  block.deadline = deadline.at;
  return block;
}

Outcome wait_for(GateCall& call, std::span<const Handle> handles, bool all, std::uint32_t alertable,
                 GuestAddr timeout) {
  const Deadline deadline = deadline_of(call, timeout);
  if (deadline.fault) return returned(status_of_fault(*deadline.fault));
  for (const Handle handle : handles) {
    if (call.kernel.pipe_end_of(handle)) return Unmodelled{"waiting for a pipe"};
    if (call.kernel.section_of(handle)) return returned(win32::STATUS_OBJECT_TYPE_MISMATCH);
  }
  NtStatus status = win32::STATUS_WAIT_0;
  if (const auto satisfied = call.kernel.try_wait(handles, all, status)) {
    // Both kinds of success count from the index of the handle.
    return returned(status + *satisfied);
  }
  if (status != win32::STATUS_WAIT_0) return returned(status);
  // What is waited for comes first, then the call, then the timeout.
  if (called_away(call, alertable)) return DeliverApc{STATUS_USER_APC};
  if (passed(call, deadline)) return returned(win32::STATUS_TIMEOUT);
  Block block;
  block.alertable = (alertable & 0xff) != 0;
  std::copy(handles.begin(), handles.end(), block.handles.begin());
  block.count = static_cast<std::uint32_t>(handles.size());
  block.all = all;
  block.deadline = deadline.at;
  return block;
}

}  // namespace

Outcome NtWaitForSingleObject(GateCall& call) {
  const std::array<Handle, 1> handle{call.argument[0]};
  if (waits_for_itself(handle[0])) {
    return wait_for_time(call, call.argument[1], pointer(call, 2));
  }
  return wait_for(call, handle, false, call.argument[1], pointer(call, 2));
}

Outcome NtWaitForMultipleObjects(GateCall& call) {
  const std::uint32_t count = call.argument[0], type = call.argument[2];
  if (count == 0 || count > kMostObjects) return returned(STATUS_INVALID_PARAMETER_1);
  if (type != kWaitAll && type != kWaitAny) return returned(STATUS_INVALID_PARAMETER_3);
  std::array<Handle, kMostObjects> storage{};
  const auto handles = std::span(storage).first(count);
  if (auto fault = call.memory.read(pointer(call, 1), std::as_writable_bytes(handles))) {
    return returned(status_of_fault(*fault));
  }
  if (std::any_of(handles.begin(), handles.end(), waits_for_itself)) {
    return Unmodelled{"a pseudo handle among several that are waited for"};
  }
  if (type == kWaitAll && has_duplicate(handles)) return returned(STATUS_INVALID_PARAMETER_MIX);
  return wait_for(call, handles, type == kWaitAll, call.argument[3], pointer(call, 4));
}

Outcome NtDelayExecution(GateCall& call) {
  const GuestAddr interval = pointer(call, 1);
  std::int64_t value = 0;
  if (auto fault = call.memory.read_object(interval, value)) {
    return returned(status_of_fault(*fault));
  }
  if (called_away(call, call.argument[0])) return DeliverApc{STATUS_USER_APC};
  if (value == 0) return Yield{win32::STATUS_SUCCESS};
  const Deadline deadline = deadline_of(call, interval);
  if (passed(call, deadline)) return returned(win32::STATUS_SUCCESS);
  Block block;
  block.alertable = (call.argument[0] & 0xff) != 0;
  block.deadline = deadline.at;
  return block;
}

/// The first try signals; a retry only goes on waiting.
Outcome NtSignalAndWaitForSingleObject(GateCall& call) {
  if (!call.kernel.retrying()) {
    std::int32_t previous = 0;
    NtStatus status = win32::STATUS_OBJECT_TYPE_MISMATCH;
    const Handle signal = call.argument[0];
    const std::array<Handle, 1> waited{call.argument[1]};
    const auto kind = call.kernel.kind_of(signal);
    if (!kind || !call.kernel.kind_of(waited[0])) return returned(win32::STATUS_INVALID_HANDLE);
    if (pointer(call, 3) != GuestAddr{}) {
      std::int64_t timeout = 0;
      if (auto fault = call.memory.read_object(pointer(call, 3), timeout)) {
        return returned(status_of_fault(*fault));
      }
    }
    if (kind == ObjectKind::Event) status = call.kernel.set_event(signal);
    if (kind == ObjectKind::Mutex) status = call.kernel.release_mutex(signal);
    if (kind == ObjectKind::Semaphore) status = call.kernel.release_semaphore(signal, 1, previous);
    if (status != win32::STATUS_SUCCESS) return returned(status);
  }
  const std::array<Handle, 1> handle{call.argument[1]};
  return wait_for(call, handle, false, call.argument[2], pointer(call, 3));
}

/// The address is a hint for debuggers and nothing more.
Outcome NtWaitForAlertByThreadId(GateCall& call) {
  const Deadline deadline = deadline_of(call, pointer(call, 1));
  if (deadline.fault) return returned(status_of_fault(*deadline.fault));
  if (call.kernel.take_alert()) return returned(STATUS_ALERTED);
  if (passed(call, deadline)) return returned(win32::STATUS_TIMEOUT);
  Block block;
  block.for_alert = true;
  block.deadline = deadline.at;
  return block;
}

Outcome NtYieldExecution(GateCall& call) {
  if (call.kernel.live_threads() == 1) return returned(STATUS_NO_YIELD_PERFORMED);
  return Yield{win32::STATUS_SUCCESS};
}

}  // namespace sehlab::services::gates
