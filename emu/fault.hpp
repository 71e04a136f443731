// Fault: what the processor could not do, in the processor's own terms. host/fault turns it
// into a Windows exception record.
#pragma once

#include <cstdint>

#include "emu/guest_addr.hpp"

namespace sehlab::emu {

/// The numbers are those that Windows puts into ExceptionInformation[0] of an access violation.
enum class Access : std::uint8_t { Read = 0, Write = 1, Execute = 8 };

enum class FaultKind : std::uint8_t {
  Page,           ///< no such page, or the page does not allow the access
  GuardPage,      ///< the page is committed but carries the one-shot guard bit
  StackOverflow,  ///< a stack grew into its last page (the process says so, never the machine)
  Interrupt,      ///< INT n, INT3, INTO: `vector`, EIP of the instruction and of the next one
  Exception,      ///< #DE, #DB, #BR, #GP, #MF …: `vector`
  InvalidOpcode   ///< #UD
};

/// One fault. Registers are as they were before the instruction (GPRs, EFLAGS), EIP included,
/// unless it is a trap: then `next_eip` is where the processor would go on, and EIP is there.
struct Fault {
  FaultKind kind = FaultKind::Page;
  std::uint8_t vector = 14;      ///< Intel vector number; 14 for both page kinds, 6 for #UD
  Access access = Access::Read;  ///< page kinds only
  GuestAddr address;             ///< page kinds only: first inaccessible byte
  GuestAddr eip;                 ///< address of the faulting instruction
  bool trap = false;             ///< Interrupt, and #DB behind the instruction that it is of
  GuestAddr next_eip;            ///< traps only; any address, 0 as well
};

}  // namespace sehlab::emu
