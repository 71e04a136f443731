#include "emu/x87_arithmetic.hpp"

#include <algorithm>
#include <array>
#include <cfenv>
#include <cmath>

#include "emu/x87_flags.hpp"

namespace sehlab::emu {
namespace {

int precision_of(std::uint16_t control) {
  constexpr std::array kPrecisions{24, 64, 53, 64};  // 1 is reserved
  return kPrecisions[control >> 8 & 3];
}

/// A result on its way to a register: `number` times two to the `exponent`, with at least 64 bits
/// calculated, and whether there were more.
struct Raw {
  long double number = 0;
  int exponent = 0;
  bool rounded = false;
};

std::uint16_t register_flags(const Raw& raw, std::uint16_t control) {
  constexpr int kGreatest = 16384, kLeastNormal = -16381;  // of a fraction below 1
  if (raw.number == 0) return 0;
  const int precision = precision_of(control);
  const volatile long double rounded = rounded_to(raw.number, precision);
  int exponent = 0;
  std::frexp(rounded, &exponent);
  exponent += raw.exponent;
  std::uint16_t flags = raw.rounded || rounded != raw.number ? kX87Inexact : 0;
  if (exponent > kGreatest) return kX87Overflow | kX87Inexact;
  if (exponent >= kLeastNormal) return flags;
  const int bits = precision - (kLeastNormal - exponent);
  const bool representable = bits > 0 && rounded_to(raw.number, bits) == raw.number;
  return kX87Underflow | (representable ? flags : kX87Inexact);
}

/// Sums and products of fractions, so that the host meets neither end of its exponents.
Raw calculated(unsigned operation, long double x, long double y) {
  constexpr int kFar = -200;  // beyond what rounding can tell apart
  int ex = 0, ey = 0;
  volatile long double a = std::frexp(x, &ex), b = std::frexp(y, &ey);
  const bool sum = operation == 0 || operation == 4 || operation == 5;
  const int high = x == 0 ? ey : y == 0 ? ex : std::max(ex, ey);
  if (sum) {
    a = std::ldexp(a, std::max(ex - high, kFar));
    b = std::ldexp(b, std::max(ey - high, kFar));
  }
  volatile long double result = 0;
  std::feclearexcept(FE_ALL_EXCEPT);
  switch (operation) {
    case 0:
      result = a + b;
      break;
    case 1:
      result = a * b;
      break;
    case 4:
      result = a - b;
      break;
    case 5:
      result = b - a;
      break;
    case 6:
      result = a / b;
      break;
    default:
      result = b / a;
  }
  const bool rounded = std::fetestexcept(FE_INEXACT) != 0;
  const int exponent = sum ? high : operation == 1 ? ex + ey : operation == 6 ? ex - ey : ey - ex;
  return {result, exponent, rounded};
}

}  // namespace

bool x87_invalid(unsigned operation, const X87Value& a, const X87Value& b) {
  if (a.signalling || b.signalling) return true;
  const bool compares = operation == 2 || operation == 3;
  if (a.nan || b.nan) return compares;
  switch (operation) {
    case 0:
      return a.infinite && b.infinite && a.negative != b.negative;
    case 1:
      return (a.infinite && b.zero) || (a.zero && b.infinite);
    case 4:
    case 5:
      return a.infinite && b.infinite && a.negative == b.negative;
    case 6:
    case 7:
      return (a.zero && b.zero) || (a.infinite && b.infinite);
    default:
      return false;
  }
}

std::uint16_t x87_result_flags(unsigned operation, const X87Value& a, const X87Value& b,
                               std::uint16_t control) {
  const bool compares = operation == 2 || operation == 3;
  if (compares || a.infinite || b.infinite || a.nan || b.nan) return 0;
  return register_flags(calculated(operation, a.number, b.number), control);
}

std::uint16_t x87_root_flags(long double number, std::uint16_t control) {
  std::feclearexcept(FE_ALL_EXCEPT);
  const volatile long double root = std::sqrt(number);
  return register_flags({root, 0, std::fetestexcept(FE_INEXACT) != 0}, control);
}

}  // namespace sehlab::emu
