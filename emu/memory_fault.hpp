// What an access that the engine refused is to the guest: the fault that a processor would
// report, or, where the engine has done part of the instruction already, something that the lab
// does not model and says so.
#pragma once

#include "emu/fault.hpp"
#include "emu/guest_addr.hpp"
#include "emu/opcode.hpp"
#include "emu/page_table.hpp"
#include "emu/registers.hpp"
#include "emu/stop.hpp"

namespace sehlab::emu {

/// As the engine reported it, the first of an instruction.
struct RefusedAccess {
  Access access = Access::Read;  ///< never Execute
  GuestAddr address;
  GuestAddr eip;
};

/// A Fault or an Unmodelled. `registers` stand before the instruction.
[[nodiscard]] Stop judge(const PageTable& table, const RefusedAccess& refused, const Opcode& opcode,
                         const Registers& registers);

}  // namespace sehlab::emu
