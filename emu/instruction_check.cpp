#include "emu/instruction_check.hpp"

#include <algorithm>

#include "emu/opcode.hpp"

namespace sehlab::emu {
namespace {

constexpr std::uint8_t kProtection = 13, kAlignment = 17;

bool overlap(const MemoryOperand& operand, const DataBreakpoint& watched) {
  return operand.address.value < std::uint64_t{watched.address.value} + watched.size &&
         watched.address.value < std::uint64_t{operand.address.value} + operand.size;
}

/// What a misaligned operand of this size is aligned to when EFLAGS.AC asks for it (Intel SDM
/// vol. 3, table 6-7); 1: any address will do.
std::uint32_t natural_alignment(std::uint32_t size) {
  switch (size) {
    case 2:
    case 4:
    case 8:
      return size;
    case 10:
      return 8;
    default:
      return 1;
  }
}

}  // namespace

void InstructionCheck::read_flags() {
  alignment_ = (engine_.get(Reg::Eflags) & kEflagsAc) != 0;
  flags_changed_ = false;
}

InstructionCheck::Kind InstructionCheck::classify(GuestAddr address,
                                                  std::span<const std::byte> code) {
  const Opcode opcode = opcode_of(code);
  if (opcode.length == 0) return Kind::Plain;
  if (needs_privilege(opcode)) return Kind::Privileged;
  if (loads_flags(opcode)) return Kind::LoadsFlags;
  if (may_need_alignment(opcode) && required_alignment(code, address) != 1) return Kind::Aligned;
  // What the program itself may write over is looked at each time.
  if (!table_.at(address).has(PageEntry::kCanWrite) &&
      !table_.at(address + 15).has(PageEntry::kCanWrite)) {
    engine_.counter().plain.add(address.value);
  }
  return Kind::Plain;
}

/// An operand in a page that cannot be accessed is a page fault, which comes first.
bool InstructionCheck::misaligned(std::span<const MemoryOperand> operands) const {
  return std::any_of(operands.begin(), operands.end(), [&](const MemoryOperand& operand) {
    const bool aligned = operand.address.aligned(natural_alignment(operand.size));
    return !aligned && table_.at(operand.address).has(PageEntry::kCanAny) &&
           table_.at(operand.address + (operand.size - 1)).has(PageEntry::kCanAny);
  });
}

std::optional<std::uint8_t> InstructionCheck::before(GuestAddr address) {
  if (flags_changed_) read_flags();
  due_ = 0;
  const bool plain = engine_.counter().plain.has(address.value);
  if (plain && !wants_all()) return std::nullopt;

  const CodeBytes bytes = table_.code(address);
  const auto code = bytes.span();
  const Kind kind = plain ? Kind::Plain : classify(address, code);
  if (kind == Kind::Privileged) return kProtection;
  flags_changed_ = kind == Kind::LoadsFlags;
  if (kind != Kind::Aligned && !alignment_ && watched_.empty()) return std::nullopt;

  const auto operands = memory_operands(code, address, registers_.general(), registers_.fs_base());
  if (kind == Kind::Aligned) {
    const std::uint32_t wanted = required_alignment(code, address);
    for (const MemoryOperand& operand : operands) {
      if (!operand.address.aligned(wanted)) return kProtection;
    }
  } else if (alignment_ && misaligned(operands)) {
    return kAlignment;
  }
  for (const DataBreakpoint& watched : watched_) {
    for (const MemoryOperand& operand : operands) {
      if ((operand.write || (operand.read && watched.reads)) && overlap(operand, watched)) {
        due_ |= watched.dr6;
      }
    }
  }
  return std::nullopt;
}

}  // namespace sehlab::emu
