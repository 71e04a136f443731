// OperandAccess: whether an instruction reads, writes, or reads and writes the memory operand that
// it names (Intel SDM vol. 2). The decoder's library is wrong or silent about many.
#pragma once

#include <optional>

#include "emu/opcode.hpp"

namespace sehlab::emu {

struct OperandAccess {
  bool read = false, write = false;
};

/// nullopt: none of those that the decoder has to be told of.
[[nodiscard]] std::optional<OperandAccess> operand_access(const Opcode& opcode);

}  // namespace sehlab::emu
