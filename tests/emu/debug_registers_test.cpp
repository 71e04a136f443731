// Breakpoints of the debug registers: Intel SDM vol. 3, 17.2 and 17.3.1; facts 2.1, row 1.
#include "tests/emu/bench_machine.hpp"

namespace sehlab::emu {
namespace {

constexpr std::uint32_t kLocal0 = 1, kLocal1 = 4, kPorts0 = 2U << 16;

void set_debug(BenchMachine& m, std::uint32_t dr7, GuestAddr dr0, GuestAddr dr1 = {}) {
  DebugRegisters debug;
  debug.address = {dr0.value, dr1.value, 0, 0};
  debug.dr7 = dr7;
  m->registers().set_debug(debug);
}

void check_debug(const Stop& stop, GuestAddr at) {
  const Fault fault = stopped<Fault>(stop);
  CHECK(fault.kind == FaultKind::Exception);
  CHECK(fault.vector == 1);
  CHECK(fault.eip == at);
  CHECK(fault.next_eip == GuestAddr{});  // a fault: nothing was executed
}

// inc ecx; inc ecx; inc ecx; int3
const std::vector<std::uint8_t> kThree{0x41, 0x41, 0x41, 0xcc};

}  // namespace

TEST_CASE("Execution at an enabled address raises #DB before the instruction, and DR6 says which") {
  BenchMachine m;
  m.set([](GeneralRegisters& r) { r.ecx = 0; });
  set_debug(m, kLocal0 | kLocal1, kCode + 1, kCode + 2);
  const std::uint64_t before = m->retired();
  check_debug(m.run(kThree), kCode + 1);
  CHECK(m.registers().ecx == 1);
  CHECK(m.registers().eip == (kCode + 1).value);
  CHECK(m->retired() - before == 1);
  CHECK((m->registers().debug().dr6 & kDr6Breakpoints) == 1);
  // Run on without RF it is met again; with RF the next one is.
  check_debug(m->run(kPlenty), kCode + 1);
  m.set([](GeneralRegisters& r) { r.eflags |= kEflagsRf; });
  check_debug(m->run(kPlenty), kCode + 2);
  CHECK(m.registers().ecx == 2);
  CHECK((m->registers().debug().dr6 & kDr6Breakpoints) == 2);
  m.set([](GeneralRegisters& r) { r.eflags |= kEflagsRf; });
  CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
  CHECK(m.registers().ecx == 3);
  CHECK((m.registers().eflags & kEflagsRf) == 0);
}

TEST_CASE("RF holds for one instruction: the same address is met in the next round of a loop") {
  BenchMachine m;
  set_debug(m, kLocal0, kCode);
  m.set([](GeneralRegisters& r) {
    r.ecx = 0;
    r.eflags |= kEflagsRf;
  });
  m.put(kCode, {0x41, 0xeb, 0xfd});  // inc ecx; jmp back
  m.set([](GeneralRegisters& r) {
    r.eip = kCode.value;
    r.eflags |= kEflagsRf;
  });
  check_debug(m->run(kPlenty), kCode);
  CHECK(m.registers().ecx == 1);
}

TEST_CASE("An address that is not enabled is nothing") {
  BenchMachine m;
  set_debug(m, kLocal1, kCode + 1, kData);
  CHECK(stopped<Fault>(m.run(kThree)).vector == 3);
  set_debug(m, 0, kCode + 1);
  CHECK(stopped<Fault>(m.run(kThree)).vector == 3);
}

TEST_CASE("Single step sets BS in DR6 and no breakpoint") {
  BenchMachine m;
  m.set([](GeneralRegisters& r) { r.eflags |= kEflagsTf; });
  const Fault fault = stopped<Fault>(m.run(kThree));
  CHECK(fault.vector == 1);
  CHECK(fault.next_eip == kCode + 1);
  CHECK((m->registers().debug().dr6 & (kDr6SingleStep | kDr6Breakpoints)) == kDr6SingleStep);
}

TEST_CASE("Each thread has debug registers of its own, and RF that it has not used yet") {
  BenchMachine m;
  m.put(kCode, kThree);
  m.go_to(kCode);
  const auto other = m->save_cpu();
  set_debug(m, kLocal0, kCode);
  m.set([](GeneralRegisters& r) { r.eflags |= kEflagsRf; });
  const auto watched = m->save_cpu();
  m->restore_cpu(*other);
  CHECK(m->registers().debug() == DebugRegisters{});
  CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
  m->restore_cpu(*watched);
  CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
  m.go_to(kCode);
  check_debug(m->run(kPlenty), kCode);
}

TEST_CASE("Breakpoints on ports are named as not modelled") {
  BenchMachine m;
  set_debug(m, kLocal0 | kPorts0, kData);
  m.put(kCode, kThree);
  m.go_to(kCode);
  CHECK(stopped<Unmodelled>(m->run(kPlenty)).what.find("breakpoints of the debug registers") == 0);
  CHECK(m.registers().eip == kCode.value);
}

}  // namespace sehlab::emu
