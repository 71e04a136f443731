#include "emu/x87_exceptions.hpp"

#include <algorithm>
#include <array>
#include <cfenv>
#include <cmath>
#include <limits>
#include <optional>

#include "emu/x87_stack_use.hpp"
#include "emu/x87_value.hpp"

namespace sehlab::emu {
namespace {

/// Intel SDM vol. 1, table 8-10. `operation` is the ModRM's middle field: 0 ADD, 1 MUL, 2 COM, 3
/// COMP, 4 SUB, 5 SUBR, 6 DIV, 7 DIVR.
bool invalid(unsigned operation, const X87Value& a, const X87Value& b) {
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

bool is_arithmetic(std::uint8_t opcode, bool memory) {
  return opcode == 0xd8 || opcode == 0xdc || opcode == 0xde || (memory && opcode == 0xda);
}

/// FRNDINT and FSQRT, the exact FCHS and FABS, and what the lab cannot calculate.
enum class Unary : std::uint8_t { None, Root, Round, Unknown };

Unary unary_of(std::uint8_t modrm) {
  switch (modrm) {
    case 0xfa:
      return Unary::Root;
    case 0xfc:
      return Unary::Round;
    case 0xf0:  // F2XM1, FYL2X, FPTAN, FPATAN, FYL2XP1, FSINCOS, FSCALE, FSIN, FCOS
    case 0xf1:
    case 0xf2:
    case 0xf3:
    case 0xf9:
    case 0xfb:
    case 0xfd:
    case 0xfe:
    case 0xff:
      return Unary::Unknown;
    default:
      return Unary::None;
  }
}

/// D9 E4 and D9 F0 to FF: invalid operands, and zero divisors (Intel SDM vol. 2, each of them).
std::uint16_t before_unary(std::uint8_t modrm, const X87Value& top, const X87Value& next) {
  if (modrm == 0xf6 || modrm == 0xf7) return 0;  // FDECSTP, FINCSTP
  const bool binary = modrm == 0xf1 || modrm == 0xf3 || modrm == 0xf5 || modrm == 0xf8 ||
                      modrm == 0xf9 || modrm == 0xfd;
  if (top.signalling || (binary && next.signalling)) return kX87Invalid;
  std::uint16_t flags = top.denormal || (binary && next.denormal) ? kX87Denormal : 0;
  if (top.nan || (binary && next.nan)) return modrm == 0xe4 ? kX87Invalid : flags;
  switch (modrm) {
    case 0xf1:  // FYL2X: ST(1) * log2(ST)
      if ((top.negative && !top.zero) || (top.zero && next.zero)) return kX87Invalid;
      if (top.infinite && next.zero) return kX87Invalid;
      return top.zero && !next.infinite ? kX87Divide : flags;
    case 0xf2:
    case 0xfb:
    case 0xfe:
    case 0xff:  // FPTAN, FSINCOS, FSIN, FCOS
      return top.infinite ? kX87Invalid : flags;
    case 0xf4:  // FXTRACT
      return top.zero ? kX87Divide : flags;
    case 0xf5:
    case 0xf8:  // FPREM1, FPREM
      return top.infinite || next.zero ? kX87Invalid : flags;
    case 0xfa:
      return top.negative && !top.zero ? kX87Invalid : flags;
    default:
      return flags;
  }
}

/// While underflow is masked, a tiny result that is exact is none.
std::uint16_t without_exact_underflow(std::uint16_t flags, std::uint16_t control) {
  const bool masked = (control & kX87Underflow) != 0;
  const bool drop = masked && (flags & kX87Inexact) == 0;
  return static_cast<std::uint16_t>(drop ? flags & ~kX87Underflow : flags);
}

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

std::uint16_t arithmetic_flags(unsigned operation, const X87Value& a, const X87Value& b,
                               std::uint16_t control) {
  const bool compares = operation == 2 || operation == 3;
  if (compares || a.infinite || b.infinite || a.nan || b.nan) return 0;
  return register_flags(calculated(operation, a.number, b.number), control);
}

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

/// FST, FIST and FBSTP to memory.
std::uint16_t store_flags(std::uint8_t opcode, unsigned extension, const X87Value& top) {
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

bool stores_number(std::uint8_t opcode, unsigned extension) {
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

/// FUCOM, FUCOMP, FUCOMPP, FUCOMI, FUCOMIP: a quiet NaN is nothing; FCOMI and FCOMIP: it is.
std::optional<bool> compares_quietly(const Opcode& opcode) {
  const unsigned extension = opcode.extension();
  switch (opcode.value) {
    case 0xdd:
      return extension == 4 || extension == 5 ? std::optional(true) : std::nullopt;
    case 0xda:
      return opcode.modrm == 0xe9 ? std::optional(true) : std::nullopt;
    case 0xdb:
    case 0xdf:
      if (extension == 5) return true;
      return extension == 6 ? std::optional(false) : std::nullopt;
    default:
      return std::nullopt;
  }
}

std::uint16_t stack_fault(const StackUse& use, const X87Stack& stack) {
  for (const std::uint8_t read : {use.first, use.second}) {
    if (read != StackUse::kNone && stack.empty(read)) return kX87Invalid | kX87StackFault;
  }
  const bool overflow = use.pushes && !stack.empty(7);
  return overflow ? kX87Invalid | kX87StackFault | kX87Condition1 : 0;
}

X87Value memory_value(std::uint8_t opcode, std::span<const std::byte> operand) {
  const bool is_float = opcode == 0xd8 || opcode == 0xdc || opcode == 0xd9 || opcode == 0xdd;
  return is_float ? x87_float(operand) : x87_integer(operand);
}

}  // namespace

bool is_x87(const Opcode& opcode) {
  return opcode.length != 0 && !opcode.two_byte && opcode.value >= 0xd8 && opcode.value <= 0xdf;
}

bool is_non_waiting_x87(const Opcode& opcode) {
  const unsigned extension = opcode.extension();
  if (opcode.modrm >= 0xc0) {
    return (opcode.value == 0xdb && extension == 4) ||
           (opcode.value == 0xdf && opcode.modrm == 0xe0);
  }
  return (opcode.value == 0xd9 || opcode.value == 0xdd) && extension >= 6;
}

bool loads_x87_control(const Opcode& opcode) {
  const unsigned extension = opcode.extension();
  const bool memory = opcode.has_memory_operand();
  if (opcode.length != 0 && opcode.two_byte) {
    return opcode.value == 0xae && memory && extension == 1;
  }
  if (!is_x87(opcode)) return false;
  return (opcode.value == 0xd9 && memory && (extension == 4 || extension == 5)) ||
         (opcode.value == 0xdd && memory && (extension == 4 || extension == 6)) ||
         (opcode.value == 0xdb && opcode.modrm == 0xe3);
}

X87Outcome x87_outcome(const Opcode& opcode, const X87Stack& stack, std::uint16_t control,
                       std::span<const std::byte> operand) {
  const bool memory = opcode.has_memory_operand();
  const unsigned extension = opcode.extension();
  const auto unmasked = [control](std::uint16_t flags) {
    return (flags & ~control & kX87All) != 0;
  };
  const auto before = [&](std::uint16_t flags) { return X87Outcome{flags, !unmasked(flags)}; };
  if (const auto fault = stack_fault(stack_use(opcode), stack)) return before(fault);

  const X87Rounding rounding(control);
  const X87Value top = x87_extended(stack.st[0]);
  if (is_arithmetic(opcode.value, memory)) {
    const X87Value other =
        memory ? memory_value(opcode.value, operand) : x87_extended(stack.st[opcode.modrm & 7]);
    if (invalid(extension, top, other)) return before(kX87Invalid);
    if (top.nan || other.nan) return {};
    const X87Value& divisor = extension == 6 ? other : top;
    const X87Value& dividend = extension == 6 ? top : other;
    if (extension >= 6 && divisor.zero && !dividend.infinite) return before(kX87Divide);
    std::uint16_t flags = top.denormal || other.denormal ? kX87Denormal : 0;
    if (unmasked(flags)) return before(flags);
    flags |= without_exact_underflow(arithmetic_flags(extension, top, other, control), control);
    // The wrapped result that a processor leaves in the register is not calculated here.
    return {flags, true, !unmasked(flags & (kX87Overflow | kX87Underflow))};
  }
  if (const auto quietly = compares_quietly(opcode); quietly && !memory) {
    const X87Value other = x87_extended(stack.st[opcode.value == 0xda ? 1 : opcode.modrm & 7]);
    const bool raised = top.signalling || other.signalling || (!*quietly && (top.nan || other.nan));
    if (!raised && (top.nan || other.nan)) return {};
    return before(raised ? kX87Invalid : top.denormal || other.denormal ? kX87Denormal : 0);
  }
  if (memory && stores_number(opcode.value, extension)) {
    std::uint16_t flags =
        without_exact_underflow(store_flags(opcode.value, extension, top), control);
    const bool done = !unmasked(flags & (kX87Invalid | kX87Overflow | kX87Underflow));
    if (!done) flags &= ~kX87Inexact;
    return {flags, done};
  }
  if (memory && extension == 0 && (opcode.value == 0xd9 || opcode.value == 0xdd)) {
    const X87Value loaded = x87_float(operand);
    return before(loaded.signalling ? kX87Invalid : loaded.denormal ? kX87Denormal : 0);
  }
  if (opcode.value != 0xd9 || memory || (opcode.modrm != 0xe4 && opcode.modrm < 0xf0)) return {};
  std::uint16_t flags = before_unary(opcode.modrm, top, x87_extended(stack.st[1]));
  if (unmasked(flags)) return before(flags);
  if ((flags & kX87Invalid) != 0 || top.nan || top.infinite || top.zero) return {flags};
  constexpr std::uint16_t kAfter = kX87Overflow | kX87Underflow | kX87Inexact;
  switch (unary_of(opcode.modrm)) {
    case Unary::Root: {
      std::feclearexcept(FE_ALL_EXCEPT);
      const volatile long double root = std::sqrt(top.number);
      flags |= register_flags({root, 0, std::fetestexcept(FE_INEXACT) != 0}, control);
      return {flags};
    }
    case Unary::Round:
      if (std::rint(top.number) != top.number) flags |= kX87Inexact;
      return {flags};
    case Unary::Unknown:
      return {flags, true, !unmasked(kAfter)};
    case Unary::None:
      break;
  }
  return {flags};
}

}  // namespace sehlab::emu
