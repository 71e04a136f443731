#include "emu/opcode.hpp"

#include <algorithm>

namespace sehlab::emu {
namespace {

// Intel SDM vol. 2, 2.1.1: lock, repeat, segment override, operand size, address size.
bool is_prefix(std::uint8_t byte) {
  switch (byte) {
    case 0xf0:
    case 0xf2:
    case 0xf3:
    case 0x26:
    case 0x2e:
    case 0x36:
    case 0x3e:
    case 0x64:
    case 0x65:
    case 0x66:
    case 0x67:
      return true;
    default:
      return false;
  }
}

bool between(std::uint8_t value, std::uint8_t low, std::uint8_t high) {
  return value >= low && value <= high;
}

}  // namespace

Opcode opcode_of(std::span<const std::byte> code) {
  Opcode result;
  std::size_t at = 0;
  const auto byte = [&](std::size_t index) { return std::to_integer<std::uint8_t>(code[index]); };
  while (at < code.size() && is_prefix(byte(at))) {
    if (byte(at) == 0x66) result.wide = true;
    if (byte(at) == 0xf2 || byte(at) == 0xf3) result.repeat = byte(at);
    if (byte(at) == 0xf0) result.locked = true;
    ++at;
  }
  if (at < code.size() && byte(at) == 0x0f) {
    result.two_byte = true;
    ++at;
  }
  if (at >= code.size()) return {};
  result.value = byte(at++);
  result.length = at;
  if (at < code.size()) result.modrm = byte(at);
  return result;
}

bool transfers_control(const Opcode& opcode) {
  if (opcode.length == 0) return false;
  if (opcode.two_byte) return between(opcode.value, 0x80, 0x8f);
  switch (opcode.value) {
    case 0xe8:
    case 0xe9:
    case 0xea:
    case 0xeb:
    case 0x9a:
    case 0xc2:
    case 0xc3:
    case 0xca:
    case 0xcb:
    case 0xcf:
      return true;
    case 0xff:
      return between(opcode.extension(), 2, 5);
    default:
      return between(opcode.value, 0x70, 0x7f) || between(opcode.value, 0xe0, 0xe3);
  }
}

bool reads_descriptors(const Opcode& opcode) {
  if (opcode.length == 0) return false;
  if (opcode.two_byte) {
    switch (opcode.value) {
      case 0x00:
      case 0x02:
      case 0x03:  // VERR and VERW, LAR, LSL
      case 0xa1:
      case 0xa9:  // POP FS, POP GS
      case 0xb2:
      case 0xb4:
      case 0xb5:  // LSS, LFS, LGS
        return true;
      default:
        return false;
    }
  }
  switch (opcode.value) {
    case 0x07:
    case 0x17:
    case 0x1f:  // POP ES, SS, DS
    case 0x8e:
    case 0xc4:
    case 0xc5:  // MOV Sreg, LES, LDS
    case 0x9a:
    case 0xea:
    case 0xca:
    case 0xcb:
    case 0xcf:
      return true;
    case 0xff:
      return opcode.extension() == 3 || opcode.extension() == 5;
    default:
      return false;
  }
}

bool reads_and_writes(const Opcode& opcode) {
  if (opcode.length == 0) return false;
  const std::uint8_t value = opcode.value, extension = opcode.extension();
  if (opcode.two_byte) {
    switch (value) {
      case 0xa4:
      case 0xa5:
      case 0xac:
      case 0xad:  // SHLD, SHRD
      case 0xab:
      case 0xb3:
      case 0xbb:  // BTS, BTR, BTC
      case 0xb0:
      case 0xb1:
      case 0xc0:
      case 0xc1:  // CMPXCHG, XADD
        return true;
      case 0xba:
        return extension >= 5;  // BTS, BTR, BTC
      default:
        return value == 0xc7 && extension == 1;  // CMPXCHG8B
    }
  }
  constexpr std::uint8_t kCmp = 7;
  if (value < 0x40) return (value & 7) <= 1 && value >> 3 != kCmp;
  switch (value) {
    case 0x80:
    case 0x81:
    case 0x82:
    case 0x83:
      return extension != kCmp;
    case 0x63:
    case 0x86:
    case 0x87:  // ARPL, XCHG
    case 0xc0:
    case 0xc1:
    case 0xd0:
    case 0xd1:
    case 0xd2:
    case 0xd3:
      return true;
    case 0xf6:
    case 0xf7:
      return extension == 2 || extension == 3;  // NOT, NEG
    case 0xfe:
    case 0xff:
      return extension <= 1;  // INC, DEC
    default:
      return false;
  }
}

bool stores_in_pieces(const Opcode& opcode) {
  if (opcode.length == 0) return false;
  const std::uint8_t extension = opcode.extension();
  if (opcode.two_byte) {
    return is_masked_store(opcode) ||
           (opcode.has_memory_operand() &&
            ((opcode.value == 0xae && extension == 0) || (opcode.value == 0xc7 && extension == 1)));
  }
  if (!opcode.has_memory_operand()) return false;
  switch (opcode.value) {
    case 0xd9:
    case 0xdd:
    case 0xdf:
      return extension == 6;
    default:
      return opcode.value == 0xdb && extension == 7;
  }
}

bool is_masked_store(const Opcode& opcode) {
  return opcode.length != 0 && opcode.two_byte && opcode.value == 0xf7;
}

bool may_store_in_turn(const Opcode& opcode) {
  if (opcode.length == 0) return false;
  return opcode.two_byte ? opcode.has_memory_operand() : opcode.value == 0x60;
}

bool loads_registers_in_turn(const Opcode& opcode) {
  if (opcode.length == 0) return false;
  if (opcode.two_byte)
    return opcode.value == 0xae && opcode.extension() == 1 && opcode.has_memory_operand();
  const bool x87_state = opcode.value == 0xd9 || opcode.value == 0xdd;
  return opcode.value == 0x61 ||
         (x87_state && opcode.extension() == 4 && opcode.has_memory_operand());
}

bool loads_80_bits(const Opcode& opcode) {
  if (opcode.length == 0 || opcode.two_byte || !opcode.has_memory_operand()) return false;
  return (opcode.value == 0xdb && opcode.extension() == 5) ||
         (opcode.value == 0xdf && opcode.extension() == 4);
}

bool pushes_in_turn(const Opcode& opcode) {
  if (opcode.length == 0 || opcode.two_byte) return false;
  return opcode.value == 0x9a || opcode.value == 0xc8 ||
         (opcode.value == 0xff && opcode.extension() == 3);
}

// Intel SDM vol. 2, table A-3, the rows without prefix.
bool uses_mmx(const Opcode& opcode) {
  if (opcode.length == 0 || !opcode.two_byte || opcode.simd_prefix()) return false;
  const std::uint8_t value = opcode.value;
  if (value == 0x2a || value == 0x2c || value == 0x2d || value == 0xc4) return true;
  if (between(value, 0x60, 0x6b) || between(value, 0x6e, 0x76) || between(value, 0x7e, 0x7f))
    return true;
  return between(value, 0xd1, 0xfe) && value != 0xd6 && value != 0xe6 && value != 0xf0;
}

bool needs_whole_operand(const Opcode& opcode) {
  if (loads_registers_in_turn(opcode)) return true;
  return uses_mmx(opcode) && opcode.has_memory_operand() && !is_masked_store(opcode);
}

// Intel SDM vol. 2, LOCK: what reads and writes memory, but for shifts and ARPL.
bool has_invalid_lock(const Opcode& opcode) {
  if (opcode.length == 0 || !opcode.locked) return false;
  const std::uint8_t value = opcode.value;
  const bool shift = opcode.two_byte ? between(value, 0xa4, 0xa5) || between(value, 0xac, 0xad)
                                     : between(value, 0xc0, 0xc1) || between(value, 0xd0, 0xd3);
  const bool arpl = !opcode.two_byte && value == 0x63;
  return shift || arpl || !opcode.has_memory_operand() || !reads_and_writes(opcode);
}

bool is_far_transfer_by_register(const Opcode& opcode) {
  return opcode.length != 0 && !opcode.two_byte && opcode.value == 0xff &&
         (opcode.extension() == 3 || opcode.extension() == 5) && !opcode.has_memory_operand();
}

bool needs_privilege(const Opcode& opcode) {
  if (opcode.length == 0) return false;
  if (opcode.two_byte) return opcode.value == 0x33;
  return between(opcode.value, 0x6c, 0x6f) || between(opcode.value, 0xe4, 0xe7) ||
         between(opcode.value, 0xec, 0xef);
}

// Intel SDM vol. 1, 11.5.2, and vol. 2, table A-3. Conversions between floats are not among them.
bool computes_in_sse(const Opcode& opcode) {
  if (opcode.length == 0 || !opcode.two_byte) return false;
  switch (opcode.value) {
    case 0x2a:
    case 0x2c:
    case 0x2d:
    case 0x2e:
    case 0x2f:
    case 0x51:
    case 0x58:
    case 0x59:
    case 0x5a:
    case 0x5b:
    case 0x5c:
    case 0x5d:
    case 0x5e:
    case 0x5f:
    case 0xc2:
    case 0xe6:
      return true;
    default:
      return false;
  }
}

bool loads_mxcsr(const Opcode& opcode) {
  return opcode.length != 0 && opcode.two_byte && opcode.value == 0xae &&
         opcode.has_memory_operand() && (opcode.extension() == 1 || opcode.extension() == 2);
}

bool loads_flags(const Opcode& opcode) {
  return opcode.length != 0 && !opcode.two_byte && (opcode.value == 0x9d || opcode.value == 0xcf);
}

// Intel SDM vol. 2, tables.
bool may_need_alignment(const Opcode& opcode) {
  if (opcode.length == 0 || !opcode.two_byte) return false;
  const std::uint8_t value = opcode.value;
  if (value == 0x38 || value == 0x3a) return true;  // what follows is a third byte of the opcode
  if (!opcode.has_memory_operand()) return false;
  if (value == 0xae) return opcode.extension() <= 1;  // FXSAVE, FXRSTOR
  return between(value, 0x12, 0x17) || between(value, 0x28, 0x2f) || between(value, 0x50, 0x7f) ||
         value == 0xc2 || value == 0xc6 || between(value, 0xd0, 0xff);
}

bool is_rdtsc(const Opcode& opcode) {
  return opcode.length != 0 && opcode.two_byte && opcode.value == 0x31;
}

bool is_icebp(const Opcode& opcode) {
  return opcode.length != 0 && !opcode.two_byte && opcode.value == 0xf1;
}

}  // namespace sehlab::emu
