// What the first bytes of an instruction tell without a full decoder: enough for the questions
// that the machine must answer while it runs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace sehlab::emu {

/// The opcode behind the prefixes. `two_byte` when it follows 0F.
struct Opcode {
  std::uint8_t value = 0;
  bool two_byte = false;
  bool locked = false;      ///< F0 among the prefixes
  bool wide = false;        ///< 66 among the prefixes
  std::uint8_t repeat = 0;  ///< F2 or F3, the last among the prefixes
  std::size_t length = 0;   ///< prefixes and opcode; 0 when the bytes end before the opcode
  std::uint8_t modrm = 0;   ///< the byte after it, 0 when there is none

  [[nodiscard]] bool simd_prefix() const { return wide || repeat != 0; }
  /// ModRM's middle field, which extends many opcodes.
  [[nodiscard]] std::uint8_t extension() const { return modrm >> 3 & 7; }
  [[nodiscard]] bool has_memory_operand() const { return modrm < 0xc0; }
};

[[nodiscard]] Opcode opcode_of(std::span<const std::byte> code);

/// JMP, Jcc, LOOP, CALL, RET, IRET: an instruction that can be followed by itself.
[[nodiscard]] bool transfers_control(const Opcode& opcode);
/// A segment load, far transfer or LAR/LSL/VERR/VERW: the processor reads a descriptor.
[[nodiscard]] bool reads_descriptors(const Opcode& opcode);
/// With a memory operand it reads that and writes it back: a processor checks for the write
/// first (measured on hardware: error code 6 at an absent page for each of them).
[[nodiscard]] bool reads_and_writes(const Opcode& opcode);
/// Stores that the engine does piece by piece in a function of its own, and in which it goes on
/// after a fault: FNSAVE, FNSTENV, FSTP and FBSTP of 80 bits, FXSAVE, MASKMOV, CMPXCHG8B.
[[nodiscard]] bool stores_in_pieces(const Opcode& opcode);
/// PUSHAD and stores of 128 bits, which the engine does in several, and leaves at a fault; MASKMOV
/// is none of them.
[[nodiscard]] bool may_store_in_turn(const Opcode& opcode);
[[nodiscard]] bool is_masked_store(const Opcode& opcode);
/// FLD and FBLD of 80 bits: changes nothing before it has read all, in an order of its own.
[[nodiscard]] bool loads_80_bits(const Opcode& opcode);
/// Far CALL, ENTER: pushes one thing after the other.
[[nodiscard]] bool pushes_in_turn(const Opcode& opcode);
/// POPAD, FLDENV, FRSTOR, FXRSTOR: changes registers one after the other.
[[nodiscard]] bool loads_registers_in_turn(const Opcode& opcode);
/// Uses an MMX register: the engine changes the x87 tags before it touches the operand.
[[nodiscard]] bool uses_mmx(const Opcode& opcode);
/// One of the two above with a memory operand, but for MASKMOVQ: its operand has to be looked at
/// before the engine begins it.
[[nodiscard]] bool needs_whole_operand(const Opcode& opcode);
/// LOCK before an instruction that it does not go with.
[[nodiscard]] bool has_invalid_lock(const Opcode& opcode);
/// CALL or JMP, far, with a register where there must be memory: no instruction.
[[nodiscard]] bool is_far_transfer_by_register(const Opcode& opcode);
/// IN, OUT, INS, OUTS and RDPMC: #GP at ring 3, where IOPL is 0, there is no map of ports, and
/// CR4.PCE is clear. The engine executes the former, and takes the latter for no instruction.
[[nodiscard]] bool needs_privilege(const Opcode& opcode);
/// SSE arithmetic, comparison, or conversion between formats: what can raise #XM.
[[nodiscard]] bool computes_in_sse(const Opcode& opcode);
/// LDMXCSR and FXRSTOR.
[[nodiscard]] bool loads_mxcsr(const Opcode& opcode);
/// POPF and IRET.
[[nodiscard]] bool loads_flags(const Opcode& opcode);
/// Among the opcodes of SSE and of FXSAVE, with a memory operand: a processor may want it aligned.
[[nodiscard]] bool may_need_alignment(const Opcode& opcode);
/// Could leave ESP higher than it was. Says so of some that cannot: of all whose ModRM names ESP or
/// extends the opcode by 4.
[[nodiscard]] bool may_raise_esp(const Opcode& opcode);
[[nodiscard]] bool is_rdtsc(const Opcode& opcode);
[[nodiscard]] bool is_icebp(const Opcode& opcode);

}  // namespace sehlab::emu
