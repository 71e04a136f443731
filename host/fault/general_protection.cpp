#include "host/fault/general_protection.hpp"

#include "host/fault/code_bytes.hpp"
#include "host/win32/status.hpp"

namespace sehlab::fault {
namespace {

constexpr std::uint32_t kIopl = 0x3000;  // EFLAGS bits 12 and 13

unsigned reg_field(std::uint8_t modrm) {
  return (modrm >> 3) & 7;
}

/// Facts 2.2 step 2, behind an 0F.
bool privileged_two_byte(CodeBytes& code, std::uint8_t opcode) {
  switch (opcode) {
    case 0x00: {  // LLDT, LTR
      const auto modrm = code.next();
      return modrm && (reg_field(*modrm) == 2 || reg_field(*modrm) == 3);
    }
    case 0x01: {  // LGDT, LIDT, LMSW
      const auto modrm = code.next();
      return modrm && (reg_field(*modrm) == 2 || reg_field(*modrm) == 3 || reg_field(*modrm) == 6);
    }
    case 0x06:  // CLTS
    case 0x08:  // INVD
    case 0x09:  // WBINVD
    case 0x20:  // MOV from and to control and debug registers
    case 0x21:
    case 0x22:
    case 0x23:
    case 0x30:  // WRMSR
    case 0x32:  // RDMSR
    case 0x33:  // RDPMC
    case 0x35:  // SYSEXIT
      return true;
    default:
      return false;
  }
}

/// Facts 2.2 step 3: what is allowed at CPL 3 only with IOPL 3.
bool needs_io_privilege(std::uint8_t opcode) {
  switch (opcode) {
    case 0xfa:  // CLI
    case 0xfb:  // STI
      return true;
    default:  // INS, OUTS; IN, OUT
      return (opcode >= 0x6c && opcode <= 0x6f) || (opcode >= 0xe4 && opcode <= 0xe7) ||
             (opcode >= 0xec && opcode <= 0xef);
  }
}

}  // namespace

std::uint32_t general_protection_code(emu::GuestAccess& memory, GuestAddr eip,
                                      std::uint32_t eflags) {
  CodeBytes code(memory, eip);
  if (code.prefixes().nothing_else) return win32::STATUS_ILLEGAL_INSTRUCTION;
  const auto opcode = code.next();
  if (!opcode) return win32::STATUS_ACCESS_VIOLATION;
  bool privileged = *opcode == 0xf4;  // HLT
  if (*opcode == 0x0f) {
    const auto second = code.next();
    privileged = second && privileged_two_byte(code, *second);
  }
  if (needs_io_privilege(*opcode) && (eflags & kIopl) != kIopl) privileged = true;
  return privileged ? win32::STATUS_PRIVILEGED_INSTRUCTION : win32::STATUS_ACCESS_VIOLATION;
}

std::uint32_t invalid_opcode_code(emu::GuestAccess& memory, GuestAddr eip) {
  CodeBytes code(memory, eip);
  return code.prefixes().lock ? win32::STATUS_INVALID_LOCK_SEQUENCE
                              : win32::STATUS_ILLEGAL_INSTRUCTION;
}

}  // namespace sehlab::fault
