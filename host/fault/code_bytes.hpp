// CodeBytes: the bytes of a faulting instruction, read one by one as decoding asks for them. The
// processor has fetched the instruction; what lies behind it may be no memory at all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "emu/guest_access.hpp"
#include "emu/guest_addr.hpp"

namespace sehlab::fault {

/// The longest instruction that the processor takes (Intel SDM vol. 2, 2.3.11).
inline constexpr std::uint32_t kLongestInstruction = 15;

/// Prefixes in front of an opcode, as far as they matter here.
struct Prefixes {
  bool operand_size = false;  ///< 66
  bool address_size = false;  ///< 67
  bool lock = false;          ///< F0
  std::uint8_t segment = 0;   ///< 26, 2E, 36, 3E, 64 or 65; 0: none. The last one counts.
  bool nothing_else = false;  ///< fifteen prefixes and no opcode
};

class CodeBytes {
 public:
  CodeBytes(emu::GuestAccess& memory, GuestAddr at) : memory_(memory), start_(at), at_(at) {}

  /// The next byte; nullopt behind the longest instruction or where nothing can be read.
  [[nodiscard]] std::optional<std::uint8_t> next() {
    std::uint8_t byte = 0;
    if (taken() == kLongestInstruction || memory_.read_object(at_, byte)) return std::nullopt;
    at_ += 1;
    return byte;
  }
  /// A little-endian number of `bytes` bytes, at most four (0: the number 0), sign-extended to 32
  /// bits.
  [[nodiscard]] std::optional<std::uint32_t> number(std::uint32_t bytes);

  /// Takes the prefixes; the next byte is the opcode.
  [[nodiscard]] Prefixes prefixes();

  [[nodiscard]] std::uint32_t taken() const { return at_ - start_; }
  /// Address behind the bytes taken so far.
  [[nodiscard]] GuestAddr at() const { return at_; }

 private:
  emu::GuestAccess& memory_;
  GuestAddr start_, at_;
};

}  // namespace sehlab::fault
