// ThreadFactory: makes a thread as Windows starts one: stack, TEB, static TLS, and the registers
// with which it enters ntdll.
#pragma once

#include <cstdint>

#include "emu/machine.hpp"
#include "emu/result.hpp"
#include "host/process/modules.hpp"
#include "host/process/scheduler.hpp"
#include "host/process/stacks.hpp"
#include "host/process/thread.hpp"

namespace sehlab::process {

class ThreadFactory {
 public:
  ThreadFactory(emu::Machine& machine, Modules& modules, Scheduler& scheduler, GuestAddr peb);

  struct Start {
    GuestAddr eip;                ///< where in ntdll the thread begins
    GuestAddr routine;            ///< EAX: the thread's start routine, or the program's entry
    std::uint32_t parameter = 0;  ///< EBX
    std::uint32_t stack_reserve = 0, stack_commit = 0;  ///< 0: the program's own figures
    GuestAddr stack_end;                                ///< wanted StackBase; 0: anywhere
    bool suspended = false;
  };
  /// A new thread, ready to run. It starts with EAX = routine, EBX = parameter, both also above
  /// a zero return address on its stack (routine, parameter), as ntdll's start code wants them.
  [[nodiscard]] Result<Thread*> create(const Start& start);
  /// Gives back the stack and the TLS block of a thread that has ended.
  void retire(Thread& thread);
  /// Lays static TLS for images that were loaded since the thread began, and gives back that of
  /// images that are gone.
  [[nodiscard]] Result<> lay_tls(Thread& thread);

  /// Threads made so far, for snapshots.
  [[nodiscard]] std::uint32_t created() const { return created_; }
  void restore_created(std::uint32_t count) { created_ = count; }

 private:
  [[nodiscard]] Result<StackBounds> make_thread_stack(const Start& start);

  emu::Machine& machine_;
  Modules& modules_;
  Scheduler& scheduler_;
  GuestAddr peb_;
  std::unique_ptr<emu::SavedCpu> pristine_;  ///< ring 3, nothing run yet
  std::uint32_t created_ = 0;
};

}  // namespace sehlab::process
