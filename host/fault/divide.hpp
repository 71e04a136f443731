// Why a division failed: #DE does not say, so Windows reads the divisor itself. Facts: 2.1, row 0.
#pragma once

#include <optional>

#include "emu/guest_access.hpp"
#include "emu/registers.hpp"

namespace sehlab::fault {

/// True when the divisor of the DIV, IDIV or AAM at EIP is zero, false when it is not (the
/// quotient did not fit then). nullopt: no such instruction is there.
[[nodiscard]] std::optional<bool> divisor_is_zero(emu::GuestAccess& memory,
                                                  const emu::GeneralRegisters& general,
                                                  GuestAddr fs_base);

}  // namespace sehlab::fault
