// What the x87's arithmetic raises: operands that have no result, and results that do not fit in
// their register. `operation` is the ModRM's middle field: 0 ADD, 1 MUL, 2 COM, 3 COMP, 4 SUB, 5
// SUBR, 6 DIV, 7 DIVR. The host's rounding is the guest's (X87Rounding).
#pragma once

#include <cstdint>

#include "emu/x87_value.hpp"

namespace sehlab::emu {

/// Intel SDM vol. 1, table 8-10.
[[nodiscard]] bool x87_invalid(unsigned operation, const X87Value& a, const X87Value& b);
/// Overflow, underflow and inexactness under this control word, of operands that are valid.
[[nodiscard]] std::uint16_t x87_result_flags(unsigned operation, const X87Value& a,
                                             const X87Value& b, std::uint16_t control);
/// The same of a square root.
[[nodiscard]] std::uint16_t x87_root_flags(long double number, std::uint16_t control);

}  // namespace sehlab::emu
