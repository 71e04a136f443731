#include "emu/x87_value.hpp"

#include <array>
#include <bit>
#include <cfenv>
#include <cfloat>
#include <cmath>
#include <cstring>
#include <limits>

namespace sehlab::emu {
namespace {

static_assert(LDBL_MANT_DIG >= 64 && LDBL_MAX_EXP >= 16384);

template <typename T>
T load(std::span<const std::byte> bytes) {
  T value{};
  std::memcpy(&value, bytes.data(), sizeof(T));
  return value;
}

X87Value nan(bool quiet, bool negative) {
  X87Value result;
  result.number = std::numeric_limits<long double>::quiet_NaN();
  result.nan = true;
  result.signalling = !quiet;
  result.negative = negative;
  return result;
}

X87Value number(long double value, bool denormal) {
  X87Value result;
  result.number = value;
  result.zero = value == 0;
  result.infinite = std::isinf(value);
  result.negative = std::signbit(value);
  result.denormal = denormal;
  return result;
}

/// From the bits of an IEEE 754 format: signalling NaNs must not pass through the host's registers.
template <typename Float, typename Bits>
X87Value from_bits(Bits bits) {
  constexpr int kFractionBits = std::numeric_limits<Float>::digits - 1;
  constexpr Bits kFraction = (Bits{1} << kFractionBits) - 1;
  constexpr Bits kExponents = (std::numeric_limits<Bits>::max() >> 1) & ~kFraction;
  const Bits exponent = bits & kExponents, fraction = bits & kFraction;
  if (exponent == kExponents && fraction != 0) {
    return nan((fraction >> (kFractionBits - 1)) != 0, bits >> (sizeof(Bits) * 8 - 1) != 0);
  }
  return number(std::bit_cast<Float>(bits), exponent == 0 && fraction != 0);
}

}  // namespace

X87Value x87_extended(std::span<const std::byte, 10> bytes) {
  const auto significand = load<std::uint64_t>(bytes);
  const auto top = load<std::uint16_t>(bytes.last<2>());
  constexpr std::uint64_t kFraction = 0x7fffffffffffffff, kQuiet = 0x4000000000000000;
  constexpr int kSpecial = 0x7fff, kBias = 16383;
  const int exponent = top & kSpecial;
  const bool negative = (top & 0x8000) != 0;
  const auto sign = [negative](long double value) { return negative ? -value : value; };
  if (exponent == kSpecial) {
    if ((significand & kFraction) != 0) return nan((significand & kQuiet) != 0, negative);
    return number(sign(std::numeric_limits<long double>::infinity()), false);
  }
  const long double magnitude = std::ldexp(static_cast<long double>(significand),
                                           (exponent == 0 ? 1 : exponent) - kBias - 63);
  return number(sign(magnitude), exponent == 0 && significand != 0);
}

X87Value x87_float(std::span<const std::byte> bytes) {
  if (bytes.size() >= 8) return from_bits<double>(load<std::uint64_t>(bytes));
  return bytes.size() >= 4 ? from_bits<float>(load<std::uint32_t>(bytes)) : X87Value{};
}

X87Value x87_integer(std::span<const std::byte> bytes) {
  if (bytes.size() >= 8) return number(static_cast<long double>(load<std::int64_t>(bytes)), false);
  if (bytes.size() >= 4) return number(load<std::int32_t>(bytes), false);
  return bytes.size() >= 2 ? number(load<std::int16_t>(bytes), false) : X87Value{};
}

X87Rounding::X87Rounding(std::uint16_t control) : before_(std::fegetround()) {
  constexpr std::array kModes{FE_TONEAREST, FE_DOWNWARD, FE_UPWARD, FE_TOWARDZERO};
  std::fesetround(kModes[control >> 10 & 3]);
}

X87Rounding::~X87Rounding() {
  std::fesetround(before_);
}

long double rounded_to(long double value, int bits) {
  if (value == 0 || !std::isfinite(value)) return value;
  int exponent = 0;
  const volatile long double scaled = std::ldexp(std::frexp(value, &exponent), bits);
  const volatile long double whole = std::rint(scaled);
  return std::ldexp(whole, exponent - bits);
}

template <typename Float>
std::uint16_t narrowing_flags(const X87Value& value) {
  constexpr std::uint16_t kOverflow = 0x08, kUnderflow = 0x10, kInexact = 0x20;
  if (value.nan || value.infinite || value.zero) return 0;
  using Limits = std::numeric_limits<Float>;
  const volatile long double rounded = rounded_to(value.number, Limits::digits);
  if (std::fabs(rounded) > Limits::max()) return kOverflow | kInexact;
  std::uint16_t flags = rounded != value.number ? kInexact : 0;
  if (std::fabs(rounded) < Limits::min()) {
    flags |= kUnderflow;
    const volatile auto stored = static_cast<Float>(value.number);
    if (stored != value.number) flags |= kInexact;
  }
  return flags;
}

template std::uint16_t narrowing_flags<float>(const X87Value& value);
template std::uint16_t narrowing_flags<double>(const X87Value& value);

}  // namespace sehlab::emu
