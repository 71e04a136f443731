// The only source file that includes Capstone.
#include "emu/decoder.hpp"

#include <capstone/capstone.h>

#include <algorithm>
#include <memory>

#include "emu/check.hpp"

namespace sehlab::emu {
namespace {

constexpr std::size_t kLongestInstruction = 15;

/// One decoder a thread: a handle is not for several threads at a time.
class Handle {
 public:
  Handle() {
    SEHLAB_CHECK(cs_open(CS_ARCH_X86, CS_MODE_32, &handle_) == CS_ERR_OK);
    cs_option(handle_, CS_OPT_DETAIL, CS_OPT_ON);
    instruction_ = cs_malloc(handle_);
    SEHLAB_CHECK(instruction_ != nullptr);
  }
  ~Handle() {
    cs_free(instruction_, 1);
    cs_close(&handle_);
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  /// Null when the bytes are no instruction; else valid until the next call.
  const cs_insn* decode(std::span<const std::byte> bytes, GuestAddr address) {
    const auto* code = reinterpret_cast<const std::uint8_t*>(bytes.data());
    std::size_t size = std::min(bytes.size(), kLongestInstruction);
    std::uint64_t at = address.value;
    return cs_disasm_iter(handle_, &code, &size, &at, instruction_) ? instruction_ : nullptr;
  }

 private:
  csh handle_ = 0;
  cs_insn* instruction_ = nullptr;
};

Handle& decoder() {
  thread_local Handle handle;
  return handle;
}

std::uint32_t value_of(x86_reg reg, const GeneralRegisters& r) {
  switch (reg) {
    case X86_REG_EAX:
      return r.eax;
    case X86_REG_ECX:
      return r.ecx;
    case X86_REG_EDX:
      return r.edx;
    case X86_REG_EBX:
      return r.ebx;
    case X86_REG_ESP:
      return r.esp;
    case X86_REG_EBP:
      return r.ebp;
    case X86_REG_ESI:
      return r.esi;
    case X86_REG_EDI:
      return r.edi;
    case X86_REG_BX:
      return r.ebx & 0xffff;
    case X86_REG_BP:
      return r.ebp & 0xffff;
    case X86_REG_SI:
      return r.esi & 0xffff;
    case X86_REG_DI:
      return r.edi & 0xffff;
    default:
      return 0;
  }
}

GuestAddr linear(const x86_op_mem& mem, std::uint8_t address_size, const GeneralRegisters& r,
                 GuestAddr fs_base) {
  std::uint32_t offset = value_of(mem.base, r) +
                         value_of(mem.index, r) * static_cast<std::uint32_t>(mem.scale) +
                         static_cast<std::uint32_t>(mem.disp);
  if (address_size == 2) offset &= 0xffff;
  return mem.segment == X86_REG_FS ? fs_base + offset : GuestAddr{offset};
}

/// Capstone gives 4 for the operands that are state images (Intel SDM vol. 1, 8.1.10 and 10.5).
std::uint32_t size_of(const cs_insn& insn, const cs_x86_op& operand) {
  switch (insn.id) {
    case X86_INS_FXSAVE:
    case X86_INS_FXRSTOR:
      return 512;
    case X86_INS_FNSAVE:
    case X86_INS_FRSTOR:
      return 108;
    default:
      return operand.size;
  }
}

/// What the instruction reads or writes without naming it.
std::optional<MemoryOperand> implied_operand(const cs_insn& insn, const GeneralRegisters& r) {
  const cs_x86& x86 = insn.detail->x86;
  const std::uint32_t word = x86.prefix[2] == X86_PREFIX_OPSIZE ? 2 : 4;
  const GuestAddr esp{r.esp};
  switch (insn.id) {
    case X86_INS_PUSH:
    case X86_INS_PUSHF:
    case X86_INS_PUSHFD:
    case X86_INS_CALL:
    case X86_INS_LCALL:
    case X86_INS_ENTER:
      return MemoryOperand{esp - word, word};
    case X86_INS_PUSHAL:
    case X86_INS_PUSHAW:
      return MemoryOperand{esp - 8 * word, 8 * word};
    case X86_INS_POPAL:
    case X86_INS_POPAW:
      return MemoryOperand{esp, 8 * word};
    case X86_INS_MASKMOVDQU:
      return MemoryOperand{GuestAddr{r.edi}, 16};
    case X86_INS_MASKMOVQ:
      return MemoryOperand{GuestAddr{r.edi}, 8};
    default:
      return std::nullopt;
  }
}

}  // namespace

std::optional<Instruction> decode(std::span<const std::byte> bytes, GuestAddr address) {
  const cs_insn* found = decoder().decode(bytes, address);
  if (found == nullptr) return std::nullopt;
  const auto* first = reinterpret_cast<const std::byte*>(found->bytes);
  return Instruction{address, {first, first + found->size}, found->mnemonic, found->op_str};
}

std::vector<MemoryOperand> memory_operands(std::span<const std::byte> bytes, GuestAddr address,
                                           const GeneralRegisters& registers, GuestAddr fs_base) {
  std::vector<MemoryOperand> result;
  const cs_insn* found = decoder().decode(bytes, address);
  if (found == nullptr) return result;
  const cs_x86& x86 = found->detail->x86;
  for (std::uint8_t i = 0; i < x86.op_count; ++i) {
    const cs_x86_op& operand = x86.operands[i];
    if (operand.type != X86_OP_MEM) continue;
    result.push_back(
        {linear(operand.mem, x86.addr_size, registers, fs_base), size_of(*found, operand)});
  }
  if (const auto implied = implied_operand(*found, registers)) result.push_back(*implied);
  return result;
}

}  // namespace sehlab::emu
