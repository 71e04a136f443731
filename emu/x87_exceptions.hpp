// X87Exceptions: which x87 instructions raise the invalid-operation exception: stack faults, and
// operands without a result (Intel SDM vol. 1, 8.5.1). The engine tells of neither.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "emu/opcode.hpp"

namespace sehlab::emu {

/// The register stack before an instruction.
struct X87Stack {
  std::array<std::array<std::byte, 10>, 8> st;  ///< from the top
  std::uint16_t status = 0;
  std::uint16_t tags = 0;  ///< two bits a physical register, 3: empty
  [[nodiscard]] unsigned top() const { return status >> 11 & 7; }
  [[nodiscard]] bool empty(unsigned i) const { return (tags >> 2 * ((top() + i) & 7) & 3) == 3; }
};

/// D8 to DF.
[[nodiscard]] bool is_x87(const Opcode& opcode);
/// FLDCW, FLDENV, FRSTOR, FNINIT, FNSAVE, FXRSTOR: the control word may be another behind it.
[[nodiscard]] bool loads_x87_control(const Opcode& opcode);

/// The status bits that the instruction sets if it is invalid: IE (1), for a stack fault SF (0x40)
/// too, and C1 (0x200) where the stack overflows. Nothing when it can be executed. `operand` is
/// what its memory operand holds, empty when it has none.
[[nodiscard]] std::optional<std::uint16_t> x87_invalid(const Opcode& opcode, const X87Stack& stack,
                                                       std::span<const std::byte> operand);

}  // namespace sehlab::emu
