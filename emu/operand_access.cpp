#include "emu/operand_access.hpp"

#include <cstdint>

namespace sehlab::emu {
namespace {

/// FST, FIST and their like, control and status words, environment, state.
bool x87_stores(std::uint8_t opcode, unsigned extension) {
  switch (opcode) {
    case 0xd9:
      return extension == 2 || extension == 3 || extension >= 6;
    case 0xdb:
      return (extension >= 1 && extension <= 3) || extension == 7;
    case 0xdd:
      return (extension >= 1 && extension <= 3) || extension >= 6;
    case 0xdf:
      return (extension >= 1 && extension <= 3) || extension >= 6;
    default:
      return false;
  }
}

bool stores_only(const Opcode& opcode) {
  const std::uint8_t value = opcode.value, extension = opcode.extension();
  if (!opcode.two_byte) return value >= 0xd8 && value <= 0xdf && x87_stores(value, extension);
  if (value >= 0x90 && value <= 0x9f) return true;  // SETcc
  switch (value) {
    case 0x00:  // SLDT, STR
      return extension <= 1;
    case 0x01:  // SGDT, SIDT, SMSW
      return extension <= 1 || extension == 4;
    case 0x11:  // MOVUPS and its kin, MOVLPS, MOVHPS
    case 0x13:
    case 0x17:
    case 0x29:  // MOVAPS, MOVNTPS
    case 0x2b:
    case 0x7f:  // MOVQ, MOVDQA, MOVDQU
    case 0xc3:  // MOVNTI
    case 0xd6:  // MOVQ
    case 0xe7:  // MOVNTQ, MOVNTDQ
      return true;
    case 0x7e:  // MOVD; with F3 MOVQ, a load
      return opcode.repeat != 0xf3;
    case 0x38:  // MOVBE; with F2 CRC32. Here the third opcode byte stands for the ModRM.
      return opcode.modrm == 0xf1 && opcode.repeat != 0xf2;
    case 0x3a:  // PEXTRB to EXTRACTPS
      return opcode.modrm >= 0x14 && opcode.modrm <= 0x17;
    case 0xae:  // FXSAVE, STMXCSR
      return extension == 0 || extension == 3;
    default:
      return false;
  }
}

bool loads_state(const Opcode& opcode) {
  const std::uint8_t extension = opcode.extension();
  if (opcode.two_byte) return opcode.value == 0xae && (extension == 1 || extension == 2);
  return (opcode.value == 0xd9 || opcode.value == 0xdd) && extension == 4;  // FLDENV, FRSTOR
}

}  // namespace

std::optional<OperandAccess> operand_access(const Opcode& opcode) {
  if (opcode.length == 0) return std::nullopt;
  if (reads_and_writes(opcode)) return OperandAccess{true, true};
  if (stores_only(opcode)) return OperandAccess{false, true};
  if (loads_state(opcode)) return OperandAccess{true, false};
  return std::nullopt;
}

}  // namespace sehlab::emu
