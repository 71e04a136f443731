// Which instructions can leave ESP higher than it was.
#include "emu/opcode.hpp"

namespace sehlab::emu {
namespace {

constexpr std::uint8_t kEsp = 4;

/// Without a ModRM that names it: POP, POPA, POPF, RET, IRET, LEAVE, ENTER, INC, XCHG, MOV, BSWAP.
bool by_opcode(const Opcode& opcode) {
  const std::uint8_t value = opcode.value;
  if (opcode.two_byte) {
    return value == 0xa1 || value == 0xa9 || value == 0xcc;
  }
  switch (value) {
    case 0x07:
    case 0x17:
    case 0x1f:
    case 0x44:
    case 0x61:
    case 0x8f:
    case 0x94:
    case 0x9d:
    case 0xbc:
    case 0xc2:
    case 0xc3:
    case 0xc8:
    case 0xc9:
    case 0xca:
    case 0xcb:
    case 0xcf:
      return true;
    default:
      return value >= 0x58 && value <= 0x5f;
  }
}

}  // namespace

// Intel SDM vol. 2, appendix A.
bool may_raise_esp(const Opcode& opcode) {
  if (opcode.length == 0) return true;
  if (by_opcode(opcode)) return true;
  // AND ESP, imm8: how functions align it, downwards.
  if (!opcode.two_byte && opcode.value == 0x83 && opcode.modrm == 0xe4) return false;
  const bool as_register = opcode.modrm >= 0xc0 && (opcode.modrm & 7) == kEsp;
  return as_register || opcode.extension() == kEsp;
}

}  // namespace sehlab::emu
