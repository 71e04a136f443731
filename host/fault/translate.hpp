// What a fault of the processor is to Windows: its exception record, and the EIP that the thread
// would go on at. One table. Facts 2.1 to 2.3.
#pragma once

#include <string>
#include <variant>

#include "emu/fault.hpp"
#include "emu/guest_access.hpp"
#include "emu/guest_addr.hpp"
#include "emu/registers.hpp"
#include "host/fault/x87_exception.hpp"
#include "host/win32/exception_record.hpp"

namespace sehlab::fault {

/// What differs between systems and processes in how faults become exceptions; the process fills
/// it in from its profile (host/seh/profile.hpp has the same names) and its execute flags.
struct Rules {
  bool wow64 = true;  ///< parameter counts of a 32-bit process on a 64-bit system
  /// A quotient that does not fit is INTEGER_OVERFLOW; if not, INTEGER_DIVIDE_BY_ZERO.
  bool div_overflow_is_integer_overflow = true;
  X87Rules x87;
  bool dep_enabled = true;  ///< an execute fault is reported as 8; if not, as 0
};

/// An exception for the kernel to deliver: seh::deliver takes record and eip as they are.
struct Exception {
  win32::ExceptionRecord record{};
  /// The trap frame's EIP. Delivery takes one off it for a BREAKPOINT (seh/delivery.hpp).
  GuestAddr eip;
  /// EFLAGS.RF as the processor pushes it: set for a fault, whose instruction is to be executed
  /// again, but not for a breakpoint of a debug register (Intel SDM vol. 3, 17.3.1.1).
  bool resume_flag = false;
  bool second_chance_only = false;  ///< fast fail: no handler is asked, the process ends
};
/// No exception: the thread goes on at `eip`.
struct Resume {
  GuestAddr eip;
  bool clear_alignment_check = false;  ///< EFLAGS.AC is to be cleared first
  bool tick_count = false;             ///< EAX is to be the milliseconds since the system started
};
/// The lab has no rule for it.
struct Unmodelled {
  std::string what;
};

using Translation = std::variant<Exception, Resume, Unmodelled>;

/// Reads memory at the faulting instruction and its operands only; changes nothing.
[[nodiscard]] Translation translate(const emu::Fault& fault, emu::GuestAccess& memory,
                                    const emu::Registers& registers, const Rules& rules);

}  // namespace sehlab::fault
