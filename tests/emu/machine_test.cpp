// The machine from outside: it starts as Windows starts a thread, runs code, and stops.
#include "tests/emu/bench_machine.hpp"

namespace sehlab::emu {

TEST_CASE("A new machine has Windows' start state") {
  BenchMachine m;
  const GeneralRegisters r = m.registers();
  // facts: unicorn.md 3.2; the selectors are those asked for.
  CHECK(r.eflags == 0x202);
  CHECK(r.cs == 0x23);
  CHECK(r.ss == 0x2b);
  CHECK(r.ds == 0x2b);
  CHECK(r.es == 0x2b);
  CHECK(r.fs == 0x53);
  CHECK(r.eax == 0);
  CHECK(r.eip == 0);
  CHECK(m->retired() == 0);
  CHECK(m->registers().fs_base() == GuestAddr{0});
  const FxState fx = m->registers().fx();
  CHECK(fx.image[0] == std::byte{0x7f});
  CHECK(fx.image[1] == std::byte{0x02});
  CHECK(fx.image[24] == std::byte{0x80});
  CHECK(fx.image[25] == std::byte{0x1f});
}

TEST_CASE("A gate stops the machine on the gate, and retiring it goes on behind it") {
  BenchMachine m;
  m->set_gates(std::vector{kCode + 1});
  // inc eax; int 2b; inc eax; int 2b
  const Stop first = m.run({0x40, 0xcd, 0x2b, 0x40, 0xcd, 0x2b});
  CHECK(stopped<GateHit>(first).address == kCode + 1);
  CHECK(m.registers().eip == (kCode + 1).value);
  CHECK(m->retired() == 1);
  m->retire_gate();
  CHECK(m.registers().eip == (kCode + 3).value);
  CHECK(m->retired() == 2);
  // The second one is at no registered address: an ordinary interrupt, after which the
  // processor stands (facts: unicorn.md 3, "int n: EIP after").
  const Fault other = stopped<Fault>(m->run(kPlenty));
  CHECK(other.kind == FaultKind::Interrupt);
  CHECK(other.vector == 0x2b);
  CHECK(other.eip == kCode + 4);
  CHECK(other.next_eip == kCode + 6);
  CHECK(m.registers().eax == 2);
}

TEST_CASE("A gate that is not retired is hit again, and counts once") {
  BenchMachine m;
  m->set_gates(std::vector{kCode});
  static_cast<void>(m.run({0xcd, 0x2b}));  // int 2b
  CHECK(stopped<GateHit>(m->run(kPlenty)).address == kCode);
  CHECK(m->retired() == 0);
  m->retire_gate();
  CHECK(m->retired() == 1);
}

TEST_CASE("A gate that goes on elsewhere counts once, and leaves EIP to its service") {
  BenchMachine m;
  m->set_gates(std::vector{kCode + 1});
  // inc eax; int 2b; inc ecx
  static_cast<void>(m.run({0x40, 0xcd, 0x2b, 0x41}));
  m->count_gate();
  CHECK(m->retired() == 2);
  CHECK(m.registers().eip == (kCode + 1).value);
}

TEST_CASE("A call of NULL is a fault of execution at address 0") {
  BenchMachine m;
  // facts: unicorn.md 3: EIP is the target, the return address is pushed.
  const Stop stop = m.run({0x31, 0xc0, 0xff, 0xd0});  // xor eax, eax; call eax
  check_page_fault(stop, Access::Execute, GuestAddr{0}, GuestAddr{0});
  const GeneralRegisters r = m.registers();
  CHECK(r.eip == 0);
  CHECK(m.peek(GuestAddr{r.esp}) == (kCode + 4).value);
  CHECK(m->retired() == 2);
}

}  // namespace sehlab::emu
