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

std::uint8_t group(const Opcode& opcode) {
  return opcode.modrm >> 3 & 7;
}

}  // namespace

Opcode opcode_of(std::span<const std::byte> code) {
  Opcode result;
  std::size_t at = 0;
  const auto byte = [&](std::size_t index) { return std::to_integer<std::uint8_t>(code[index]); };
  while (at < code.size() && is_prefix(byte(at))) {
    if (byte(at) == 0xf2 || byte(at) == 0xf3) result.repeated = true;
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
      return between(group(opcode), 2, 5);
    default:
      return between(opcode.value, 0x70, 0x7f) || between(opcode.value, 0xe0, 0xe3);
  }
}

bool is_string_port_access(const Opcode& opcode) {
  return opcode.length != 0 && !opcode.two_byte && between(opcode.value, 0x6c, 0x6f);
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
      return group(opcode) == 3 || group(opcode) == 5;
    default:
      return false;
  }
}

bool is_int_n(const Opcode& opcode) {
  return opcode.length != 0 && !opcode.two_byte && opcode.value == 0xcd;
}

bool is_rdtsc(const Opcode& opcode) {
  return opcode.length != 0 && opcode.two_byte && opcode.value == 0x31;
}

bool is_icebp(const Opcode& opcode) {
  return opcode.length != 0 && !opcode.two_byte && opcode.value == 0xf1;
}

}  // namespace sehlab::emu
