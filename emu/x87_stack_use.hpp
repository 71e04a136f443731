// StackUse: what an x87 instruction takes from the register stack and puts there (Intel SDM vol.
// 2).
#pragma once

#include <cstdint>

#include "emu/opcode.hpp"

namespace sehlab::emu {

struct StackUse {
  static constexpr std::uint8_t kNone = 0xff;
  std::uint8_t first = kNone, second = kNone;  ///< registers that it reads, from the top
  bool pushes = false;
};

/// Of D8 to DF; those that only touch control words use nothing.
[[nodiscard]] StackUse stack_use(const Opcode& opcode);

}  // namespace sehlab::emu
