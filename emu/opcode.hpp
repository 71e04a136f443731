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
  bool repeated = false;   ///< F2 or F3 among the prefixes
  std::size_t length = 0;  ///< prefixes and opcode; 0 when the bytes end before the opcode
  std::uint8_t modrm = 0;  ///< the byte after it, 0 when there is none
};

[[nodiscard]] Opcode opcode_of(std::span<const std::byte> code);

/// JMP, Jcc, LOOP, CALL, RET, IRET: an instruction that can be followed by itself.
[[nodiscard]] bool transfers_control(const Opcode& opcode);
/// INS or OUTS.
[[nodiscard]] bool is_string_port_access(const Opcode& opcode);
/// A segment load, far transfer or LAR/LSL/VERR/VERW: the processor reads a descriptor.
[[nodiscard]] bool reads_descriptors(const Opcode& opcode);
/// CD nn.
[[nodiscard]] bool is_int_n(const Opcode& opcode);
[[nodiscard]] bool is_rdtsc(const Opcode& opcode);
[[nodiscard]] bool is_icebp(const Opcode& opcode);

}  // namespace sehlab::emu
