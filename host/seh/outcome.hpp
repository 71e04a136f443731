// Outcome: how one step of dispatch or of unwinding ended. A step works on guest memory and
// registers only; what is left for the process to do is said here, and nothing is kept.
#pragma once

#include <string>
#include <variant>

#include "emu/fault.hpp"
#include "emu/guest_addr.hpp"
#include "host/win32/context.hpp"
#include "host/win32/exception_record.hpp"

namespace sehlab::seh {

/// The registers are set: run the guest on.
struct Run {};

/// Nobody took the exception: the kernel ends the process with the exception's code as its exit
/// status (facts 3.0 step 3). The copies are the record and context as the handlers left them.
struct SecondChance {
  GuestAddr record_address;   ///< 0: the record never reached guest memory
  GuestAddr context_address;  ///< 0: the context never reached guest memory
  win32::ExceptionRecord record{};
  win32::Context context{};
  bool stack_invalid = false;  ///< the walk ended at a record that it refused (STACK_INVALID)
};

/// A read or write in the guest's name faulted. Nothing was changed: EIP is still on the gate
/// that was served (fault.eip says so too), and the process delivers the fault as an exception
/// of its own. Continued from there, the gate is simply tried again.
struct MemoryFault {
  emu::Fault fault;
};

/// The guest did something whose effect on Windows the lab does not model; the run ends (125).
struct Unmodelled {
  std::string text;
};

using Outcome = std::variant<Run, SecondChance, MemoryFault, Unmodelled>;

}  // namespace sehlab::seh
