// CPUID: which processor the guest is told it runs on. Ours, not the engine's: that one's answer
// leaves out what it executes (MMX, RDTSC) and differs between its versions.
#pragma once

#include <cstdint>

namespace sehlab::emu {

struct CpuidAnswer {
  std::uint32_t eax = 0, ebx = 0, ecx = 0, edx = 0;
  bool operator==(const CpuidAnswer&) const = default;
};

/// A 32-bit processor with all that the machine models of what compilers and runtimes ask for: x87,
/// RDTSC, CMPXCHG8B, SYSENTER, CMOV, CLFLUSH, MMX, FXSAVE, SSE and SSE2. A leaf above the highest
/// one of its kind is answered with zeros.
[[nodiscard]] CpuidAnswer cpuid(std::uint32_t leaf);

}  // namespace sehlab::emu
