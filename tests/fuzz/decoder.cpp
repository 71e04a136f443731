// One instruction's bytes through everything that looks at them without an engine: the decoder, its
// memory operands, the quick look at the opcode, and what SSE and x87 instructions raise.
//
// An input is general registers, FS's base, MXCSR, the x87's control, status and tag words, and the
// instruction last, so that it may be of any length; the XMM and x87 registers are made of it.
#include <array>

#include "emu/decoder.hpp"
#include "emu/opcode.hpp"
#include "emu/operand_access.hpp"
#include "emu/page_table.hpp"
#include "emu/sse_exceptions.hpp"
#include "emu/x87_exceptions.hpp"
#include "emu/x87_stack_use.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/property.hpp"

namespace sehlab::fuzzing {
namespace {

using Code = std::span<const std::byte>;
constexpr GuestAddr kAt{0x401000}, kData{0x500000};
constexpr std::size_t kLongest = 15;  // Intel SDM vol. 2, 2.3.11

void an_instruction_is_its_bytes(Code code) {
  const std::size_t length = emu::instruction_length(code);
  const auto decoded = emu::decode(code, kAt);
  holds(decoded.has_value() == (length != 0), "what has a length is decoded");
  if (!decoded) return;
  holds(length <= kLongest && length <= code.size(), "an instruction is at most 15 bytes",
        decoded->mnemonic);
  holds(std::ranges::equal(decoded->bytes, code.first(length)), "an instruction is its bytes",
        decoded->mnemonic);
  holds(!decoded->mnemonic.empty() && decoded->address == kAt, "an instruction has a name");
  holds(emu::instruction_length(code.first(length)) == length,
        "what is behind an instruction does not matter", decoded->mnemonic);
}

/// Of bytes that an instruction has.
void the_quick_look_agrees(Code code, std::size_t length) {
  const emu::Opcode opcode = emu::opcode_of(code);
  holds(opcode.length <= code.size(), "an opcode lies in its bytes");
  if (length != 0) {
    holds(opcode.length >= 1 && opcode.length <= length, "an opcode lies in its instruction");
  }
  // None of these may read past the bytes.
  using Question = bool (*)(const emu::Opcode&);
  constexpr std::array<Question, 22> kQuestions{emu::transfers_control,
                                                emu::reads_descriptors,
                                                emu::reads_and_writes,
                                                emu::stores_in_pieces,
                                                emu::may_store_in_turn,
                                                emu::is_masked_store,
                                                emu::loads_80_bits,
                                                emu::pushes_in_turn,
                                                emu::loads_registers_in_turn,
                                                emu::uses_mmx,
                                                emu::needs_whole_operand,
                                                emu::has_invalid_lock,
                                                emu::is_far_transfer_by_register,
                                                emu::needs_privilege,
                                                emu::computes_in_sse,
                                                emu::loads_mxcsr,
                                                emu::loads_flags,
                                                emu::may_need_alignment,
                                                emu::may_raise_esp,
                                                emu::is_rdtsc,
                                                emu::is_icebp,
                                                emu::loads_x87_control};
  std::size_t yes = 0;
  for (const Question ask : kQuestions) yes += ask(opcode) ? 1 : 0;
  holds(yes <= kQuestions.size(), "a question has an answer");
  const std::uint32_t alignment = emu::required_alignment(code, kAt);
  holds(alignment == 1 || alignment == 16, "an alignment is 1 or 16");
  holds(alignment == 1 || emu::may_need_alignment(opcode),
        "the quick look knows of every alignment");
}

void operands_are_accessed(Code code, const emu::GeneralRegisters& registers, GuestAddr fs_base) {
  constexpr std::uint32_t kLargest = 512;  // FXSAVE
  const auto operands = emu::memory_operands(code, kAt, registers, fs_base);
  holds(operands.size() <= 4, "an instruction has few memory operands");
  for (const emu::MemoryOperand& operand : operands) {
    holds(operand.size <= kLargest, "an operand has a size", std::to_string(operand.size));
    holds(operand.size != 0 || (!operand.read && !operand.write), "an access has a size",
          emu::decode(code, kAt)->mnemonic);
  }
}

/// The bytes of a page that can be read and written.
struct Memory {
  alignas(16) std::array<std::byte, kPageSize> bytes{};
  emu::PageTable table;

  Memory() {
    auto& entry = table.edit(kData);
    entry.set_reserved(bytes.data());
    entry.set_committed(emu::kReadWrite);
  }
};

void sse_raises_what_there_is(Code code, const emu::GeneralRegisters& registers, GuestAddr fs_base,
                              const emu::SimdRegisters& simd, const Memory& memory) {
  const std::uint32_t flags = emu::simd_flags(code, kAt, registers, simd, fs_base, memory.table);
  holds((flags & ~emu::kMxcsrFlags) == 0, "SSE raises six flags", std::to_string(flags));
  holds(flags == 0 || emu::computes_in_sse(emu::opcode_of(code)),
        "the quick look knows of all that computes");
}

void x87_raises_what_there_is(Code code, const emu::X87Stack& stack, std::uint16_t control,
                              Code operand) {
  const emu::Opcode opcode = emu::opcode_of(code);
  if (opcode.length == 0 || !emu::is_x87(opcode)) return;
  const emu::StackUse use = emu::stack_use(opcode);
  for (const std::uint8_t reads : {use.first, use.second}) {
    holds(reads < 8 || reads == emu::StackUse::kNone, "a register of the stack is one of eight");
  }
  const auto outcome = emu::x87_outcome(opcode, stack, control, operand);
  constexpr std::uint16_t kKnown = emu::kX87All | emu::kX87StackFault | emu::kX87Condition1;
  holds((outcome.flags & ~kKnown) == 0, "the x87 raises flags of its own",
        std::to_string(outcome.flags));
}

/// What an x87 instruction finds in memory: as many bytes as its operand has, or none.
std::vector<std::byte> operand_bytes(Code code, const emu::GeneralRegisters& registers,
                                     GuestAddr fs_base, const Memory& memory) {
  std::vector<std::byte> bytes;
  for (const auto& operand : emu::memory_operands(code, kAt, registers, fs_base)) {
    for (std::uint32_t i = 0; i < operand.size && bytes.size() < 10; ++i) {
      const std::byte* host = memory.table.host(operand.address + i);
      bytes.push_back(host == nullptr ? std::byte{0} : *host);
    }
  }
  return bytes;
}

}  // namespace
}  // namespace sehlab::fuzzing

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sehlab;
  static fuzzing::Memory memory;
  fuzzing::Input input(data, size);
  emu::GeneralRegisters registers;
  for (std::uint32_t* reg : {&registers.eax, &registers.ecx, &registers.edx, &registers.ebx,
                             &registers.esp, &registers.ebp, &registers.esi, &registers.edi}) {
    // Into the page of data as often as not, by the low bit.
    const auto value = input.take<std::uint32_t>();
    *reg = (value & 1) != 0 ? value : fuzzing::kData.value + (value >> 1) % kPageSize;
  }
  registers.eip = fuzzing::kAt.value;
  const GuestAddr fs_base{input.take<std::uint32_t>()};
  emu::SimdRegisters simd;
  simd.mxcsr = input.take<std::uint32_t>() & 0xffff;
  const auto control = input.take<std::uint16_t>();
  emu::X87Stack stack{};
  stack.status = input.take<std::uint16_t>();
  stack.tags = input.take<std::uint16_t>();
  // The numbers to compute with: a page of them, and the registers from its front.
  const auto numbers = input.rest(64);
  for (std::size_t i = 0; i < memory.bytes.size(); ++i) {
    memory.bytes[i] = numbers.empty() ? std::byte{0} : numbers[i % numbers.size()];
  }
  for (std::size_t i = 0; i < 8; ++i) {
    std::ranges::copy_n(memory.bytes.begin() + static_cast<std::ptrdiff_t>(i * 16), 16,
                        simd.xmm[i].begin());
    std::ranges::copy_n(memory.bytes.begin() + static_cast<std::ptrdiff_t>(i * 10), 10,
                        stack.st[i].begin());
  }
  const auto code = input.rest(32);

  fuzzing::an_instruction_is_its_bytes(code);
  fuzzing::the_quick_look_agrees(code, emu::instruction_length(code));
  fuzzing::operands_are_accessed(code, registers, fs_base);
  fuzzing::sse_raises_what_there_is(code, registers, fs_base, simd, memory);
  fuzzing::x87_raises_what_there_is(code, stack, control,
                                    fuzzing::operand_bytes(code, registers, fs_base, memory));
  return 0;
}
