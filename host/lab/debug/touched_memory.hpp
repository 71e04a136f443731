// What memory the next instruction is about to touch: for a string instruction under REP all that
// its rounds do, which count as one instruction.
#pragma once

#include <vector>

#include "emu/decoder.hpp"
#include "emu/machine.hpp"

namespace sehlab::lab {

/// Its memory operands, with all that they cover if the instruction retires; none when there is no
/// instruction at EIP, or REP has no round to do.
[[nodiscard]] std::vector<emu::MemoryOperand> touched_memory(emu::Machine& machine);

}  // namespace sehlab::lab
