// What a fault of the processor is to Windows: its exception record and the EIP that the thread
// would go on at. One table. Facts: seh-x86.md 2.1 and 2.2.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "emu/fault.hpp"
#include "emu/guest_access.hpp"
#include "emu/guest_addr.hpp"
#include "emu/registers.hpp"
#include "host/win32/exception_record.hpp"

namespace sehlab::fault {

/// What differs between systems and processes in how faults become exceptions.
struct Rules {
  bool wow64 = true;  ///< parameter counts of a 32-bit process on a 64-bit system
  bool div_overflow_is_integer_overflow = true;
  bool dep_enabled = true;  ///< an execute fault is 8, not 0
};

/// An exception for the kernel to deliver (seh::deliver takes record and eip as they are).
struct Exception {
  win32::ExceptionRecord record{};
  /// The trap frame's EIP. Delivery takes one off a BREAKPOINT's; see seh/delivery.hpp.
  GuestAddr eip;
  /// Fast fail: no handler is asked, the process ends.
  bool second_chance_only = false;
};
/// The instruction means nothing to the program: no exception, the thread goes on at `eip`.
struct Resume {
  GuestAddr eip;
  bool clear_alignment_check = false;  ///< EFLAGS.AC is to be cleared (#AC, native Windows)
};
/// The lab has no rule for it.
struct Unmodelled {
  std::string what;
};

using Translation = std::variant<Exception, Resume, Unmodelled>;

/// `memory` and `registers` are read only, at the faulting instruction and its operands; what
/// cannot be read there is taken as not there.
[[nodiscard]] Translation translate(const emu::Fault& fault, emu::GuestAccess& memory,
                                    const emu::Registers& registers, const Rules& rules);

}  // namespace sehlab::fault
