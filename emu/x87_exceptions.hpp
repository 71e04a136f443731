// X87Exceptions: which exceptions of the x87 an instruction raises (Intel SDM vol. 1, 8.5): stack
// faults, operands without a result, denormals, and results that do not fit. The engine tells of
// none but division by zero.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "emu/opcode.hpp"
#include "emu/x87_flags.hpp"

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

/// FNINIT, FNSTSW and their like: executed without a look at what is pending.
[[nodiscard]] bool is_non_waiting_x87(const Opcode& opcode);

/// What an instruction raises, as bits of the status word.
struct X87Outcome {
  std::uint16_t flags = 0;
  bool done = true;      ///< it has its effect nevertheless
  bool modelled = true;  ///< false: whether it raises more, or what it leaves, is not known
};

/// What the instruction raises under this control word. `operand` is what its memory operand holds,
/// empty when it has none.
[[nodiscard]] X87Outcome x87_outcome(const Opcode& opcode, const X87Stack& stack,
                                     std::uint16_t control, std::span<const std::byte> operand);

}  // namespace sehlab::emu
