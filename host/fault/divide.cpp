#include "host/fault/divide.hpp"

#include <array>
#include <cstdint>

#include "host/fault/code_bytes.hpp"

namespace sehlab::fault {
namespace {

constexpr std::uint8_t kDivideByte = 0xf6, kDivideWord = 0xf7, kAam = 0xd4;
constexpr std::uint8_t kFsPrefix = 0x64;

std::array<std::uint32_t, 8> by_number(const emu::GeneralRegisters& r) {
  return {r.eax, r.ecx, r.edx, r.ebx, r.esp, r.ebp, r.esi, r.edi};
}

/// Effective address of a 16-bit ModRM (Intel SDM vol. 2, table 2-1).
std::optional<std::uint32_t> address16(CodeBytes& code, std::uint8_t modrm,
                                       const emu::GeneralRegisters& r) {
  const unsigned mod = modrm >> 6, rm = modrm & 7;
  const std::array<std::uint32_t, 8> base{
      r.ebx + r.esi, r.ebx + r.edi, r.ebp + r.esi, r.ebp + r.edi, r.esi, r.edi, r.ebp, r.ebx};
  const bool direct = mod == 0 && rm == 6;
  const std::uint32_t bytes = direct || mod == 2 ? 2 : (mod == 1 ? 1 : 0);
  const auto displacement = code.number(bytes);
  if (!displacement) return std::nullopt;
  return ((direct ? 0 : base[rm]) + *displacement) & 0xffff;
}

/// Effective address of a 32-bit ModRM (Intel SDM vol. 2, tables 2-2 and 2-3).
std::optional<std::uint32_t> address32(CodeBytes& code, std::uint8_t modrm,
                                       const emu::GeneralRegisters& r) {
  const auto registers = by_number(r);
  const unsigned mod = modrm >> 6, rm = modrm & 7;
  std::uint32_t address = 0;
  bool direct = mod == 0 && rm == 5;
  if (rm == 4) {
    const auto sib = code.next();
    if (!sib) return std::nullopt;
    const unsigned base = *sib & 7, index = (*sib >> 3) & 7;
    direct = mod == 0 && base == 5;
    if (!direct) address = registers[base];
    if (index != 4) address += registers[index] << (*sib >> 6);
  } else if (!direct) {
    address = registers[rm];
  }
  const std::uint32_t bytes = direct || mod == 2 ? 4 : (mod == 1 ? 1 : 0);
  const auto displacement = code.number(bytes);
  if (!displacement) return std::nullopt;
  return address + *displacement;
}

std::uint32_t register_operand(unsigned number, std::uint32_t size,
                               const emu::GeneralRegisters& r) {
  const auto registers = by_number(r);
  if (size == 1) {  // AL, CL, DL, BL, AH, CH, DH, BH
    return number < 4 ? registers[number] & 0xff : (registers[number - 4] >> 8) & 0xff;
  }
  return size == 2 ? registers[number] & 0xffff : registers[number];
}

}  // namespace

std::optional<bool> divisor_is_zero(emu::GuestAccess& memory, const emu::GeneralRegisters& general,
                                    GuestAddr fs_base) {
  CodeBytes code(memory, GuestAddr{general.eip});
  const Prefixes prefixes = code.prefixes();
  const auto opcode = code.next(), operand = code.next();
  if (!opcode || !operand) return std::nullopt;
  if (*opcode == kAam) return *operand == 0;
  const unsigned operation = (*operand >> 3) & 7;  // 6 DIV, 7 IDIV
  if ((*opcode != kDivideByte && *opcode != kDivideWord) || operation < 6) return std::nullopt;
  const std::uint32_t size = *opcode == kDivideByte ? 1 : (prefixes.operand_size ? 2 : 4);
  if ((*operand >> 6) == 3) return register_operand(*operand & 7, size, general) == 0;

  const auto offset = prefixes.address_size ? address16(code, *operand, general)
                                            : address32(code, *operand, general);
  if (!offset) return std::nullopt;
  GuestAddr at{*offset};
  if (prefixes.segment == kFsPrefix) at = fs_base + *offset;  // the others are flat
  std::uint32_t divisor = 0;
  const auto bytes = std::as_writable_bytes(std::span<std::uint32_t, 1>(&divisor, 1));
  if (memory.read(at, bytes.first(size))) return std::nullopt;
  return divisor == 0;
}

}  // namespace sehlab::fault
