// The kernel's half of an exception (KiDispatchException, NtRaiseException): it copies the record
// and the thread's context onto the thread's stack and sends the thread to
// ntdll!KiUserExceptionDispatcher. Facts 1.4 and 3.0.
#pragma once

#include <cstdint>

#include "emu/guest_addr.hpp"
#include "host/seh/outcome.hpp"
#include "host/seh/system.hpp"
#include "host/win32/exception_record.hpp"

namespace sehlab::seh {

/// Who raised an exception; a BREAKPOINT's EIP depends on it (facts 2.1, last rule).
enum class Origin : std::uint8_t { Processor, Software };

/// An exception at the kernel's door. `eip` is the trap frame's: where the thread would go on if
/// nobody changed anything. The registers hold everything else of the thread's state.
struct RaisedException {
  win32::ExceptionRecord record{};
  GuestAddr eip;
  Origin origin = Origin::Processor;
  bool resume_flag = false;  ///< EFLAGS.RF, as the processor pushed it
};

/// First chance: lays the frame of facts 1.4 below the thread's ESP, whatever stack that is, and
/// sets the registers to the entry of KiUserExceptionDispatcher. SecondChance when the frame
/// cannot be written; a stack overflow met on the way replaces the record first.
/// trace::FaultRaised of a processor's fault is the caller's to emit; of what software raised, and
/// of a replaced record, it is emitted here.
[[nodiscard]] Outcome deliver(const Cpu& cpu, const RaisedException& raised);

/// deliver, then begin_dispatch without running the gate KiUserExceptionDispatcher in between:
/// the same effect on the guest, one stop and a few reads less. A MemoryFault leaves the thread
/// at KiUserExceptionDispatcher with the frame in place.
[[nodiscard]] Outcome deliver_and_dispatch(const Cpu& cpu, const RaisedException& raised);

/// No first chance at all (fast fail, facts 2.1 row int 29): nothing is laid, no handler is asked.
[[nodiscard]] Outcome last_chance(const Cpu& cpu, const RaisedException& raised);

/// Gate NtRaiseException(record, context, first_chance). The thread's state becomes the context,
/// then the record (checked and copied) is delivered, or with first_chance == 0 is unhandled.
/// A bad argument returns its status to the caller.
[[nodiscard]] Outcome nt_raise_exception(const Cpu& cpu);

}  // namespace sehlab::seh
