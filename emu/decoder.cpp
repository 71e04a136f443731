// The only source file that includes Capstone.
#include "emu/decoder.hpp"

#include <capstone/capstone.h>

#include <algorithm>
#include <memory>

#include "emu/check.hpp"
#include "emu/opcode.hpp"
#include "emu/operand_access.hpp"

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

bool has_operand_size_prefix(const cs_insn& insn) {
  return insn.detail->x86.prefix[2] == 0x66;
}

/// Where Capstone's size is not the processor's: it gives 4 for state images (Intel SDM vol. 1,
/// 8.1.10 and 10.5) and for FNSTSW's operand, the register's size for comparisons of one number,
/// and all of an MMX register for the low half that PUNPCKL reads (vol. 2).
std::uint32_t size_of(const cs_insn& insn, const cs_x86_op& operand) {
  const bool wide = has_operand_size_prefix(insn);
  switch (insn.id) {
    case X86_INS_FXSAVE:
    case X86_INS_FXRSTOR:
      return 512;
    case X86_INS_FNSAVE:
    case X86_INS_FRSTOR:
      return wide ? 94 : 108;
    case X86_INS_FNSTENV:
    case X86_INS_FLDENV:
      return wide ? 14 : 28;
    case X86_INS_FNSTSW:
      return 2;
    case X86_INS_COMISS:
      return 4;
    case X86_INS_COMISD:
      return 8;
    case X86_INS_PUNPCKLBW:
    case X86_INS_PUNPCKLWD:
    case X86_INS_PUNPCKLDQ:
      return operand.size == 8 ? 4 : operand.size;
    default:
      return operand.size;
  }
}

void set_access(const cs_insn& insn, const Opcode& opcode, std::uint8_t access,
                MemoryOperand& operand) {
  if (const auto known = operand_access(opcode)) {
    operand.read = known->read;
    operand.write = known->write;
    return;
  }
  operand.read = (access & CS_AC_READ) != 0;
  operand.write = (access & CS_AC_WRITE) != 0;
  switch (insn.id) {
    case X86_INS_LEA:
    case X86_INS_NOP:
    case X86_INS_PREFETCH:
    case X86_INS_PREFETCHW:
    case X86_INS_PREFETCHNTA:
    case X86_INS_PREFETCHT0:
    case X86_INS_PREFETCHT1:
    case X86_INS_PREFETCHT2:
      operand.read = operand.write = false;  // an address, and no access
      return;
    default:
      if (!operand.read && !operand.write) operand.read = true;
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
      return MemoryOperand{esp - word, word, false, true};
    case X86_INS_PUSHAL:
    case X86_INS_PUSHAW:
      return MemoryOperand{esp - 8 * word, 8 * word, false, true};
    case X86_INS_POPAL:
    case X86_INS_POPAW:
      return MemoryOperand{esp, 8 * word, true, false};
    case X86_INS_POP:
    case X86_INS_POPF:
    case X86_INS_POPFD:
    case X86_INS_RET:
      return MemoryOperand{esp, word, true, false};
    case X86_INS_RETF:
      return MemoryOperand{esp, 2 * word, true, false};
    case X86_INS_IRET:
    case X86_INS_IRETD:
      return MemoryOperand{esp, 3 * word, true, false};
    case X86_INS_LEAVE:
      return MemoryOperand{GuestAddr{r.ebp}, word, true, false};
    case X86_INS_XLATB:
      return MemoryOperand{GuestAddr{r.ebx + (r.eax & 0xff)}, 1, true, false};
    case X86_INS_MASKMOVDQU:
      return MemoryOperand{GuestAddr{r.edi}, 16, false, true};
    case X86_INS_MASKMOVQ:
      return MemoryOperand{GuestAddr{r.edi}, 8, false, true};
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
  const Opcode opcode = opcode_of(bytes);
  const cs_x86& x86 = found->detail->x86;
  for (std::uint8_t i = 0; i < x86.op_count; ++i) {
    const cs_x86_op& operand = x86.operands[i];
    if (operand.type != X86_OP_MEM) continue;
    MemoryOperand access{linear(operand.mem, x86.addr_size, registers, fs_base),
                         size_of(*found, operand)};
    set_access(*found, opcode, operand.access, access);
    result.push_back(access);
  }
  if (const auto implied = implied_operand(*found, registers)) result.push_back(*implied);
  return result;
}

std::size_t instruction_length(std::span<const std::byte> bytes) {
  const cs_insn* found = decoder().decode(bytes, GuestAddr{0});
  return found == nullptr ? 0 : found->size;
}

// Intel SDM vol. 1, 10.4.1.1 and 11.3, and the exception classes of vol. 2, 2.4: 128 bits of memory
// must be aligned for all but these.
std::uint32_t required_alignment(std::span<const std::byte> bytes, GuestAddr address) {
  constexpr std::uint32_t kAligned = 16, kAny = 1;
  const cs_insn* found = decoder().decode(bytes, address);
  if (found == nullptr) return kAny;
  switch (found->id) {
    case X86_INS_MOVUPS:
    case X86_INS_MOVUPD:
    case X86_INS_MOVDQU:
    case X86_INS_LDDQU:
    case X86_INS_PCMPESTRI:
    case X86_INS_PCMPESTRM:
    case X86_INS_PCMPISTRI:
    case X86_INS_PCMPISTRM:
    case X86_INS_MASKMOVDQU:
      return kAny;
    case X86_INS_FXSAVE:
    case X86_INS_FXRSTOR:
      return kAligned;
    default:
      break;
  }
  const cs_x86& x86 = found->detail->x86;
  for (std::uint8_t i = 0; i < x86.op_count; ++i) {
    if (x86.operands[i].type == X86_OP_MEM && size_of(*found, x86.operands[i]) == 16)
      return kAligned;
  }
  return kAny;
}

}  // namespace sehlab::emu
