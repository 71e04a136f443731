#include "emu/instruction_check.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "emu/guest_memory.hpp"
#include "emu/opcode.hpp"
#include "emu/sse_exceptions.hpp"
#include "emu/vectors.hpp"
#include "emu/x87_exceptions.hpp"

namespace sehlab::emu {
namespace {

constexpr std::array kSimdRegisters{Reg::Mxcsr, Reg::Xmm0, Reg::Xmm1, Reg::Xmm2, Reg::Xmm3,
                                    Reg::Xmm4,  Reg::Xmm5, Reg::Xmm6, Reg::Xmm7};
constexpr std::array kX87Registers{Reg::Fpsw, Reg::Fptag, Reg::St0, Reg::St1, Reg::St2,
                                   Reg::St3,  Reg::St4,   Reg::St5, Reg::St6, Reg::St7};
constexpr std::array kX87Written{Reg::Fpsw, Reg::Fop, Reg::Fip, Reg::Fdp};

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

InstructionCheck::InstructionCheck(const PageTable& table, Engine& engine, Registers& registers)
    : table_(table),
      engine_(engine),
      registers_(registers),
      simd_numbers_(Engine::numbers(kSimdRegisters)),
      x87_numbers_(Engine::numbers(kX87Registers)),
      x87_written_(Engine::numbers(kX87Written)) {}

void InstructionCheck::read_flags() {
  alignment_ = (engine_.get(Reg::Eflags) & kEflagsAc) != 0;
  flags_changed_ = false;
}

void InstructionCheck::read_mxcsr() {
  const bool before = simd_;
  simd_ = simd_unmasked(engine_.get(Reg::Mxcsr));
  mxcsr_changed_ = false;
  // What was plain while all exceptions were masked has to be looked at now.
  if (simd_ && !before) engine_.counter().plain.forget();
}

void InstructionCheck::read_x87_control() {
  const bool before = x87_;
  control_ = static_cast<std::uint16_t>(engine_.get(Reg::Fpcw));
  x87_ = (control_ & kX87All) != kX87All;
  control_changed_ = false;
  if (x87_ && !before) engine_.counter().plain.forget();
}

std::optional<Stop> InstructionCheck::x87_exception(GuestAddr address, const Opcode& opcode,
                                                    std::span<const MemoryOperand> operands) {
  if (is_non_waiting_x87(opcode)) return std::nullopt;
  X87Stack stack{};
  std::array<void*, kX87Registers.size()> values{&stack.status, &stack.tags};
  for (std::size_t i = 0; i < stack.st.size(); ++i) values[i + 2] = stack.st[i].data();
  engine_.read(x87_numbers_, values.data());
  if ((stack.status & kX87Summary) != 0) return exception_at(address, kX87Error);
  std::array<std::byte, 10> operand{};
  std::size_t size = 0;
  for (const MemoryOperand& access : operands) {
    const auto right = access.write ? PageEntry::kCanWrite : PageEntry::kCanRead;
    for (; size < operand.size() && size < access.size; ++size) {
      const GuestAddr at = access.address + static_cast<std::uint32_t>(size);
      if (!table_.at(at).has(right)) return std::nullopt;  // a page fault
      operand[size] = *table_.host(at);
    }
  }
  const X87Outcome outcome = x87_outcome(opcode, stack, control_, std::span(operand).first(size));
  if (!outcome.modelled) {
    return Unmodelled{
        "what an x87 instruction leaves or raises, with exceptions unmasked that can "
        "come of its result,",
        address};
  }
  if (outcome.flags == 0) return std::nullopt;
  std::uint16_t status = static_cast<std::uint16_t>(stack.status | outcome.flags);
  if ((outcome.flags & ~control_ & kX87All) != 0) status |= kX87Summary | kX87Busy;
  if (outcome.done) {
    write_x87(status, address, opcode, operands);
    return std::nullopt;
  }
  if ((outcome.flags & kX87Condition1) == 0) status &= ~kX87Condition1;
  write_x87(status, address, opcode, operands);
  deferred_ = true;
  return exception_at(address, kX87Error);
}

/// The status word, and the pointers of the last instruction that was not a control instruction.
void InstructionCheck::write_x87(std::uint16_t status, GuestAddr address, const Opcode& opcode,
                                 std::span<const MemoryOperand> operands) {
  auto number = static_cast<std::uint16_t>((opcode.value & 7) << 8 | opcode.modrm);
  std::uint64_t instruction = address.value;
  std::uint64_t operand = operands.empty() ? 0 : operands.front().address.value;
  const std::array<void*, kX87Written.size()> values{&status, &number, &instruction, &operand};
  engine_.write(x87_written_, values.data());
}

GuestAddr InstructionCheck::pass_deferred(GuestAddr address) {
  deferred_ = false;
  return address + static_cast<std::uint32_t>(instruction_length(table_.code(address).span()));
}

/// Reads the engine's registers, and not RegisterFile's copy: the engine is within an instruction.
/// MXCSR gets the flags, masked or not, as the processor sets them before it raises #XM.
bool InstructionCheck::raises_simd_exception(GuestAddr address, std::span<const std::byte> code) {
  SimdRegisters simd;
  std::array<void*, kSimdRegisters.size()> values{&simd.mxcsr};
  for (std::size_t i = 0; i < simd.xmm.size(); ++i) values[i + 1] = simd.xmm[i].data();
  engine_.read(simd_numbers_, values.data());
  const std::uint32_t flags =
      simd_flags(code, address, registers_.general(), simd, registers_.fs_base(), table_);
  if (flags == 0) return false;
  simd.mxcsr |= flags;
  engine_.write(std::span(simd_numbers_).first(1), values.data());
  return (flags & ~(simd.mxcsr >> kMxcsrMaskShift)) != 0;
}

/// What the program itself may write over is looked at each time.
void InstructionCheck::remember_plain(GuestAddr address) {
  if (!table_.at(address).has(PageEntry::kCanWrite) &&
      !table_.at(address + 15).has(PageEntry::kCanWrite)) {
    engine_.counter().plain.add(address.value);
  }
}

/// An operand in a page that cannot be accessed is a page fault, which comes first.
bool InstructionCheck::misaligned(std::span<const MemoryOperand> operands) const {
  return std::any_of(operands.begin(), operands.end(), [&](const MemoryOperand& operand) {
    const bool aligned = operand.address.aligned(natural_alignment(operand.size));
    return !aligned && table_.at(operand.address).has(PageEntry::kCanAny) &&
           table_.at(operand.address + (operand.size - 1)).has(PageEntry::kCanAny);
  });
}

std::optional<Fault> InstructionCheck::refused(GuestAddr address,
                                               std::span<const MemoryOperand> operands) const {
  for (const MemoryOperand& operand : operands) {
    const auto right = operand.write ? PageEntry::kCanWrite : PageEntry::kCanRead;
    for (std::uint32_t i = 0; i < operand.size; ++i) {
      const GuestAddr at = operand.address + i;
      if (table_.at(at).has(right)) continue;
      Fault fault = page_fault(table_, operand.write ? Access::Write : Access::Read, at);
      fault.eip = address;
      return fault;
    }
  }
  return std::nullopt;
}

std::optional<Stop> InstructionCheck::before(GuestAddr address) {
  if (flags_changed_) read_flags();
  if (mxcsr_changed_) read_mxcsr();
  if (control_changed_) read_x87_control();
  due_ = 0;
  const bool plain = engine_.counter().plain.has(address.value);
  if (plain && !wants_all()) return std::nullopt;

  const CodeBytes bytes = table_.code(address);
  const auto code = bytes.span();
  const Opcode opcode = opcode_of(code);
  // The engine takes most of these for the instruction without LOCK, and a register, behind some
  // instructions, for memory that it has just used.
  if (has_invalid_lock(opcode) || is_far_transfer_by_register(opcode)) {
    return exception_at(address, kInvalidOpcode, FaultKind::InvalidOpcode);
  }
  if (needs_privilege(opcode)) return exception_at(address, kProtection);
  flags_changed_ = loads_flags(opcode);
  mxcsr_changed_ = loads_mxcsr(opcode);
  control_changed_ = loads_x87_control(opcode);
  const std::uint32_t wanted =
      may_need_alignment(opcode) && !plain ? required_alignment(code, address) : 1;
  const bool simd = simd_ && computes_in_sse(opcode), x87 = x87_ && is_x87(opcode);
  const bool whole = needs_whole_operand(opcode);
  const bool look = wanted != 1 || simd || x87 || whole;
  const bool loads = flags_changed_ || mxcsr_changed_ || control_changed_;
  if (!plain && !look && !loads && opcode.length != 0) remember_plain(address);
  if (!look && !alignment_ && watched_.empty()) return std::nullopt;

  const auto operands = memory_operands(code, address, registers_.general(), registers_.fs_base());
  if (wanted != 1) {
    for (const MemoryOperand& operand : operands) {
      if (!operand.address.aligned(wanted)) return exception_at(address, kProtection);
    }
  } else if (alignment_ && misaligned(operands)) {
    return exception_at(address, kAlignment);
  }
  if (whole) {
    if (auto fault = refused(address, operands)) return *fault;
  }
  if (x87) {
    if (auto raised = x87_exception(address, opcode, operands)) return raised;
  }
  if (simd && raises_simd_exception(address, code)) return exception_at(address, kSimdError);
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
