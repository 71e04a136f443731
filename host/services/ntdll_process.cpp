// The process and its threads.
#include <array>
#include <cstdint>
#include <string>
#include <utility>

#include "host/services/gate_services.hpp"
#include "host/services/guest_memory.hpp"
#include "host/services/nt_values.hpp"
#include "host/services/section.hpp"
#include "host/services/system_time.hpp"
#include "host/win32/status.hpp"

namespace sehlab::services::gates {
namespace {

// THREADINFOCLASS
constexpr std::uint32_t kThreadBasicInformation = 0, kThreadTimes = 1, kThreadAmILastThread = 12,
                        kThreadCycleTime = 23;

// PROCESSINFOCLASS
constexpr std::uint32_t kProcessBasicInformation = 0, kProcessTimes = 4, kProcessDebugPort = 7,
                        kProcessWow64Information = 26, kProcessDebugFlags = 31,
                        kProcessExecuteFlags = 34;
constexpr std::uint32_t kStillActive = 259;

struct ProcessBasicInformation {
  std::uint32_t exit_status, peb, affinity;
  std::int32_t base_priority;
  std::uint32_t process_id, parent_id;
};
static_assert(sizeof(ProcessBasicInformation) == 0x18);

/// KERNEL_USER_TIMES. All that the lab executes is user code: gates take no time.
struct KernelUserTimes {
  std::uint64_t created, exited, kernel, user;
};
static_assert(sizeof(KernelUserTimes) == 0x20);

constexpr std::uint64_t kCounterFrequency = 10'000'000;

struct ThreadBasicInformation {
  std::uint32_t exit_status, teb, process_id, thread_id, affinity;
  std::int32_t priority, base_priority;
};
static_assert(sizeof(ThreadBasicInformation) == 0x1c);

/// TEB.ClientId.UniqueProcess.
std::uint32_t process_id(GateCall& call) {
  std::uint32_t id = 0;
  static_cast<void>(call.memory.read_object(call.kernel.current_teb() + 0x20, id));
  return id;
}

/// TEB.ProcessEnvironmentBlock.
std::uint32_t peb(GateCall& call) {
  std::uint32_t address = 0;
  static_cast<void>(call.memory.read_object(call.kernel.current_teb() + 0x30, address));
  return address;
}

template <typename T>
Outcome give_information(GateCall& call, const T& value) {
  const GuestAddr buffer = pointer(call, 2), needed = pointer(call, 4);
  if (call.argument[3] != sizeof(T)) return returned(win32::STATUS_INFO_LENGTH_MISMATCH);
  if (auto fault = probe_write(call, buffer, sizeof(T))) return returned(status_of_fault(*fault));
  if (needed != GuestAddr{}) {
    if (auto fault = probe_write(call, needed, 4)) return returned(status_of_fault(*fault));
    write_probed(call, needed, std::uint32_t{sizeof(T)});
  }
  write_probed(call, buffer, value);
  return returned(win32::STATUS_SUCCESS);
}

}  // namespace

Outcome NtTerminateProcess(GateCall& call) {
  const Handle process = call.argument[0];
  const std::uint32_t code = call.argument[1];
  if (process == 0) {
    call.kernel.end_other_threads(code);
    return returned(win32::STATUS_SUCCESS);
  }
  if (process != kCurrentProcess) return returned(win32::STATUS_INVALID_HANDLE);
  for (const auto& [base, view] : std::as_const(call.kernel).views()) write_back(view);
  return EndProcess{code};
}

Outcome LabReportUnhandled(GateCall& call) {
  return UnhandledReported{pointer(call, 0)};
}

Outcome LabUnmodelled(GateCall& call) {
  constexpr std::uint32_t kLongest = 200;
  std::string what;
  for (std::uint32_t at = 0; at < kLongest; ++at) {
    char c = 0;
    if (call.memory.read_object(pointer(call, 0) + at, c) || c == 0) break;
    what += c;
  }
  return Unmodelled{what};
}

Outcome NtTerminateThread(GateCall& call) {
  const Handle thread = call.argument[0] == 0 ? kCurrentThread : call.argument[0];
  const auto identity = call.kernel.thread_identity(thread);
  if (!identity) return returned(win32::STATUS_INVALID_HANDLE);
  if (identity->id == call.kernel.current_thread()) return EndThread{call.argument[1]};
  if (identity->teb == GuestAddr{}) return returned(win32::STATUS_SUCCESS);
  call.kernel.end_thread(thread, call.argument[1]);
  return returned(win32::STATUS_SUCCESS);
}

Outcome NtQueryInformationThread(GateCall& call) {
  const Handle thread = call.argument[0];
  const std::uint32_t information_class = call.argument[1];
  const auto identity = call.kernel.thread_identity(thread);
  const auto exit_code = call.kernel.thread_exit_code(thread);
  if (!identity || !exit_code) return returned(win32::STATUS_INVALID_HANDLE);
  if (information_class == kThreadBasicInformation) {
    constexpr std::int32_t kNormalClass = 8;
    const std::int32_t relative = call.kernel.thread_priority(thread);
    return give_information(
        call, ThreadBasicInformation{*exit_code, identity->teb.value, process_id(call),
                                     identity->id, call.kernel.thread_affinity(thread),
                                     kNormalClass + relative, relative});
  }
  const auto times = call.kernel.thread_times(thread);
  if (information_class == kThreadTimes && times) {
    return give_information(call, KernelUserTimes{times->created, times->exited, 0,
                                                  times->instructions / kInstructionsPer100ns});
  }
  if (information_class == kThreadCycleTime && times) {
    return give_information(
        call, std::array<std::uint64_t, 2>{times->instructions, call.kernel.instructions()});
  }
  if (information_class == kThreadAmILastThread) {
    return give_information(call, std::uint32_t{call.kernel.live_threads() == 1});
  }
  return Unmodelled{"NtQueryInformationThread, class " + std::to_string(information_class)};
}

Outcome NtQueryInformationProcess(GateCall& call) {
  if (call.argument[0] != kCurrentProcess) return returned(win32::STATUS_INVALID_HANDLE);
  switch (call.argument[1]) {
    case kProcessBasicInformation:
      return give_information(
          call, ProcessBasicInformation{kStillActive, peb(call), processor_mask(call), 8,
                                        process_id(call), 0});
    case kProcessTimes:
      return give_information(
          call,
          KernelUserTimes{kStartTime, 0, 0, call.kernel.instructions() / kInstructionsPer100ns});
    case kProcessWow64Information:
      return give_information(call, call.kernel.wow64() ? peb(call) : 0);
    case kProcessDebugPort:
      return give_information(call, std::uint32_t{0});  // nobody debugs it
    case kProcessDebugFlags:
      return give_information(call, std::uint32_t{1});
    case kProcessExecuteFlags:
      return give_information(call, call.kernel.execute_flags());
    default:
      break;
  }
  return Unmodelled{"NtQueryInformationProcess, class " + std::to_string(call.argument[1])};
}

Outcome NtSetInformationProcess(GateCall& call) {
  if (call.argument[0] != kCurrentProcess) return returned(win32::STATUS_INVALID_HANDLE);
  if (call.argument[1] != kProcessExecuteFlags) {
    return Unmodelled{"NtSetInformationProcess, class " + std::to_string(call.argument[1])};
  }
  std::uint32_t flags = 0;
  if (call.argument[3] != sizeof(flags)) return returned(win32::STATUS_INFO_LENGTH_MISMATCH);
  if (auto fault = call.memory.read_object(pointer(call, 2), flags)) {
    return returned(status_of_fault(*fault));
  }
  return returned(call.kernel.set_execute_flags(flags));
}

Outcome NtQueryPerformanceCounter(GateCall& call) {
  const GuestAddr counter = pointer(call, 0), frequency = pointer(call, 1);
  if (auto fault = probe_write(call, counter, 8)) return returned(status_of_fault(*fault));
  if (frequency != GuestAddr{}) {
    if (auto fault = probe_write(call, frequency, 8)) return returned(status_of_fault(*fault));
    write_probed(call, frequency, kCounterFrequency);
  }
  write_probed(call, counter, call.kernel.now());
  return returned(win32::STATUS_SUCCESS);
}

Outcome NtQuerySystemTime(GateCall& call) {
  if (auto fault = probe_write(call, pointer(call, 0), 8)) {
    return returned(status_of_fault(*fault));
  }
  write_probed(call, pointer(call, 0), kStartTime + call.kernel.now());
  return returned(win32::STATUS_SUCCESS);
}

Outcome NtGetTickCount(GateCall& call) {
  return returned(static_cast<std::uint32_t>(call.kernel.now() / kTicksPerMillisecond));
}

}  // namespace sehlab::services::gates
