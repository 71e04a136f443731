// What a processor checks in operands and the engine does not: data breakpoints (Intel SDM vol. 3,
// 17.2 and 17.3.1.2), SSE operands of 128 bits (vol. 1, 10.4.1.1: #GP) and #AC (vol. 3, 6.15).
#include "tests/emu/bench_machine.hpp"

namespace sehlab::emu {
namespace {

constexpr std::uint32_t kLocal0 = 1, kLocal1 = 4, kWrite0 = 1U << 16, kReadWrite0 = 3U << 16,
                        kFourBytes0 = 3U << 18, kReadWrite1 = 3U << 20;

void watch_data(BenchMachine& m, std::uint32_t dr7, GuestAddr dr0, GuestAddr dr1 = {}) {
  DebugRegisters debug;
  debug.address = {dr0.value, dr1.value, 0, 0};
  debug.dr7 = dr7;
  m->registers().set_debug(debug);
}

void check_trap(const Stop& stop, GuestAddr at, GuestAddr next) {
  const Fault fault = stopped<Fault>(stop);
  CHECK(fault.kind == FaultKind::Exception);
  CHECK(fault.vector == 1);
  CHECK(fault.eip == at);
  CHECK(fault.next_eip == next);
}

void point_at(BenchMachine& m, GuestAddr address) {
  m.set([&](GeneralRegisters& r) { r.ebx = address.value; });
}

}  // namespace

TEST_CASE("A write to watched data is a trap behind the instruction, and DR6 says which") {
  BenchMachine m;
  point_at(m, kData);
  watch_data(m, kLocal0 | kWrite0 | kFourBytes0, kData + 8);
  const std::uint64_t before = m->retired();
  // mov eax, [ebx+8]; mov [ebx+4], eax; mov byte [ebx+11], 7; inc ecx; int3
  const Stop stop = m.run({0x8b, 0x43, 8, 0x89, 0x43, 4, 0xc6, 0x43, 11, 7, 0x41, 0xcc});
  check_trap(stop, kCode + 6, kCode + 10);
  CHECK(m.registers().eip == (kCode + 10).value);
  CHECK(m.peek(kData + 8) == 0x07000000);  // the store is done
  CHECK(m->retired() - before == 3);
  CHECK((m->registers().debug().dr6 & (kDr6Breakpoints | kDr6SingleStep)) == 1);
  CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);  // and is not met again
}

TEST_CASE(
    "A read meets a breakpoint on reads and writes; one byte is watched, its neighbours not") {
  BenchMachine m;
  point_at(m, kData);
  watch_data(m, kLocal1 | kReadWrite1, {}, kData + 5);
  // mov eax, [ebx]; mov al, [ebx+6]; mov eax, [ebx+4]; int3
  check_trap(m.run({0x8b, 0x03, 0x8a, 0x43, 6, 0x8b, 0x43, 4, 0xcc}), kCode + 5, kCode + 8);
  CHECK((m->registers().debug().dr6 & kDr6Breakpoints) == 2);
}

TEST_CASE("A push, a call and a pop meet breakpoints on the stack") {
  BenchMachine m;
  const GuestAddr top{m.registers().esp - 4};
  watch_data(m, kLocal0 | kReadWrite0 | kFourBytes0, top);
  check_trap(m.run({0x50, 0x59, 0xe8, 0, 0, 0, 0, 0xcc}), kCode, kCode + 1);  // push eax
  check_trap(m->run(kPlenty), kCode + 1, kCode + 2);                          // pop ecx
  check_trap(m->run(kPlenty), kCode + 2, kCode + 7);                          // call next
  CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
}

TEST_CASE("A repeated string instruction is interrupted behind the round that meets the data") {
  BenchMachine m;
  m.set([](GeneralRegisters& r) {
    r.edi = kData.value;
    r.ecx = 5;
    r.eax = 0x11;
  });
  watch_data(m, kLocal0 | kWrite0, kData + 2);
  const std::uint64_t before = m->retired();
  check_trap(m.run({0xf3, 0xaa, 0xcc}), kCode, kCode);  // rep stosb
  CHECK(m.registers().ecx == 2);
  CHECK(m.peek(kData) == 0x111111);
  CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
  CHECK(m.peek(kData) == 0x11111111);
  CHECK(m->retired() - before == 2);  // rep stosb once, int3
}

TEST_CASE("An instruction that faults meets no data breakpoint") {
  BenchMachine m;
  m.set([](GeneralRegisters& r) { r.ebx = 0; });
  watch_data(m, kLocal0 | kWrite0, GuestAddr{0});
  check_page_fault(m.run({0x89, 0x03, 0xcc}), Access::Write, GuestAddr{0}, kCode);
  m.go_to(kCode + 2);
  CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
}

TEST_CASE("A misaligned operand of 128 bits is #GP, but for the moves that say unaligned") {
  BenchMachine m;
  point_at(m, kData + 4);
  check_exception(m.run({0x0f, 0x28, 0x03, 0xcc}), 13, kCode);        // movaps xmm0, [ebx]
  check_exception(m.run({0x0f, 0x29, 0x03, 0xcc}), 13, kCode);        // movaps [ebx], xmm0
  check_exception(m.run({0x0f, 0x58, 0x03, 0xcc}), 13, kCode);        // addps xmm0, [ebx]
  check_exception(m.run({0x66, 0x0f, 0x6f, 0x03, 0xcc}), 13, kCode);  // movdqa xmm0, [ebx]
  check_exception(m.run({0x0f, 0xae, 0x03, 0xcc}), 13, kCode);        // fxsave [ebx]
  for (const std::vector<std::uint8_t>& code : std::initializer_list<std::vector<std::uint8_t>>{
           {0x0f, 0x10, 0x03, 0xcc},           // movups xmm0, [ebx]
           {0xf3, 0x0f, 0x6f, 0x03, 0xcc},     // movdqu xmm0, [ebx]
           {0xf3, 0x0f, 0x58, 0x03, 0xcc},     // addss xmm0, [ebx]
           {0x0f, 0x12, 0x03, 0xcc},           // movlps xmm0, [ebx]
           {0x0f, 0x28, 0x43, 0x0c, 0xcc}}) {  // movaps xmm0, [ebx+12]
    CHECK(stopped<Fault>(m.run(code)).vector == 3);
  }
}

TEST_CASE("#GP for a misaligned operand comes before its page is looked at, each time") {
  BenchMachine m;
  m.set([](GeneralRegisters& r) { r.ebx = 4; });
  const std::uint64_t before = m->retired();
  check_exception(m.run({0x0f, 0x28, 0x03, 0xcc}), 13, kCode);
  check_exception(m->run(kPlenty), 13, kCode);
  CHECK(m->retired() == before);
  m.set([](GeneralRegisters& r) { r.ebx = 0x10; });
  check_page_fault(m->run(kPlenty), Access::Read, GuestAddr{0x10}, kCode);
}

TEST_CASE("With EFLAGS.AC a misaligned operand is #AC, from the instruction behind POPF on") {
  BenchMachine m;
  point_at(m, kData + 1);
  // mov eax, [ebx]; pushf; or dword [esp], 0x40000; popf; mov al, [ebx]; mov eax, [ebx]; int3
  const Stop stop =
      m.run({0x8b, 0x03, 0x9c, 0x81, 0x0c, 0x24, 0, 0, 4, 0, 0x9d, 0x8a, 0x03, 0x8b, 0x03, 0xcc});
  check_exception(stop, 17, kCode + 13);
  m.set([](GeneralRegisters& r) { r.eflags &= ~kEflagsAc; });
  CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
}

TEST_CASE("With EFLAGS.AC a misaligned operand in a page that is not there is a page fault") {
  BenchMachine m;
  m.set([](GeneralRegisters& r) {
    r.ebx = 1;
    r.eflags |= kEflagsAc;
  });
  m.put(kCode, {0x8b, 0x03, 0xcc});
  m.set([](GeneralRegisters& r) {
    r.eip = kCode.value;
    r.eflags |= kEflagsAc;
  });
  check_page_fault(m->run(kPlenty), Access::Read, GuestAddr{1}, kCode);
}

}  // namespace sehlab::emu
