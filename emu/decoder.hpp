// Decoder: one instruction's bytes to text and to the few facts that the lab needs.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "emu/guest_addr.hpp"
#include "emu/registers.hpp"

namespace sehlab::emu {

/// One decoded instruction, Intel syntax.
struct Instruction {
  GuestAddr address;
  std::vector<std::byte> bytes;
  std::string mnemonic;  ///< "mov"
  std::string operands;  ///< "eax, dword ptr [eax]"
};

/// Decodes the instruction at `address` from `bytes` (at most 15 are looked at); nullopt when
/// they are no instruction.
[[nodiscard]] std::optional<Instruction> decode(std::span<const std::byte> bytes,
                                                GuestAddr address);

/// A memory operand, what PUSH, CALL, POPAD or MASKMOV access without naming it included.
struct MemoryOperand {
  GuestAddr address;  ///< linear
  std::uint32_t size = 0;
  bool read = false, write = false;
};

/// The memory operands of the instruction at `address`, with these registers before it runs and
/// flat segments but for FS; none when the bytes are no instruction.
[[nodiscard]] std::vector<MemoryOperand> memory_operands(std::span<const std::byte> bytes,
                                                         GuestAddr address,
                                                         const GeneralRegisters& registers,
                                                         GuestAddr fs_base);

/// Bytes of the instruction at the front of `bytes`; 0 when there is none.
[[nodiscard]] std::size_t instruction_length(std::span<const std::byte> bytes);

/// What the memory operand of a legacy SSE instruction or of FXSAVE must be aligned to, on pain of
/// #GP: 16, or 1 where any address will do.
[[nodiscard]] std::uint32_t required_alignment(std::span<const std::byte> bytes, GuestAddr address);

}  // namespace sehlab::emu
