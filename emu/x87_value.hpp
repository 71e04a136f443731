// X87Value: a number of the x87 as the host can calculate with it, and what decides about
// exceptions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

namespace sehlab::emu {

/// The host's long double has the x87's exponents and at least its 64 bits of precision: so on x86
/// (exactly those) and on Linux on aarch64 (binary128), not on Apple silicon.
static_assert(std::numeric_limits<long double>::digits >= 64 &&
              std::numeric_limits<long double>::max_exponent >= 16384);

struct X87Value {
  long double number = 0;  ///< NaNs of every kind are quiet here
  bool zero = false, infinite = false, nan = false, signalling = false, negative = false,
       denormal = false;
};

/// An extended double, as a register or 80 bits of memory hold it.
[[nodiscard]] X87Value x87_extended(std::span<const std::byte, 10> bytes);
/// The 4 bytes of a single, or the 8 of a double.
[[nodiscard]] X87Value x87_float(std::span<const std::byte> bytes);
/// A signed integer of 2, 4 or 8 bytes.
[[nodiscard]] X87Value x87_integer(std::span<const std::byte> bytes);

/// The host rounds as the x87's control word says (bits 10 and 11) while this lives.
class X87Rounding {
 public:
  explicit X87Rounding(std::uint16_t control);
  ~X87Rounding();
  X87Rounding(const X87Rounding&) = delete;
  X87Rounding& operator=(const X87Rounding&) = delete;

 private:
  int before_;
};

/// `value` rounded to `bits` of precision in the host's rounding mode, whatever its exponent.
[[nodiscard]] long double rounded_to(long double value, int bits);

/// What rounding to a narrower format raises: bits of the status word, or of MXCSR, which are the
/// same. Underflow is a tiny result, be it exact or not.
template <typename Float>
[[nodiscard]] std::uint16_t narrowing_flags(const X87Value& value);

}  // namespace sehlab::emu
