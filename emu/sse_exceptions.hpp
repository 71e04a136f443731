// SseExceptions: which SIMD floating-point exceptions an SSE instruction raises (Intel SDM vol. 1,
// 11.5), worked out on the host: the engine computes the results and tells of none.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "emu/guest_addr.hpp"
#include "emu/page_table.hpp"
#include "emu/registers.hpp"

namespace sehlab::emu {

/// MXCSR's exception flags (bits 0 to 5) and, seven bits up, their masks.
inline constexpr std::uint32_t kMxcsrFlags = 0x3f;
inline constexpr unsigned kMxcsrMaskShift = 7;

/// MXCSR and XMM0 to XMM7.
struct SimdRegisters {
  std::uint32_t mxcsr = 0;
  std::array<std::array<std::byte, 16>, 8> xmm{};
};

/// Does an exception of this MXCSR reach the program?
[[nodiscard]] constexpr bool simd_unmasked(std::uint32_t mxcsr) {
  return (mxcsr >> kMxcsrMaskShift & kMxcsrFlags) != kMxcsrFlags;
}

/// The flags that the instruction at `address` raises with these registers; 0 when it is none that
/// computes, or when its memory operand cannot be read (then that is the fault).
[[nodiscard]] std::uint32_t simd_flags(std::span<const std::byte> code, GuestAddr address,
                                       const GeneralRegisters& general, const SimdRegisters& simd,
                                       GuestAddr fs_base, const PageTable& memory);

}  // namespace sehlab::emu
