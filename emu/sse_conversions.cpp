#include "emu/sse_conversions.hpp"

#include <cmath>

#include "emu/x87_value.hpp"

namespace sehlab::emu {
namespace {

constexpr std::uint32_t kInvalid = 1, kDenormal = 2, kUnderflow = 16, kInexact = 32;
constexpr unsigned kMasks = 7;

std::uint32_t to_integer(const X87Value& value, bool truncate) {
  if (value.nan || value.infinite) return kInvalid;
  const long double whole = truncate ? std::trunc(value.number) : std::rint(value.number);
  constexpr long double kLimit = 2147483648.0L;
  if (whole >= kLimit || whole < -kLimit) return kInvalid;
  return whole != value.number ? kInexact : 0;
}

}  // namespace

SimdConversion simd_conversion(std::uint8_t opcode, SimdPrefix prefix) {
  const bool scalar = prefix == SimdPrefix::F2 || prefix == SimdPrefix::F3;
  const std::size_t scalar_size = prefix == SimdPrefix::F2 ? 8 : 4;
  switch (opcode) {
    case 0x2a:  // CVTSI2SS; CVTSI2SD is exact
      if (prefix != SimdPrefix::F3) return {};
      return {.elements = 1, .from_integer = true};
    case 0x2c:
    case 0x2d:
      if (!scalar) return {};
      return {.elements = 1, .size = scalar_size, .to_integer = true, .truncate = opcode == 0x2c};
    case 0x5a: {
      const bool narrows = prefix == SimdPrefix::F2 || prefix == SimdPrefix::P66;
      const std::size_t size = narrows ? 8 : 4;
      return {.elements = scalar ? 1u : 2u, .size = size, .narrows = narrows};
    }
    case 0x5b:
      if (prefix == SimdPrefix::None) return {.elements = 4, .from_integer = true};
      if (prefix == SimdPrefix::F2) return {};
      return {.elements = 4, .to_integer = true, .truncate = prefix == SimdPrefix::F3};
    case 0xe6:  // CVTDQ2PD is exact
      if (prefix != SimdPrefix::F2 && prefix != SimdPrefix::P66) return {};
      return {.elements = 2, .size = 8, .to_integer = true, .truncate = prefix == SimdPrefix::P66};
    default:
      return {};
  }
}

std::uint32_t conversion_flags(const SimdConversion& conversion, std::span<const std::byte> element,
                               std::uint32_t mxcsr) {
  const X87Value value = conversion.from_integer ? x87_integer(element) : x87_float(element);
  if (conversion.to_integer) return to_integer(value, conversion.truncate);
  if (value.signalling) return kInvalid;
  std::uint32_t flags = value.denormal ? kDenormal : 0;
  if (!conversion.narrows && !conversion.from_integer) return flags;
  flags |= narrowing_flags<float>(value);
  const bool masked = (mxcsr >> kMasks & kUnderflow) != 0;
  if (masked && (flags & kInexact) == 0) flags &= ~kUnderflow;
  return flags;
}

}  // namespace sehlab::emu
