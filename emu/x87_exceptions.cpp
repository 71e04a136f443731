#include "emu/x87_exceptions.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace sehlab::emu {
namespace {

constexpr std::uint16_t kIe = 0x01, kSf = 0x40, kC1 = 0x200;
constexpr std::uint8_t kNone = 0xff;

/// What an instruction takes from the register stack and puts there.
struct Uses {
  std::uint8_t first = kNone, second = kNone;  ///< registers that it reads
  bool pushes = false;
};

Uses reads(std::uint8_t first, std::uint8_t second = kNone) {
  return {first, second, false};
}
constexpr Uses kPushes{kNone, kNone, true};

/// D9 E0 to D9 FF.
Uses uses_without_operand(std::uint8_t modrm) {
  switch (modrm) {
    case 0xe0:  // FCHS, FABS, FTST, F2XM1, FSQRT, FRNDINT, FSIN, FCOS
    case 0xe1:
    case 0xe4:
    case 0xf0:
    case 0xfa:
    case 0xfc:
    case 0xfe:
    case 0xff:
      return reads(0);
    case 0xf1:  // FYL2X, FPATAN, FPREM1, FPREM, FYL2XP1, FSCALE
    case 0xf3:
    case 0xf5:
    case 0xf8:
    case 0xf9:
    case 0xfd:
      return reads(0, 1);
    case 0xf2:  // FPTAN, FXTRACT, FSINCOS
    case 0xf4:
    case 0xfb:
      return {0, kNone, true};
    default:
      return modrm >= 0xe8 && modrm <= 0xee ? kPushes : Uses{};  // FLD1 and the other constants
  }
}

Uses uses_of_registers(std::uint8_t opcode, std::uint8_t modrm) {
  const auto i = static_cast<std::uint8_t>(modrm & 7);
  switch (opcode) {
    case 0xd9:
      if (modrm < 0xc8) return {i, kNone, true};  // FLD
      if (modrm < 0xd0) return reads(0, i);       // FXCH
      return modrm < 0xe0 ? Uses{} : uses_without_operand(modrm);
    case 0xda:
      return modrm < 0xe0 || modrm == 0xe9 ? reads(0, modrm == 0xe9 ? 1 : i) : Uses{};
    case 0xdb:
      return modrm < 0xe0 || modrm >= 0xe8 ? reads(0, i) : Uses{};  // not FNCLEX and FNINIT
    case 0xdd:
      if (modrm < 0xd0) return {};  // FFREE
      return modrm < 0xe0 ? reads(0) : reads(0, i);
    case 0xdf:
      return modrm >= 0xe8 ? reads(0, i) : Uses{};  // not FNSTSW
    default:
      return reads(0, i);  // D8, DC, DE; FCOMPP is DE D9
  }
}

Uses uses_of_memory(std::uint8_t opcode, unsigned extension) {
  switch (opcode) {
    case 0xd9:
    case 0xdd:
      if (extension == 0) return kPushes;
      return extension <= 3 ? reads(0) : Uses{};  // the rest are control word, status, environment
    case 0xdb:
      if (extension == 0 || extension == 5) return kPushes;
      return reads(0);
    case 0xdf:
      return extension == 0 || extension == 4 || extension == 5 ? kPushes : reads(0);
    default:
      return reads(0);
  }
}

/// A value by what decides about invalid operations.
struct Class {
  bool zero = false, infinite = false, nan = false, signalling = false, negative = false;
};

Class class_of(std::span<const std::byte, 10> value) {
  std::uint64_t significand = 0;
  std::uint16_t top = 0;
  std::memcpy(&significand, value.data(), 8);
  std::memcpy(&top, value.data() + 8, 2);
  constexpr std::uint64_t kFraction = 0x7fffffffffffffff, kQuiet = 0x4000000000000000;
  const bool special = (top & 0x7fff) == 0x7fff;
  Class result;
  result.negative = (top & 0x8000) != 0;
  result.zero = (top & 0x7fff) == 0 && significand == 0;
  result.infinite = special && (significand & kFraction) == 0;
  result.nan = special && !result.infinite;
  result.signalling = result.nan && (significand & kQuiet) == 0;
  return result;
}

/// Of a memory operand of D8 (single), DC (double), DA and DE (integers).
Class class_of_memory(std::uint8_t opcode, std::span<const std::byte> operand) {
  Class result;
  const auto set = [&result](auto value, bool signalling) {
    result.zero = value == 0;
    result.infinite = std::isinf(value);
    result.nan = std::isnan(value);
    result.signalling = result.nan && signalling;
    result.negative = std::signbit(value);
  };
  if (opcode == 0xd8 && operand.size() >= 4) {
    std::uint32_t bits = 0;
    float value = 0;
    std::memcpy(&bits, operand.data(), sizeof(bits));
    std::memcpy(&value, operand.data(), sizeof(value));
    set(value, (bits & 0x400000U) == 0);
  } else if (opcode == 0xdc && operand.size() >= 8) {
    std::uint64_t bits = 0;
    double value = 0;
    std::memcpy(&bits, operand.data(), sizeof(bits));
    std::memcpy(&value, operand.data(), sizeof(value));
    set(value, (bits & 0x8000000000000) == 0);
  } else {
    std::uint32_t value = 0;
    std::memcpy(&value, operand.data(), std::min<std::size_t>(operand.size(), 4));
    result.zero = value == 0;
  }
  return result;
}

/// Intel SDM vol. 1, table 8-10. `operation` is the ModRM's middle field: 0 ADD, 1 MUL, 2 COM, 3
/// COMP, 4 SUB, 5 SUBR, 6 DIV, 7 DIVR.
bool invalid(unsigned operation, const Class& a, const Class& b) {
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

}  // namespace

bool is_x87(const Opcode& opcode) {
  return opcode.length != 0 && !opcode.two_byte && opcode.value >= 0xd8 && opcode.value <= 0xdf;
}

bool loads_x87_control(const Opcode& opcode) {
  const unsigned extension = opcode.modrm >> 3 & 7;
  const bool memory = opcode.modrm < 0xc0;
  if (opcode.length != 0 && opcode.two_byte) {
    return opcode.value == 0xae && memory && extension == 1;
  }
  if (!is_x87(opcode)) return false;
  return (opcode.value == 0xd9 && memory && (extension == 4 || extension == 5)) ||
         (opcode.value == 0xdd && memory && (extension == 4 || extension == 6)) ||
         (opcode.value == 0xdb && opcode.modrm == 0xe3);
}

std::optional<std::uint16_t> x87_invalid(const Opcode& opcode, const X87Stack& stack,
                                         std::span<const std::byte> operand) {
  const bool memory = opcode.modrm < 0xc0;
  const unsigned extension = opcode.modrm >> 3 & 7;
  const Uses uses = memory ? uses_of_memory(opcode.value, extension)
                           : uses_of_registers(opcode.value, opcode.modrm);
  for (const std::uint8_t read : {uses.first, uses.second}) {
    if (read != kNone && stack.empty(read)) return kIe | kSf;
  }
  if (uses.pushes && !stack.empty(7)) return kIe | kSf | kC1;

  const Class top = class_of(stack.st[0]);
  constexpr std::uint8_t kSquareRoot = 0xfa;
  if (opcode.value == 0xd9 && opcode.modrm == kSquareRoot) {
    const bool below_zero = top.negative && !top.zero && !top.nan;
    return below_zero || top.signalling ? std::optional(kIe) : std::nullopt;
  }
  if (!is_arithmetic(opcode.value, memory)) return std::nullopt;
  const Class other =
      memory ? class_of_memory(opcode.value, operand) : class_of(stack.st[opcode.modrm & 7]);
  return invalid(extension, top, other) ? std::optional(kIe) : std::nullopt;
}

}  // namespace sehlab::emu
