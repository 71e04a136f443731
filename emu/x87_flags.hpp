// The x87's exceptions as bits (Intel SDM vol. 1, 8.1.3 and 8.1.5).
#pragma once

#include <cstdint>

namespace sehlab::emu {

/// Bits of the status word; those of the control word that mask them are the same.
inline constexpr std::uint16_t kX87Invalid = 0x01, kX87Denormal = 0x02, kX87Divide = 0x04,
                               kX87Overflow = 0x08, kX87Underflow = 0x10, kX87Inexact = 0x20,
                               kX87All = 0x3f, kX87StackFault = 0x40, kX87Summary = 0x80,
                               kX87Condition1 = 0x200, kX87Busy = 0x8000;

/// While underflow is masked, a tiny result that is exact is none.
[[nodiscard]] constexpr std::uint16_t without_exact_underflow(std::uint16_t flags,
                                                              std::uint16_t control) {
  const bool masked = (control & kX87Underflow) != 0;
  const bool drop = masked && (flags & kX87Inexact) == 0;
  return static_cast<std::uint16_t>(drop ? flags & ~kX87Underflow : flags);
}

}  // namespace sehlab::emu
