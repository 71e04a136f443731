// A thread's processor state put away and brought back.
#include "tests/emu/bench_machine.hpp"

namespace sehlab::emu {

TEST_CASE("Two threads take turns without seeing each other's registers or TEB") {
  BenchMachine m;
  m.poke(kData + 0x18, 1U);
  m.poke(kData + 0x1018, 2U);
  // top: add eax, fs:[18]; fild dword fs:[18]; faddp st(1); inc ecx; jmp top
  m.put(kCode, {0x64, 0x03, 0x05, 0x18, 0, 0, 0, 0x64, 0xdb, 0x05, 0x18, 0, 0, 0, 0xde, 0xc1, 0x41,
                0xeb, 0xed});
  m.set([](GeneralRegisters& r) { r.eip = kCode.value; });
  stopped<BudgetSpent>(m->run(0));
  FxState one_value = m->registers().fx();
  one_value.image[4] = std::byte{0x80};  // one register in use: TOP 7
  one_value.image[3] = std::byte{0x38};
  m->registers().set_fx(one_value);
  m->set_fs_base(kData);
  auto first = m->save_cpu();
  m->set_fs_base(kData + 0x1000);
  auto second = m->save_cpu();
  for (int turn = 0; turn < 4; ++turn) {
    m->restore_cpu(*first);
    CHECK(m->registers().fs_base() == kData);
    m->set_fs_base(kData);
    stopped<BudgetSpent>(m->run(50));
    m->save_cpu_into(*first);
    m->restore_cpu(*second);
    CHECK(m->registers().fs_base() == kData + 0x1000);
    m->set_fs_base(kData + 0x1000);
    stopped<BudgetSpent>(m->run(25));
    m->save_cpu_into(*second);
  }
  m->restore_cpu(*first);
  CHECK(m.registers().ecx == 40);  // 4 * 50 instructions, 5 a round
  CHECK(m.registers().eax == 40);
  CHECK(m->registers().fx().image[4] == std::byte{0x80});
  m->restore_cpu(*second);
  CHECK(m.registers().ecx == 20);
  CHECK(m.registers().eax == 40);  // 20 rounds of 2
  CHECK(m->retired() == 4 * 75);
}

TEST_CASE("A restored state loads FS from its own TEB again") {
  BenchMachine m;
  m.poke(kData + 0x18, 1U);
  m.poke(kData + 0x1018, 2U);
  m->set_fs_base(kData);
  const auto saved = m->save_cpu();
  m->set_fs_base(kData + 0x1000);
  m->restore_cpu(*saved);
  // mov eax, fs; mov fs, eax; mov eax, fs:[18]; int3
  CHECK(stopped<Fault>(m.run({0x8c, 0xe0, 0x8e, 0xe0, 0x64, 0xa1, 0x18, 0, 0, 0, 0xcc})).vector ==
        3);
  CHECK(m.registers().eax == 1);
}

TEST_CASE("The same state and memory run the same way again") {
  BenchMachine m;
  // top: imul eax, eax, 1664525; add eax, 12345; push eax; pop ebx; xor edx, ebx; loop top; int3
  m.put(kCode, {0x69, 0xc0, 0x0d, 0x66, 0x19, 0x00, 0x05, 0x39, 0x30, 0, 0, 0x50, 0x5b, 0x31, 0xda,
                0xe2, 0xef, 0xcc});
  m.set([](GeneralRegisters& r) {
    r.eip = kCode.value;
    r.ecx = 1000;
  });
  const auto start = m->save_cpu();
  CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
  const GeneralRegisters once = m.registers();
  const std::uint64_t count = m->retired();
  m->restore_cpu(*start);
  CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
  CHECK(m.registers() == once);
  CHECK(m->retired() == 2 * count);
}

TEST_CASE("A state put away at a reported breakpoint comes back behind the report") {
  BenchMachine m;
  m->set_breakpoints(std::vector{kCode});
  stopped<BreakpointHit>(m.run({0x40, 0xcc}));
  const auto saved = m->save_cpu();
  m.go_to(kCode + 1);
  CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
  m->restore_cpu(*saved);
  CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
  CHECK(m.registers().eax == 1);
}

}  // namespace sehlab::emu
