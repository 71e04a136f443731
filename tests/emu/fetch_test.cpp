// Where code ends: the engine translates a block at a time and meets the end of memory before
// the instructions that come first.
#include "tests/emu/bench_machine.hpp"

namespace sehlab::emu {
namespace {

constexpr GuestAddr kEnd = kCode + kCodeSize;

}  // namespace

TEST_CASE("Instructions before the end of executable memory run before the fault") {
  BenchMachine m;
  for (const bool present : {false, true}) {  // nothing behind it, or a page without execution
    CAPTURE(present);
    if (present) m.map(kEnd, kPageSize, kReadWrite);
    for (int round = 0; round < 3; ++round) {
      m.set([](GeneralRegisters& r) { r.eax = 0; });
      const std::uint64_t before = m->retired();
      const Stop stop = m.run({0x40, 0x40, 0x40}, kEnd - 3);  // inc eax, three times
      check_page_fault(stop, Access::Execute, kEnd, kEnd);
      CHECK(m.registers().eax == 3);
      CHECK(m.registers().eip == kEnd.value);
      CHECK(m->retired() - before == 3);
    }
  }
}

TEST_CASE("An instruction that runs into the end faults at the first byte it cannot fetch") {
  BenchMachine m;
  for (int round = 0; round < 3; ++round) {
    m.set([](GeneralRegisters& r) { r.eax = 0; });
    // inc eax, twice; the first three bytes of mov dword [imm32], imm32
    const Stop stop = m.run({0x40, 0x40, 0xc7, 0x05, 0x00}, kEnd - 5);
    check_page_fault(stop, Access::Execute, kEnd, kEnd - 3);
    CHECK(m.registers().eax == 2);
    CHECK(m.registers().eip == (kEnd - 3).value);
  }
  // The first byte of UD2: another second byte would make it an instruction.
  check_page_fault(m.run({0x40, 0x0f}, kEnd - 2), Access::Execute, kEnd, kEnd - 1);
  // A whole UD2 needs nothing more.
  CHECK(stopped<Fault>(m.run({0x40, 0x0f, 0x0b}, kEnd - 3)).kind == FaultKind::InvalidOpcode);
}

TEST_CASE("A fault before the end of executable memory comes first") {
  BenchMachine m;
  m.set([](GeneralRegisters& r) { r.ebx = 0x10000; });
  // inc eax; mov eax, [ebx]; inc eax
  check_page_fault(m.run({0x40, 0x8b, 0x03, 0x40}, kEnd - 4), Access::Read, GuestAddr{0x10000},
                   kEnd - 3);
  // The end itself, read as data: mov eax, [imm32]; nop
  const auto low = static_cast<std::uint8_t>(kEnd.value >> 8);
  check_page_fault(m.run({0xa1, 0, low, 0x40, 0, 0x90}, kEnd - 6), Access::Read, kEnd, kEnd - 6);
}

TEST_CASE("A jump away from the end of executable memory meets no fault") {
  BenchMachine m;
  m.put(kCode, {0xcc});
  // jz -3 to itself is not taken; jmp back to the start of the pages; filler
  const std::uint32_t distance = kCode - (kEnd - 2);
  std::vector<std::uint8_t> code{0x40, 0xe9};
  for (int i = 0; i < 4; ++i) code.push_back(static_cast<std::uint8_t>(distance >> 8 * i));
  code.insert(code.end(), {0x90, 0x90});
  CHECK(stopped<Fault>(m.run(code, kEnd - 8)).vector == 3);
  m.set([](GeneralRegisters& r) { r.ecx = 100; });
  // top: inc eax; loop top; nop (the loop's block reaches the end)
  check_page_fault(m.run({0x40, 0xe2, 0xfd, 0x90}, kEnd - 4), Access::Execute, kEnd, kEnd);
  CHECK(m.registers().ecx == 0);
}

TEST_CASE("Conditions and budgets hold up to the end of executable memory") {
  BenchMachine m;
  stopped<BudgetSpent>(m.run({0x40, 0x40, 0x40}, kEnd - 3, 2));
  CHECK(m.registers().eip == (kEnd - 1).value);
  CHECK(m->retired() == 2);
  m->set_breakpoints(std::vector{kEnd - 1});
  stopped<BreakpointHit>(m->run(kPlenty));
  check_page_fault(m->run(kPlenty), Access::Execute, kEnd, kEnd);
  CHECK(m->retired() == 3);
}

// Reaching the end is done by single steps of which the guest must not see anything.
TEST_CASE("The flags near the end of executable memory are the guest's own") {
  BenchMachine m;
  // pushfd; pop eax; nop
  check_page_fault(m.run({0x9c, 0x58, 0x90}, kEnd - 3), Access::Execute, kEnd, kEnd);
  CHECK(m.registers().eax == 0x202);
  CHECK(m.registers().eflags == 0x202);
  // push 0x302; popfd; inc eax; inc eax: TF takes effect after the first INC.
  const Fault fault = stopped<Fault>(m.run({0x68, 0x02, 0x03, 0, 0, 0x9d, 0x40, 0x40}, kEnd - 8));
  CHECK(fault.kind == FaultKind::Exception);
  CHECK(fault.vector == 1);
  CHECK(fault.eip == kEnd - 2);
  CHECK((m.registers().eflags & kEflagsTf) != 0);
  m.set([](GeneralRegisters& r) { r.eflags = 0x202; });
  const std::uint64_t before = m->retired();
  m.set([](GeneralRegisters& r) {
    r.ecx = 5;
    r.edi = kData.value;
  });
  check_page_fault(m.run({0xf3, 0xaa}, kEnd - 2), Access::Execute, kEnd, kEnd);  // rep stosb
  CHECK(m->retired() - before == 1);
  CHECK(m.registers().edi == kData.value + 5);
  CHECK(m.registers().eflags == 0x202);
  // int 2b at a gate; div by zero
  m->set_gates(std::vector{kEnd - 3});
  stopped<GateHit>(m.run({0xcd, 0x2b, 0x90}, kEnd - 3));
  CHECK(m.registers().eflags == 0x202);
  CHECK(stopped<Fault>(m.run({0xf7, 0xf1, 0x90}, kEnd - 3)).vector == 0);
  CHECK((m.registers().eflags & kEflagsTf) == 0);
}

TEST_CASE("The page at the end is as before once the fault was reported") {
  BenchMachine m;
  m.map(kEnd, kPageSize, kReadOnly);
  m.poke(kEnd, std::uint8_t{0x40});
  check_page_fault(m.run({0x90}, kEnd - 1), Access::Execute, kEnd, kEnd);
  m.set([](GeneralRegisters& r) { r.ebx = kEnd.value; });
  check_page_fault(m.run({0xff, 0xe3}), Access::Execute, kEnd, kEnd);  // jmp ebx
  check_page_fault(m.run({0x89, 0x03}), Access::Write, kEnd, kCode);   // mov [ebx], eax
  REQUIRE(m.memory().protect(kEnd, kPageSize, kReadExecute).has_value());
  m.poke(kEnd + 1, std::uint8_t{0xcc});
  CHECK(stopped<Fault>(m.run({0x90}, kEnd - 1)).vector == 3);
  CHECK(m.registers().eax == 1);
}

}  // namespace sehlab::emu
