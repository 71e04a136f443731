#include "emu/x87_stack_use.hpp"

namespace sehlab::emu {
namespace {

constexpr std::uint8_t kNone = StackUse::kNone;

StackUse reads(std::uint8_t first, std::uint8_t second = kNone) {
  return {first, second, false};
}
constexpr StackUse kPushes{kNone, kNone, true};

/// D9 E0 to D9 FF.
StackUse uses_without_operand(std::uint8_t modrm) {
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
      return modrm >= 0xe8 && modrm <= 0xee ? kPushes : StackUse{};  // FLD1 and the other constants
  }
}

StackUse uses_of_registers(std::uint8_t opcode, std::uint8_t modrm) {
  const auto i = static_cast<std::uint8_t>(modrm & 7);
  switch (opcode) {
    case 0xd9:
      if (modrm < 0xc8) return {i, kNone, true};  // FLD
      if (modrm < 0xd0) return reads(0, i);       // FXCH
      return modrm < 0xe0 ? StackUse{} : uses_without_operand(modrm);
    case 0xda:
      return modrm < 0xe0 || modrm == 0xe9 ? reads(0, modrm == 0xe9 ? 1 : i) : StackUse{};
    case 0xdb:
      return modrm < 0xe0 || modrm >= 0xe8 ? reads(0, i) : StackUse{};  // not FNCLEX and FNINIT
    case 0xdd:
      if (modrm < 0xd0) return {};  // FFREE
      return modrm < 0xe0 ? reads(0) : reads(0, i);
    case 0xdf:
      return modrm >= 0xe8 ? reads(0, i) : StackUse{};  // not FNSTSW
    default:
      return reads(0, i);  // D8, DC, DE; FCOMPP is DE D9
  }
}

StackUse uses_of_memory(std::uint8_t opcode, unsigned extension) {
  switch (opcode) {
    case 0xd9:
    case 0xdd:
      if (extension == 0) return kPushes;
      return extension <= 3 ? reads(0)
                            : StackUse{};  // the rest are control word, status, environment
    case 0xdb:
      if (extension == 0 || extension == 5) return kPushes;
      return reads(0);
    case 0xdf:
      return extension == 0 || extension == 4 || extension == 5 ? kPushes : reads(0);
    default:
      return reads(0);
  }
}

}  // namespace

StackUse stack_use(const Opcode& opcode) {
  if (opcode.modrm >= 0xc0) return uses_of_registers(opcode.value, opcode.modrm);
  return uses_of_memory(opcode.value, opcode.extension());
}

}  // namespace sehlab::emu
