// Asynchronous procedure calls, alerts, and what a thread can be told about itself.
#include <cstdint>
#include <string>

#include "host/services/gate_services.hpp"
#include "host/services/guest_memory.hpp"
#include "host/services/nt_values.hpp"
#include "host/win32/status.hpp"

namespace sehlab::services::gates {
namespace {

// THREADINFOCLASS
constexpr std::uint32_t kThreadBasePriority = 3, kThreadAffinityMask = 4, kThreadZeroTlsCell = 10,
                        kThreadPriorityBoost = 14;
// THREAD_BASE_PRIORITY_MIN and _MAX of the SDK, and the two that saturate.
constexpr std::int32_t kLowest = -2, kHighest = 2, kSaturated = 16;

/// Takes what an index held from every thread (TlsFree).
void zero_tls_cell(GateCall& call, std::uint32_t index) {
  constexpr std::uint32_t kSlots = 64, kExpansionSlots = 1024;
  constexpr std::uint32_t kTlsSlots = 0xe10, kTlsExpansionSlots = 0xf94;  // of the TEB
  emu::RawAccess& raw = call.kernel.address_space().raw();
  for (const GuestAddr teb : call.kernel.tebs()) {
    if (index < kSlots) {
      static_cast<void>(raw.put(teb + kTlsSlots + 4 * index, 0u));
    } else if (index < kSlots + kExpansionSlots) {
      const auto more = raw.get<std::uint32_t>(teb + kTlsExpansionSlots).value_or(0);
      if (more != 0) static_cast<void>(raw.put(GuestAddr{more} + 4 * (index - kSlots), 0u));
    }
  }
}

}  // namespace

Outcome NtQueueApcThread(GateCall& call) {
  const Handle thread = call.argument[0];
  const auto identity = call.kernel.thread_identity(thread);
  if (!identity) return returned(win32::STATUS_INVALID_HANDLE);
  if (identity->teb == GuestAddr{}) return returned(win32::STATUS_UNSUCCESSFUL);
  call.kernel.queue_apc(
      thread, {pointer(call, 1), {call.argument[2], call.argument[3], call.argument[4]}, 0});
  return returned(win32::STATUS_SUCCESS);
}

Outcome NtTestAlert(GateCall& call) {
  if (call.kernel.apc_pending()) return DeliverApc{win32::STATUS_SUCCESS};
  return returned(win32::STATUS_SUCCESS);
}

Outcome NtAlertThreadByThreadId(GateCall& call) {
  constexpr std::uint32_t STATUS_INVALID_CID = 0xC000000B;
  return returned(call.kernel.alert_thread(call.argument[0]) ? win32::STATUS_SUCCESS
                                                             : STATUS_INVALID_CID);
}

Outcome NtSetInformationThread(GateCall& call) {
  const Handle thread = call.argument[0];
  const std::uint32_t information_class = call.argument[1];
  if (!call.kernel.thread_identity(thread)) return returned(win32::STATUS_INVALID_HANDLE);
  if (information_class != kThreadBasePriority && information_class != kThreadPriorityBoost &&
      information_class != kThreadAffinityMask && information_class != kThreadZeroTlsCell) {
    return Unmodelled{"NtSetInformationThread, class " + std::to_string(information_class)};
  }
  std::int32_t value = 0;
  if (call.argument[3] != sizeof(value)) return returned(win32::STATUS_INFO_LENGTH_MISMATCH);
  if (auto fault = call.memory.read_object(pointer(call, 2), value)) {
    return returned(status_of_fault(*fault));
  }
  // The scheduler gives no thread more than another: there is no boost to turn off.
  if (information_class == kThreadPriorityBoost) return returned(win32::STATUS_SUCCESS);
  if (information_class == kThreadZeroTlsCell) {
    if (thread != kCurrentThread) return returned(win32::STATUS_INVALID_PARAMETER);
    zero_tls_cell(call, static_cast<std::uint32_t>(value));
    return returned(win32::STATUS_SUCCESS);
  }
  if (information_class == kThreadAffinityMask) {
    const std::uint32_t all = processor_mask(call), mask = static_cast<std::uint32_t>(value);
    if (mask == 0 || (mask & ~all) != 0) return returned(win32::STATUS_INVALID_PARAMETER);
    call.kernel.set_thread_affinity(thread, mask);
    return returned(win32::STATUS_SUCCESS);
  }
  if ((value < kLowest || value > kHighest) && value != kSaturated && value != -kSaturated) {
    return returned(win32::STATUS_INVALID_PARAMETER);
  }
  call.kernel.set_thread_priority(thread, value);
  return returned(win32::STATUS_SUCCESS);
}

}  // namespace sehlab::services::gates
