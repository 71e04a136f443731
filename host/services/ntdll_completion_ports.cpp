// Completion ports: what is posted to them, and waiting for it. The order in which waiting threads
// are served is the schedule's, not the last-in-first-out of Windows, and any number of them may
// run at a time.
#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "host/services/deadline.hpp"
#include "host/services/gate_services.hpp"
#include "host/services/guest_memory.hpp"
#include "host/services/new_object.hpp"
#include "host/services/nt_values.hpp"
#include "host/win32/status.hpp"

namespace sehlab::services::gates {
namespace {

/// FILE_IO_COMPLETION_INFORMATION; kernel32 hands it out as OVERLAPPED_ENTRY.
struct Entry {
  std::uint32_t key, value, status, information;
};
static_assert(sizeof(Entry) == 0x10);

struct Status {
  std::uint32_t status, information;
};

/// No completion there: wait for one, or the status that ends the wait.
Outcome wait_at(GateCall& call, Handle port, NtStatus status, GuestAddr timeout) {
  // The port was closed under the waiting thread's feet (GetQueuedCompletionStatus: error
  // ERROR_ABANDONED_WAIT_0).
  if (status == win32::STATUS_INVALID_HANDLE && call.kernel.retrying()) {
    return returned(win32::STATUS_ABANDONED_WAIT_0);
  }
  if (status != win32::STATUS_TIMEOUT) return returned(status);
  const Deadline deadline = deadline_of(call, timeout);
  if (deadline.fault) return returned(status_of_fault(*deadline.fault));
  if (passed(call, deadline)) return returned(win32::STATUS_TIMEOUT);
  Block block;
  block.handles[0] = port;
  block.count = 1;
  block.deadline = deadline.at;
  return block;
}

}  // namespace

Outcome NtCreateIoCompletion(GateCall& call) {
  if (auto refused = refuse_creation(call, "a completion port")) return *refused;
  return give_handle(call, call.kernel.create_completion_port());
}

Outcome NtSetIoCompletion(GateCall& call) {
  const auto& a = call.argument;
  return returned(call.kernel.post_completion(a[0], Completion{a[1], a[2], a[3], a[4]}));
}

Outcome NtRemoveIoCompletion(GateCall& call) {
  const GuestAddr key = pointer(call, 1), value = pointer(call, 2), status_block = pointer(call, 3);
  for (const auto& [at, bytes] : {std::pair{key, 4}, {value, 4}, {status_block, 8}}) {
    if (auto fault = probe_write(call, at, static_cast<std::size_t>(bytes))) {
      return returned(status_of_fault(*fault));
    }
  }
  Completion completion;
  const NtStatus status = call.kernel.take_completion(call.argument[0], completion);
  if (status != win32::STATUS_SUCCESS) {
    return wait_at(call, call.argument[0], status, pointer(call, 4));
  }
  write_probed(call, key, completion.key);
  write_probed(call, value, completion.value);
  write_probed(call, status_block, Status{completion.status, completion.information});
  return returned(win32::STATUS_SUCCESS);
}

Outcome NtRemoveIoCompletionEx(GateCall& call) {
  const GuestAddr entries = pointer(call, 1), removed = pointer(call, 3);
  const std::uint32_t room = call.argument[2];
  if (room == 0) return returned(win32::STATUS_INVALID_PARAMETER);
  if (auto fault = probe_write(call, removed, 4)) return returned(status_of_fault(*fault));
  std::uint32_t taken = 0;
  NtStatus status = win32::STATUS_SUCCESS;
  for (; taken < room; ++taken) {
    const GuestAddr at = entries + taken * std::uint32_t{sizeof(Entry)};
    if (auto fault = probe_write(call, at, sizeof(Entry))) {
      if (taken == 0) return returned(status_of_fault(*fault));
      break;
    }
    Completion completion;
    status = call.kernel.take_completion(call.argument[0], completion);
    if (status != win32::STATUS_SUCCESS) break;
    write_probed(
        call, at,
        Entry{completion.key, completion.value, completion.status, completion.information});
  }
  if (taken == 0) return wait_at(call, call.argument[0], status, pointer(call, 4));
  write_probed(call, removed, taken);
  return returned(win32::STATUS_SUCCESS);
}

}  // namespace sehlab::services::gates
