// Decoder: one instruction's bytes to text and to the few facts that the lab needs.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "emu/guest_addr.hpp"

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

}  // namespace sehlab::emu
