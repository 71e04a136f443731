#include "host/lab/debug/touched_memory.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "emu/opcode.hpp"

namespace sehlab::lab {
namespace {

constexpr std::size_t kLongestInstruction = 15;
constexpr std::uint32_t kDirectionFlag = 0x400;  // of EFLAGS

using Operands = std::vector<emu::MemoryOperand>;

/// MOVS, CMPS, STOS, LODS, SCAS (Intel SDM vol. 2); INS and OUTS fault at ring 3.
bool is_string(const emu::Opcode& opcode) {
  return !opcode.two_byte && ((opcode.value >= 0xa4 && opcode.value <= 0xa7) ||
                              (opcode.value >= 0xaa && opcode.value <= 0xaf));
}
bool is_cmps(const emu::Opcode& opcode) {
  return opcode.value == 0xa6 || opcode.value == 0xa7;
}
bool is_scas(const emu::Opcode& opcode) {
  return opcode.value == 0xae || opcode.value == 0xaf;
}

/// A string element, as a number; nullopt: it is not there.
std::optional<std::uint32_t> element(const emu::RawAccess& memory, GuestAddr at,
                                     std::uint32_t size) {
  std::array<std::byte, sizeof(std::uint32_t)> bytes{};
  if (!memory.read(at, std::span(bytes).first(size))) return std::nullopt;
  std::uint32_t value = 0;
  for (std::size_t i = size; i-- > 0;)
    value = value << 8 | std::to_integer<std::uint32_t>(bytes[i]);
  return value;
}

/// Rounds of a REPE or REPNE, which ends behind the first pair that does not match, or does (Intel
/// SDM vol. 2, REP). What cannot be read ends it too: the instruction will not retire.
std::uint32_t compared(const emu::Opcode& opcode, const Operands& operands,
                       const emu::GeneralRegisters& registers, const emu::RawAccess& memory) {
  const std::uint32_t size = operands.front().size;
  const std::uint32_t step = (registers.eflags & kDirectionFlag) != 0 ? 0U - size : size;
  const std::uint32_t mask = size == 4 ? UINT32_MAX : (1U << 8 * size) - 1;
  const bool while_equal = opcode.repeat == 0xf3;
  for (std::uint32_t round = 0; round < registers.ecx; ++round) {
    const std::uint32_t offset = round * step;
    const auto one = element(memory, operands.front().address + offset, size);
    const auto other = is_scas(opcode) ? std::optional(registers.eax & mask)
                                       : element(memory, operands.back().address + offset, size);
    if (!one || !other || (*one == *other) != while_equal) return round + 1;
  }
  return registers.ecx;
}

/// The first round's operands grow over all rounds. With 16-bit addresses nothing needs to grow:
/// they lie in the first 64 KiB, where Windows has no memory.
void cover_rounds(const emu::Opcode& opcode, Operands& operands,
                  const emu::GeneralRegisters& registers, const emu::RawAccess& memory) {
  if (operands.empty()) return;
  const bool compares = is_cmps(opcode) || is_scas(opcode);
  const std::uint32_t rounds =
      compares ? compared(opcode, operands, registers, memory) : registers.ecx;
  if (rounds == 0) return operands.clear();
  const bool down = (registers.eflags & kDirectionFlag) != 0;
  for (emu::MemoryOperand& operand : operands) {
    const std::uint64_t more = std::uint64_t{rounds - 1} * operand.size;
    // More than there is of address space will fault.
    const auto bytes = static_cast<std::uint32_t>(std::min<std::uint64_t>(more, INT32_MAX));
    if (down) operand.address = operand.address - bytes;
    operand.size += bytes;
  }
}

}  // namespace

std::vector<emu::MemoryOperand> touched_memory(emu::Machine& machine) {
  const emu::GeneralRegisters registers = machine.registers().general();
  const emu::RawAccess& memory = machine.memory().raw();
  const GuestAddr eip{registers.eip};
  std::array<std::byte, kLongestInstruction> bytes{};
  std::size_t size = bytes.size();
  while (size > 0 && !memory.read(eip, std::span(bytes).first(size))) --size;
  const auto code = std::span(bytes).first(size);
  Operands operands = emu::memory_operands(code, eip, registers, machine.registers().fs_base());
  const emu::Opcode opcode = emu::opcode_of(code);
  if (opcode.length != 0 && opcode.repeat != 0 && is_string(opcode)) {
    cover_rounds(opcode, operands, registers, memory);
  }
  return operands;
}

}  // namespace sehlab::lab
