// What the x87's stores of numbers to memory raise: FST, FIST, FISTTP and FBSTP. The host's
// rounding is the guest's (X87Rounding).
#pragma once

#include <cstdint>

#include "emu/x87_value.hpp"

namespace sehlab::emu {

/// D9 to DF with a memory operand: does it store a number?
[[nodiscard]] bool x87_stores_number(std::uint8_t opcode, unsigned extension);
/// Of one that does.
[[nodiscard]] std::uint16_t x87_store_flags(std::uint8_t opcode, unsigned extension,
                                            const X87Value& top);

}  // namespace sehlab::emu
