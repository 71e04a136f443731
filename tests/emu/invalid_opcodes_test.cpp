// Invalid opcodes, and what the engine cannot translate though a processor could execute it.
#include "tests/emu/bench_machine.hpp"

namespace sehlab::emu {

TEST_CASE("An invalid opcode is reported at its address") {
  BenchMachine m;
  for (const std::vector<std::uint8_t>& bytes :
       {std::vector<std::uint8_t>{0x0f, 0x0b},
        {0xff, 0xff},
        {0xf0, 0x90},
        {0x0f, 0x01, 0xc1},
        {0x8e, 0xc8}}) {                   // ud2; group 5 /7; lock nop; vmcall; mov cs, ax
    std::vector<std::uint8_t> code{0x40};  // inc eax
    code.insert(code.end(), bytes.begin(), bytes.end());
    for (int round = 0; round < 3; ++round) {
      const std::uint64_t before = m->retired();
      const Fault fault = stopped<Fault>(m.run(code));
      CHECK(fault.kind == FaultKind::InvalidOpcode);
      CHECK(fault.vector == 6);
      CHECK(fault.eip == kCode + 1);
      CHECK(m.registers().eip == (kCode + 1).value);
      CHECK(m->retired() == before + 1);
    }
  }
}

// Intel SDM vol. 2: LOCK before an instruction that it does not go with, and a far CALL or JMP
// by a register, raise #UD. The engine aborts on some of them (on LOCK CMP at the start of
// a block only; elsewhere it takes it for CMP) and executes the others.
TEST_CASE(
    "LOCK where it does not belong and far transfers by register are invalid opcodes, after what "
    "comes before it") {
  BenchMachine m;
  for (const std::vector<std::uint8_t>& bytes : {std::vector<std::uint8_t>{0xff, 0xed},
                                                 {0xff, 0xd8},
                                                 {0xf0, 0x39, 0x06},
                                                 {0xf0, 0x83, 0x3e, 0x01},
                                                 {0xf0, 0xa7},
                                                 {0xf0, 0x89, 0xc0},  // lock mov eax, eax
                                                 {0xf0, 0x8b, 0x06},  // lock mov eax, [esi]
                                                 {0xf0, 0x01, 0xc0},  // lock add eax, eax
                                                 {0xf0, 0xc1, 0x26, 0x01}}) {  // lock shl [esi], 1
    std::vector<std::uint8_t> code{0x40, 0xeb, 0x00};                          // inc eax; jmp next
    code.insert(code.end(), bytes.begin(), bytes.end());
    for (int round = 0; round < 3; ++round) {
      const std::uint64_t before = m->retired();
      m.set([](GeneralRegisters& r) {
        r.eax = 0;
        r.esi = r.edi = kData.value;
      });
      const Fault fault = stopped<Fault>(m.run(code));
      CHECK(fault.kind == FaultKind::InvalidOpcode);
      CHECK(fault.eip == kCode + 3);
      const GeneralRegisters r = m.registers();
      CHECK(r.eip == (kCode + 3).value);
      CHECK(r.eax == 1);
      CHECK((r.eflags & kEflagsTf) == 0);
      CHECK(m->retired() - before == 2);
    }
  }
}

TEST_CASE("Far transfers by register are invalid wherever in a block they are") {
  BenchMachine m;
  for (const std::uint8_t modrm : {std::uint8_t{0xd8}, std::uint8_t{0xdd}, std::uint8_t{0xed}}) {
    const std::uint32_t esp = m.registers().esp;
    // push ebp; mov ebp, esp
    const Fault fault = stopped<Fault>(m.run({0x55, 0x89, 0xe5, 0xff, modrm}));
    CHECK(fault.kind == FaultKind::InvalidOpcode);
    CHECK(fault.eip == kCode + 3);
    CHECK(m.registers().esp == esp - 4);
  }
}

TEST_CASE("Any number of instructions that the engine cannot translate leave the machine whole") {
  BenchMachine m;
  m->set_fs_base(kData);
  m.poke(kData + 0x18, 0x77U);
  const auto saved = m->save_cpu();
  for (int i = 0; i < 100; ++i) {
    const std::uint32_t eax = m.registers().eax;
    CHECK(stopped<Fault>(m.run({0x40, 0xff, 0xed})).kind == FaultKind::InvalidOpcode);
    CHECK(m.registers().eax == eax + 1);
  }
  m->restore_cpu(*saved);
  CHECK(m.registers().eax == 0);
  // mov eax, fs:[18]; push eax; pop ecx; xor edx, edx; div edx
  for (int i = 0; i < 3; ++i) {
    check_exception(m.run({0x64, 0xa1, 0x18, 0, 0, 0, 0x50, 0x59, 0x31, 0xd2, 0xf7, 0xf2}), 0,
                    kCode + 10);
    CHECK(m.registers().ecx == 0x77);
  }
}

TEST_CASE("A budget and a breakpoint hold before what the engine cannot translate") {
  BenchMachine m;
  stopped<BudgetSpent>(m.run({0x40, 0xff, 0xed}, kCode, 1));  // inc eax; jmp far by ebp
  m->set_breakpoints(std::vector{kCode + 1});
  CHECK(stopped<BreakpointHit>(m->run(kPlenty)).address == kCode + 1);
  CHECK(stopped<Fault>(m->run(kPlenty)).kind == FaultKind::InvalidOpcode);
  CHECK(m->retired() == 1);
}

}  // namespace sehlab::emu
