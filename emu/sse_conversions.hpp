// SseConversions: which exceptions the conversions between number formats raise (Intel SDM vol. 1,
// 11.5 and table 11-1).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "emu/opcode.hpp"

namespace sehlab::emu {

/// The mandatory prefix of an SSE instruction.
enum class SimdPrefix : std::uint8_t { None, P66, F2, F3 };

/// What a conversion takes: `elements` of `size` bytes each, as floats or as integers.
struct SimdConversion {
  std::size_t elements = 0;  ///< 0: no conversion, or one that raises nothing
  std::size_t size = 4;
  bool from_integer = false;
  bool to_integer = false, truncate = false;
  bool narrows = false;  ///< from double to single
};

/// CVT of 0F 2A, 2C, 2D, 5A, 5B and E6, but for those that use MMX.
[[nodiscard]] SimdConversion simd_conversion(std::uint8_t opcode, SimdPrefix prefix);

/// MXCSR's flags that one element raises, in the host's rounding mode. `mxcsr` says what is masked.
[[nodiscard]] std::uint32_t conversion_flags(const SimdConversion& conversion,
                                             std::span<const std::byte> element,
                                             std::uint32_t mxcsr);

}  // namespace sehlab::emu
