#include "host/watch/leaving.hpp"

#include <string>

namespace sehlab::watch {
namespace {

/// Instructions of a function's own end (Intel SDM vol. 2): RET, LEAVE, POP, ADD ESP,
/// LEA ESP,[…] and MOV ESP,EBP. `code`: its first four bytes, the first one lowest.
bool ends_a_frame(std::uint32_t code) {
  constexpr std::uint8_t kFsPrefix = 0x64;
  if ((code & 0xff) == kFsPrefix) code >>= 8;
  const std::uint8_t opcode = code & 0xff;
  const std::uint8_t modrm = code >> 8 & 0xff;
  const std::uint8_t reg = modrm >> 3 & 7;
  constexpr std::uint8_t kEsp = 4;
  switch (opcode) {
    case 0xc2:  // RET imm16
    case 0xc3:  // RET
    case 0xc9:  // LEAVE
    case 0x8f:  // POP m32
      return true;
    case 0x81:  // ADD r/m32, imm32
    case 0x83:  // ADD r/m32, imm8
      return modrm == 0xc4;
    case 0x8d:  // LEA
      return reg == kEsp;
    case 0x8b:  // MOV ESP, EBP
      return modrm == 0xe5;
    case 0x89:
      return modrm == 0xec;
    default:
      return opcode >= 0x58 && opcode <= 0x5f && opcode != 0x5c;  // POP r32, but for ESP
  }
}

}  // namespace

LeftBy how_left(const Target& target, GuestAddr by, GuestAddr esp_before) {
  // MSVC calls it longjmp, mingw _longjmp or longjmpex, runtimes have names around that.
  if (target.symbol(by).find("longjmp") != std::string::npos) return LeftBy::Longjmp;
  if (esp_before != GuestAddr{} && !target.stack().contains(esp_before)) return LeftBy::StackSwitch;
  std::uint32_t code = 0;
  if (!target.word(by, code)) return LeftBy::Other;
  return ends_a_frame(code) ? LeftBy::Return : LeftBy::Jump;
}

}  // namespace sehlab::watch
