// The count of retired instructions, which is the lab's time, and the budget.
#include <vector>

#include "tests/emu/bench_machine.hpp"

namespace sehlab::emu {

TEST_CASE("A repeated string instruction counts once, whatever its count register says") {
  BenchMachine m;
  for (const std::uint32_t count : {0U, 1U, 2U, 10U, 500U}) {
    CAPTURE(count);
    m.set([&](GeneralRegisters& r) {
      r.ecx = count;
      r.edi = kData.value;
    });
    const std::uint64_t before = m->retired();
    const Stop stop = m.run({0x90, 0xf3, 0xaa, 0x40, 0xcc});  // nop; rep stosb; inc eax; int3
    CHECK(stopped<Fault>(stop).vector == 3);
    CHECK(m->retired() - before == 4);
    CHECK(m.registers().edi == kData.value + count);
  }
}

TEST_CASE("A jump to itself counts each time") {
  BenchMachine m;
  stopped<BudgetSpent>(m.run({0xeb, 0xfe}, kCode, 1000));  // jmp $
  CHECK(m->retired() == 1000);
  CHECK(m.registers().eip == kCode.value);
  m.set([](GeneralRegisters& r) { r.ecx = 77; });
  CHECK(stopped<Fault>(m.run({0xe2, 0xfe, 0xcc})).vector == 3);  // loop $; int3
  CHECK(m->retired() == 1000 + 77 + 1);
}

TEST_CASE("A return to itself counts each time") {
  BenchMachine m;
  const std::uint32_t esp = m.registers().esp - 12;
  for (std::uint32_t i = 0; i < 3; ++i) m.poke(GuestAddr{esp + 4 * i}, kCode.value + (i == 2));
  m.set([&](GeneralRegisters& r) { r.esp = esp; });
  CHECK(stopped<Fault>(m.run({0xc3, 0xcc})).vector == 3);  // ret; int3
  CHECK(m->retired() == 4);
}

TEST_CASE("A budget is exact, and running on counts nothing twice") {
  // mov ecx, 10; top: rep stosb of 3 by ebx; dec ecx; jnz top; int3, with gates and a fault
  const std::vector<std::uint8_t> code{
      0xbb, 0x03, 0x00, 0x00, 0x00,  // mov ebx, 3
      0xba, 0x05, 0x00, 0x00, 0x00,  // mov edx, 5
      0x89, 0xd9,                    // top: mov ecx, ebx
      0xbf, 0x00, 0x00, 0x50, 0x00,  // mov edi, 500000
      0xf3, 0xaa,                    // rep stosb
      0x4a,                          // dec edx
      0x75, 0xf4,                    // jnz top
      0xcc,                          // int3
  };
  constexpr std::uint64_t kTotal = 2 + 5 * 5 + 1;  // arithmetic over the listing
  BenchMachine whole, steps, threes;
  CHECK(stopped<Fault>(whole.run(code)).vector == 3);
  CHECK(whole->retired() == kTotal);
  for (const auto& each : {std::pair{&steps, 1U}, std::pair{&threes, 3U}}) {
    auto* const m = each.first;
    const unsigned step = each.second;
    CAPTURE(step);
    m->put(kCode, code);
    m->go_to(kCode);
    std::uint64_t runs = 0;
    for (;; ++runs) {
      REQUIRE(runs < kTotal + 2);
      const Stop stop = (*m)->run(step);
      if (std::holds_alternative<Fault>(stop)) break;
      stopped<BudgetSpent>(stop);
      CHECK((*m)->retired() == (runs + 1) * step);
    }
    CHECK((*m)->retired() == kTotal);
    CHECK(m->registers() == whole.registers());
  }
}

TEST_CASE("A budget of nothing executes nothing") {
  BenchMachine m;
  stopped<BudgetSpent>(m.run({0x40, 0xcc}, kCode, 0));
  stopped<BudgetSpent>(m->run(0));
  CHECK(m->retired() == 0);
  CHECK(m.registers().eax == 0);
  CHECK(m.registers().eip == kCode.value);
}

TEST_CASE("A budget beyond all counting does not wrap round") {
  BenchMachine m;
  m.put(kCode, {0x40, 0xcc});
  m.go_to(kCode);
  CHECK(stopped<Fault>(m->run(UINT64_MAX)).vector == 3);
  m.go_to(kCode);
  CHECK(stopped<Fault>(m->run(UINT64_MAX)).vector == 3);
  CHECK(m->retired() == 4);
}

// A store into the block that executes it makes the engine execute it twice; it is one
// instruction all the same, and so is what it changed.
TEST_CASE("A store that changes its own block counts once") {
  BenchMachine m(kReadWriteExecute);
  // mov byte [400007], 0x41 (inc ecx for inc eax); inc eax (changed); int3
  for (std::uint32_t round = 1; round <= 3; ++round) {
    const std::uint64_t before = m->retired();
    m.set([](GeneralRegisters& r) { r.eax = r.ecx = 0; });
    CHECK(stopped<Fault>(m.run({0xc6, 0x05, 0x07, 0x00, 0x40, 0x00, 0x41, 0x40, 0xcc})).vector ==
          3);
    CHECK(m->retired() - before == 3);
    CHECK(m.registers().eax == 0);
    CHECK(m.registers().ecx == 1);
  }
}

TEST_CASE("The last instruction is the one begun last") {
  BenchMachine m;
  CHECK(stopped<Fault>(m.run({0x40, 0x40, 0xf7, 0xf7})).vector == 0);  // inc eax twice; div edi
  CHECK(m->last_eip() == kCode + 2);
  m.go_to(kCode);
  stopped<BudgetSpent>(m->run(1));
  CHECK(m->last_eip() == kCode);
}

TEST_CASE("Two machines from the same start end alike, and do not disturb each other") {
  // mov ecx, 100; top: imul eax, eax, 1664525; add eax, 12345; push eax; pop ebx;
  // mov [500000+ecx*4], ebx; loop top; int3
  const std::vector<std::uint8_t> code{0xb9, 100,  0,    0,    0, 0x69, 0xc0, 0x0d, 0x66, 0x19,
                                       0x00, 0x05, 0x39, 0x30, 0, 0,    0x50, 0x5b, 0x89, 0x1c,
                                       0x8d, 0,    0,    0x50, 0, 0xe2, 0xea, 0xcc};
  BenchMachine a, b;
  a.put(kCode, code);
  b.put(kCode, code);
  a.go_to(kCode);
  b.go_to(kCode);
  // In turns of different lengths.
  Stop stop_a = a->run(7), stop_b = b->run(1);
  while (std::holds_alternative<BudgetSpent>(stop_a)) {
    stop_a = a->run(11);
    stop_b = b->run(5);
  }
  while (std::holds_alternative<BudgetSpent>(stop_b)) stop_b = b->run(13);
  CHECK(stopped<Fault>(stop_a).vector == 3);
  CHECK(stopped<Fault>(stop_b).vector == 3);
  CHECK(a->retired() == b->retired());
  CHECK(a.registers() == b.registers());
  for (std::uint32_t i = 1; i <= 100; ++i) CHECK(a.peek(kData + 4 * i) == b.peek(kData + 4 * i));
}

}  // namespace sehlab::emu
