// What Windows makes of a general protection fault: it looks at the instruction. Facts: 2.2.
#pragma once

#include <cstdint>

#include "emu/guest_access.hpp"
#include "emu/guest_addr.hpp"

namespace sehlab::fault {

/// STATUS_PRIVILEGED_INSTRUCTION, STATUS_ILLEGAL_INSTRUCTION or STATUS_ACCESS_VIOLATION.
[[nodiscard]] std::uint32_t general_protection_code(emu::GuestAccess& memory, GuestAddr eip,
                                                    std::uint32_t eflags);

/// The same look at an instruction that the processor does not know (#UD): with a LOCK prefix it
/// is STATUS_INVALID_LOCK_SEQUENCE, otherwise STATUS_ILLEGAL_INSTRUCTION (facts 2.1, row 6).
[[nodiscard]] std::uint32_t invalid_opcode_code(emu::GuestAccess& memory, GuestAddr eip);

}  // namespace sehlab::fault
