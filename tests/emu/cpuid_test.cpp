// CPUID: Intel SDM vol. 2, CPUID (tables 3-8 and 3-11).
#include "emu/cpuid.hpp"

#include "tests/emu/bench_machine.hpp"

namespace sehlab::emu {

TEST_CASE("CPUID tells the guest of the lab's processor, and nothing of the engine's") {
  BenchMachine m;
  // mov eax, 1; cpuid; ud2
  const Stop stop = m.run({0xb8, 1, 0, 0, 0, 0x0f, 0xa2, 0x0f, 0x0b});
  CHECK(std::holds_alternative<Fault>(stop));
  const GeneralRegisters r = m.registers();
  CHECK(CpuidAnswer{r.eax, r.ebx, r.ecx, r.edx} == cpuid(1));
  CHECK(m->retired() == 2);
}

TEST_CASE("MMX, RDTSC, CMPXCHG8B, CMOV and SSE2 are there, SSE3 and AVX are not") {
  constexpr std::uint32_t kThere = 1u << 23 | 1u << 4 | 1u << 8 | 1u << 15 | 1u << 26;
  constexpr std::uint32_t kSse3 = 1u << 0, kAvx = 1u << 28;
  CHECK((cpuid(1).edx & kThere) == kThere);
  CHECK((cpuid(1).ecx & (kSse3 | kAvx)) == 0);
}

TEST_CASE("a leaf above the highest is all zeros") {
  const std::uint32_t highest = cpuid(0).eax, extended = cpuid(0x80000000).eax;
  CHECK(cpuid(highest) != CpuidAnswer{});
  CHECK(cpuid(highest + 1) == CpuidAnswer{});
  CHECK(cpuid(extended + 1) == CpuidAnswer{});
}

}  // namespace sehlab::emu
