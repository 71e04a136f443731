// Exceptions and software interrupts other than page faults: vector, EIP and registers.
#include "tests/emu/bench_machine.hpp"

namespace sehlab::emu {
namespace {

constexpr std::uint32_t kTop = (kStackTop - 0x100).value;

}  // namespace

// Intel SDM vol. 3, table 6-1 for the vectors; facts: unicorn.md 3 for what the engine does.
TEST_CASE("An exception of class fault leaves EIP and all registers at its instruction") {
  struct Row {
    std::string name;
    std::vector<std::uint8_t> code;
    std::uint8_t vector;
  };
  const std::vector<Row> rows{
      {"div ecx, by zero", {0xf7, 0xf1}, 0},
      {"idiv ecx, by zero", {0xf7, 0xf9}, 0},
      {"aam 0", {0xd4, 0x00}, 0},
      {"bound eax, [esi], out of range", {0x62, 0x06}, 5},
      {"hlt", {0xf4}, 13},
      {"cli", {0xfa}, 13},
      {"sti", {0xfb}, 13},
      {"rdmsr", {0x0f, 0x32}, 13},
      {"wbinvd", {0x0f, 0x09}, 13},
      {"mov eax, cr0", {0x0f, 0x20, 0xc0}, 13},
      {"mov eax, dr0", {0x0f, 0x21, 0xc0}, 13},
      {"lgdt [esi]", {0x0f, 0x01, 0x16}, 13},
      {"mov ds, ax: no such selector", {0x8e, 0xd8}, 13},
      {"jmp 0xbeef:0", {0xea, 0, 0, 0, 0, 0xef, 0xbe}, 13},
      {"in al, 0x10", {0xe4, 0x10}, 13},
      {"in eax, dx", {0xed}, 13},
      {"out 0x10, al", {0xe6, 0x10}, 13},
      {"out dx, eax", {0xef}, 13},
      {"outsb", {0x6e}, 13},
      {"16 bytes long",
       {0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
        0x90},
       13},
  };
  BenchMachine m;
  m.poke(kData, 5U);  // the bounds of 5 to 6
  m.poke(kData + 4, 6U);
  for (const Row& row : rows) {
    INFO(row.name);
    std::vector<std::uint8_t> code{0x31, 0xc9, 0xeb, 0x00};   // xor ecx, ecx; jmp next
    code.insert(code.end(), {0x3d, 0xff, 0xff, 0xff, 0x7f});  // cmp eax, 0x7fffffff
    const GuestAddr at = kCode + static_cast<std::uint32_t>(code.size());
    code.insert(code.end(), row.code.begin(), row.code.end());
    m.put(kCode, code);
    for (int round = 0; round < 3; ++round) {
      GeneralRegisters start = m.registers();
      start = {.eax = 0x7000beef,
               .ecx = 0,
               .edx = 0x123,
               .ebx = 3,
               .esp = kTop,
               .ebp = 5,
               .esi = kData.value,
               .edi = kData.value,
               .eip = kCode.value,
               .eflags = 0x202,
               .cs = start.cs,
               .ss = start.ss,
               .ds = start.ds,
               .es = start.es,
               .fs = start.fs,
               .gs = start.gs};
      REQUIRE(m->registers().set_general(start));
      const std::uint64_t before = m->retired();
      check_exception(m->run(kPlenty), row.vector, at);
      start.eip = at.value;
      // 0x7000beef - 0x7fffffff: borrow, negative, low nibble f - f, parity of 0xf0 (even).
      start.eflags = 0x202 | 0x85;
      CHECK(m.registers() == start);
      CHECK(m->retired() - before == 3);
    }
  }
}

TEST_CASE("A quotient that does not fit raises #DE") {
  BenchMachine m;
  m.set([](GeneralRegisters& r) {
    r.eax = 0x80000000;
    r.edx = 0xffffffff;
    r.ecx = 0xffffffff;
  });
  check_exception(m.run({0xf7, 0xf9}), 0, kCode);  // idiv ecx
}

// facts: unicorn.md 3: "int 0, int 0d: same number as the fault; only EIP tells".
TEST_CASE("A software interrupt is no exception of the same number") {
  BenchMachine m;
  for (const int number : {0, 1, 3, 4, 5, 6, 8, 13, 14, 0x29, 0x2d, 0x2e, 0x80, 0xff}) {
    const auto vector = static_cast<std::uint8_t>(number);
    CAPTURE(number);
    const std::uint64_t before = m->retired();
    const Fault fault = stopped<Fault>(m.run({0xcd, vector}));
    CHECK(fault.kind == FaultKind::Interrupt);
    CHECK(fault.vector == vector);
    CHECK(fault.eip == kCode);
    CHECK(fault.next_eip == kCode + 2);
    CHECK(m.registers().eip == (kCode + 2).value);
    CHECK(m->retired() == before + 1);  // a trap: the instruction was completed
  }
  Fault fault = stopped<Fault>(m.run({0x90, 0xcc}));  // nop; int3
  CHECK(fault.kind == FaultKind::Interrupt);
  CHECK(fault.vector == 3);
  CHECK(fault.eip == kCode + 1);
  CHECK(fault.next_eip == kCode + 2);
  // mov al, 0x7f; add al, 1 (overflow); into
  fault = stopped<Fault>(m.run({0xb0, 0x7f, 0x04, 0x01, 0xce}));
  CHECK(fault.kind == FaultKind::Interrupt);
  CHECK(fault.vector == 4);
  CHECK(fault.eip == kCode + 4);
  CHECK(fault.next_eip == kCode + 5);
}

// Intel SDM vol. 3, 6.4.4: "INT1 (ICEBP)" raises #DB, a trap.
TEST_CASE("INT1 raises a debug exception behind itself") {
  BenchMachine m;
  const Fault fault = stopped<Fault>(m.run({0xf1}));
  CHECK(fault.kind == FaultKind::Exception);
  CHECK(fault.vector == 1);
  CHECK(fault.eip == kCode);
  CHECK(fault.next_eip == kCode + 1);
  CHECK(m.registers().eip == (kCode + 1).value);
}

// Intel SDM vol. 2, REP: interrupts, and so traps, come between the rounds.
TEST_CASE("A REP instruction under TF traps behind each round and counts once, when it is over") {
  BenchMachine m;
  m.put(kCode, {0xf3, 0xaa, 0x90});  // rep stosb; nop
  m.set([](GeneralRegisters& r) {
    r.eip = kCode.value;
    r.edi = (kData + kDataSize - 2).value;
    r.ecx = 3;
    r.eflags |= kEflagsTf;
  });
  for (std::uint32_t left = 2; left > 0; --left) {
    const Fault round = stopped<Fault>(m->run(kPlenty));
    CHECK(round.vector == 1);
    CHECK((round.trap && round.next_eip == kCode));
    CHECK(m.registers().ecx == left);
    CHECK(m->retired() == 0);
  }
  // The third round faults: time has not gone on, nor back.
  check_page_fault(m->run(kPlenty), Access::Write, kData + kDataSize, kCode);
  CHECK(m->retired() == 0);
  m.map(kData + kDataSize, kPageSize, kReadWrite);
  while (m.registers().eip == kCode.value) CHECK(stopped<Fault>(m->run(kPlenty)).vector == 1);
  CHECK(m.registers().ecx == 0);
  CHECK(m->retired() == 1);
}

TEST_CASE("A trap behind a jump to address 0 is one") {
  BenchMachine m;
  m.put(kCode, {0xff, 0xe0});  // jmp eax
  m.set([](GeneralRegisters& r) {
    r.eip = kCode.value;
    r.eax = 0;
    r.eflags |= kEflagsTf;
  });
  const Fault fault = stopped<Fault>(m->run(kPlenty));
  CHECK(fault.vector == 1);
  CHECK(fault.eip == kCode);
  CHECK((fault.trap && fault.next_eip == GuestAddr{0}));
  CHECK((m->registers().debug().dr6 & kDr6SingleStep) != 0);
}

// Intel SDM vol. 3, 17.3.1.4: a trap after the instruction that began with TF set.
TEST_CASE("TF traps after the next instruction and stays set") {
  BenchMachine m;
  // pushfd; or dword [esp], 0x100; popfd; inc eax; inc eax
  m.put(kCode, {0x9c, 0x81, 0x0c, 0x24, 0x00, 0x01, 0x00, 0x00, 0x9d, 0x40, 0x40});
  m.go_to(kCode);
  Fault fault = stopped<Fault>(m->run(kPlenty));
  CHECK(fault.kind == FaultKind::Exception);
  CHECK(fault.vector == 1);
  CHECK(fault.eip == kCode + 9);
  CHECK(fault.next_eip == kCode + 10);
  CHECK(m.registers().eax == 1);
  CHECK((m.registers().eflags & kEflagsTf) != 0);
  CHECK(m->retired() == 4);
  fault = stopped<Fault>(m->run(kPlenty));
  CHECK(fault.eip == kCode + 10);
  CHECK(m.registers().eax == 2);
  // A faulting instruction under TF reports the fault only; INT3 reports the breakpoint.
  m.put(kCode, {0xf7, 0xf1, 0xcc});  // div ecx; int3
  m.set([](GeneralRegisters& r) {
    r.ecx = 0;
    r.eip = kCode.value;
    r.eflags = 0x302;
  });
  check_exception(m->run(kPlenty), 0, kCode);
  m.set([](GeneralRegisters& r) { r.eip = kCode.value + 2; });
  CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
}

TEST_CASE("An INT 1 under TF is a software interrupt, not a single step") {
  BenchMachine m;
  m.put(kCode, {0xcd, 0x01});
  m.set([](GeneralRegisters& r) {
    r.eip = kCode.value;
    r.eflags = 0x302;
  });
  CHECK(stopped<Fault>(m->run(kPlenty)).kind == FaultKind::Interrupt);
}

// Intel SDM vol. 1, 8.7: with CR0.NE the error is reported by #MF at the next waiting
// instruction.
TEST_CASE("An unmasked x87 error raises #MF at the next waiting instruction") {
  BenchMachine m;
  m.poke(kData, std::uint16_t{0x27b});  // division by zero unmasked
  // fldcw [500000]; fld1; fldz; fdivp; nop; fwait
  const Stop stop =
      m.run({0xd9, 0x2d, 0x00, 0x00, 0x50, 0x00, 0xd9, 0xe8, 0xd9, 0xee, 0xde, 0xf9, 0x90, 0x9b});
  check_exception(stop, 16, kCode + 13);
  CHECK(m->retired() == 5);
}

// facts: unicorn.md 3.1: without the remedy the second one is a double fault and the third one
// is not seen at all.
TEST_CASE("Every one of many contributory exceptions in a row is seen") {
  BenchMachine m;
  REQUIRE(m->traits().double_fault_fix);
  m.put(kCode, {0x31, 0xc9, 0xf7, 0xf1});  // xor ecx, ecx; div ecx
  m.put(kCode + 0x10, {0xfa});             // cli
  m.put(kCode + 0x20, {0x8e, 0xd8});       // mov ds, ax
  for (int i = 0; i < 10; ++i) {
    CAPTURE(i);
    m.go_to(kCode);
    check_exception(m->run(kPlenty), 0, kCode + 2);
    m.go_to(kCode + 0x10);
    check_exception(m->run(kPlenty), 13, kCode + 0x10);
    m.set([](GeneralRegisters& r) {
      r.eax = 0xbee8;
      r.eip = kCode.value + 0x20;
    });
    check_exception(m->run(kPlenty), 13, kCode + 0x20);
  }
}

TEST_CASE("The processor state survives a contributory exception bit for bit") {
  BenchMachine m;
  // fld1; fldpi; movups xmm3, [edi]; std; div ecx
  m.put(kCode, {0xd9, 0xe8, 0xd9, 0xeb, 0x0f, 0x10, 0x1f, 0xfd, 0xf7, 0xf1});
  m.poke(kData, 0x0123456789abcdefULL);
  m.set([](GeneralRegisters& r) {
    r.edi = kData.value;
    r.eip = kCode.value;
  });
  REQUIRE(std::holds_alternative<BudgetSpent>(m->run(4)));
  const FxState fx = m->registers().fx();
  const GeneralRegisters general = m.registers();
  check_exception(m->run(kPlenty), 0, kCode + 8);
  CHECK(m->registers().fx() == fx);
  CHECK(m.registers() == general);
}

// facts: unicorn.md 3: the engine offers a callback only; a machine without a kernel behind
// SYSENTER has nothing to do there.
TEST_CASE("System calls are named as not modelled") {
  BenchMachine m;
  Unmodelled what = stopped<Unmodelled>(m.run({0x90, 0x0f, 0x34}));
  CHECK(what.what == "sysenter");
  CHECK(what.eip == kCode + 1);
  CHECK(m.registers().eip == (kCode + 1).value);
}

TEST_CASE("A repeated OUTS changes no register") {
  BenchMachine m;
  m.set([](GeneralRegisters& r) {
    r.ecx = 3;
    r.esi = kData.value;
  });
  check_exception(m.run({0xf3, 0x6f}), 13, kCode);  // rep outsd
  CHECK(m.registers().ecx == 3);
  CHECK(m.registers().esi == kData.value);
  CHECK(m->retired() == 0);
}

TEST_CASE("INS writes nothing: the permission of its port is looked at before its operand") {
  BenchMachine m;
  m.poke(kData, 0x12345678U);
  m.set([](GeneralRegisters& r) { r.edi = kData.value; });
  check_exception(m.run({0x6d}), 13, kCode);
  CHECK(m.peek(kData) == 0x12345678);
  m.set([](GeneralRegisters& r) { r.edi = 0x10000; });
  check_exception(m.run({0x6d}), 13, kCode);
}

TEST_CASE("RDTSC reads the count of retired instructions") {
  BenchMachine m;
  // nop; nop; rdtsc; mov ecx, eax; rdtsc; int3
  const Stop stop = m.run({0x90, 0x90, 0x0f, 0x31, 0x89, 0xc1, 0x0f, 0x31, 0xcc});
  CHECK(stopped<Fault>(stop).vector == 3);
  const GeneralRegisters r = m.registers();
  CHECK(r.ecx == 2);
  CHECK(r.eax == 4);
  CHECK(r.edx == 0);
  CHECK(m->retired() == 6);
}

}  // namespace sehlab::emu
