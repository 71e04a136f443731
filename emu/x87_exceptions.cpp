#include "emu/x87_exceptions.hpp"

#include <cmath>
#include <optional>

#include "emu/x87_arithmetic.hpp"
#include "emu/x87_stack_use.hpp"
#include "emu/x87_stores.hpp"
#include "emu/x87_value.hpp"

namespace sehlab::emu {
namespace {

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
    if (x87_invalid(extension, top, other)) return before(kX87Invalid);
    if (top.nan || other.nan) return {};
    const X87Value& divisor = extension == 6 ? other : top;
    const X87Value& dividend = extension == 6 ? top : other;
    if (extension >= 6 && divisor.zero && !dividend.infinite) return before(kX87Divide);
    std::uint16_t flags = top.denormal || other.denormal ? kX87Denormal : 0;
    if (unmasked(flags)) return before(flags);
    flags |= without_exact_underflow(x87_result_flags(extension, top, other, control), control);
    // The wrapped result that a processor leaves in the register is not calculated here.
    return {flags, true, !unmasked(flags & (kX87Overflow | kX87Underflow))};
  }
  if (const auto quietly = compares_quietly(opcode); quietly && !memory) {
    const X87Value other = x87_extended(stack.st[opcode.value == 0xda ? 1 : opcode.modrm & 7]);
    const bool raised = top.signalling || other.signalling || (!*quietly && (top.nan || other.nan));
    if (!raised && (top.nan || other.nan)) return {};
    return before(raised ? kX87Invalid : top.denormal || other.denormal ? kX87Denormal : 0);
  }
  if (memory && x87_stores_number(opcode.value, extension)) {
    std::uint16_t flags =
        without_exact_underflow(x87_store_flags(opcode.value, extension, top), control);
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
    case Unary::Root:
      return {static_cast<std::uint16_t>(flags | x87_root_flags(top.number, control))};
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
