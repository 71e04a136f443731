#include "emu/x87_stores.hpp"

#include <cmath>

#include "emu/x87_flags.hpp"

namespace sehlab::emu {
namespace {

/// A store to memory as a single or a double. One that overflows or underflows stores nothing.
template <typename Float>
std::uint16_t float_store_flags(const X87Value& value) {
  if (value.signalling) return kX87Invalid;
  return narrowing_flags<Float>(value);
}

std::uint16_t integer_store_flags(const X87Value& value, std::uint32_t size, bool truncate) {
  if (value.nan || value.infinite) return kX87Invalid;
  const long double whole = truncate ? std::trunc(value.number) : std::rint(value.number);
  const long double limit = std::ldexp(1.0L, static_cast<int>(size * 8 - 1));
  if (whole >= limit || whole < -limit) return kX87Invalid;
  return whole != value.number ? kX87Inexact : 0;
}

std::uint16_t decimal_store_flags(const X87Value& value) {
  const long double whole = std::rint(value.number);
  if (value.nan || value.infinite || std::fabs(whole) >= 1e18L) return kX87Invalid;
  return whole != value.number ? kX87Inexact : 0;
}

}  // namespace

std::uint16_t x87_store_flags(std::uint8_t opcode, unsigned extension, const X87Value& top) {
  const bool truncate = extension == 1;  // FISTTP
  switch (opcode) {
    case 0xd9:
      return float_store_flags<float>(top);
    case 0xdd:
      return truncate ? integer_store_flags(top, 8, true) : float_store_flags<double>(top);
    case 0xdb:
      return extension == 7 ? 0 : integer_store_flags(top, 4, truncate);
    default:
      if (extension == 6) return decimal_store_flags(top);
      return integer_store_flags(top, extension == 7 ? 8 : 2, truncate);
  }
}

bool x87_stores_number(std::uint8_t opcode, unsigned extension) {
  switch (opcode) {
    case 0xd9:
      return extension == 2 || extension == 3;
    case 0xdd:
    case 0xdb:
      return (extension >= 1 && extension <= 3) || (opcode == 0xdb && extension == 7);
    case 0xdf:
      return (extension >= 1 && extension <= 3) || extension >= 6;
    default:
      return false;
  }
}

}  // namespace sehlab::emu
