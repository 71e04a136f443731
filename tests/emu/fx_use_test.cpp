// x87 and SSE state that is read late: nobody must be able to tell, neither the guest nor who
// counts its instructions. Intel SDM vol. 1, 8.1 and 10.2: what the instructions here do.
#include <array>
#include <cstring>

#include "tests/emu/bench_machine.hpp"

namespace sehlab::emu {
namespace {

constexpr std::size_t kFcw = 0, kXmm0 = 160, kXmm1 = 176;  // of an FXSAVE image

std::uint32_t word(const FxState& fx, std::size_t at) {
  std::uint32_t value = 0;
  std::memcpy(&value, fx.image.data() + at, sizeof value);
  return value;
}

FxState with_word(FxState fx, std::size_t at, std::uint32_t value) {
  std::memcpy(fx.image.data() + at, &value, sizeof value);
  return fx;
}

// movd xmm0, eax; paddd xmm1, xmm0; int3
const std::vector<std::uint8_t> kAddToXmm1{0x66, 0x0f, 0x6e, 0xc0, 0x66, 0x0f, 0xfe, 0xc8, 0xcc};

}  // namespace

TEST_CASE("What the guest does to x87 and SSE state after it was read is read the next time") {
  BenchMachine m;
  m->registers().set_fx(with_word(m->registers().fx(), kXmm1, 0));
  for (std::uint32_t round = 1; round <= 3; ++round) {
    m.set([](GeneralRegisters& r) { r.eax = 5; });
    CHECK(stopped<Fault>(m.run(kAddToXmm1)).vector == 3);
    CHECK(word(m->registers().fx(), kXmm0) == 5);
    CHECK(word(m->registers().fx(), kXmm1) == 5 * round);
  }
}

TEST_CASE("x87 and SSE state that was read and then set is what the guest finds") {
  BenchMachine m;
  const FxState before = m->registers().fx();
  m.set([](GeneralRegisters& r) { r.eax = 1; });
  m->registers().set_fx(with_word(before, kXmm1, 7));
  CHECK(stopped<Fault>(m.run(kAddToXmm1)).vector == 3);
  CHECK(word(m->registers().fx(), kXmm1) == 8);
  m->registers().set_fx(before);
  CHECK(m->registers().fx() == before);
  m.set([](GeneralRegisters& r) { r.eax = 1; });
  CHECK(stopped<Fault>(m.run(kAddToXmm1)).vector == 3);
  CHECK(word(m->registers().fx(), kXmm1) == word(before, kXmm1) + 1);
}

TEST_CASE("An x87 instruction counts once and is shown once, whether its state was read or not") {
  BenchMachine m;
  // nop; fninit; fldcw [ebx]; nop; int3
  m.put(kCode, {0x90, 0xdb, 0xe3, 0xd9, 0x2b, 0x90, 0xcc});
  m.poke(kData, 0x027fU);
  for (const bool read_before : {false, true}) {
    m.set([](GeneralRegisters& r) {
      r.ebx = kData.value;
      r.eip = kCode.value;
    });
    if (read_before) (void)m->registers().fx();
    m->set_breakpoints(std::array{kCode + 1});
    const std::uint64_t before = m->retired();
    stopped<BreakpointHit>(m->run(kPlenty));
    CHECK(m.registers().eip == (kCode + 1).value);
    CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
    CHECK(m->retired() - before == 5);
    CHECK((word(m->registers().fx(), kFcw) & 0xffff) == 0x027f);
  }
}

TEST_CASE("A budget that ends before an SSE instruction goes on there, and counts it once") {
  BenchMachine m;
  (void)m->registers().fx();
  m.set([](GeneralRegisters& r) { r.eax = 1; });
  m->registers().set_fx(with_word(m->registers().fx(), kXmm1, 0));
  const std::uint64_t before = m->retired();
  stopped<BudgetSpent>(m.run(kAddToXmm1, kCode, 0));
  for (int step = 0; step < 2; ++step) {
    (void)m->registers().fx();
    stopped<BudgetSpent>(m->run(1));
  }
  CHECK(m->retired() - before == 2);
  CHECK(m.registers().eip == (kCode + 8).value);
  CHECK(word(m->registers().fx(), kXmm1) == 1);
}

TEST_CASE("An SSE instruction whose operand is absent faults as such, after its state was read") {
  BenchMachine m;
  constexpr GuestAddr kBad{0x10000};
  const FxState before = m->registers().fx();
  m.set([](GeneralRegisters& r) { r.ebx = kBad.value; });
  check_page_fault(m.run({0x0f, 0x10, 0x03}), Access::Read, kBad, kCode);  // movups xmm0, [ebx]
  CHECK(m->registers().fx() == before);
  CHECK(m.registers().eip == kCode.value);
}

TEST_CASE("Processor states that are put away keep their x87 and SSE state, read or not") {
  BenchMachine m;
  m->registers().set_fx(with_word(m->registers().fx(), kXmm1, 100));
  const auto hundred = m->save_cpu();
  m->registers().set_fx(with_word(m->registers().fx(), kXmm1, 200));
  (void)m->registers().fx();
  const auto read = m->save_cpu();
  for (int turn = 0; turn < 3; ++turn) {
    m->restore_cpu(*hundred);
    m.set([](GeneralRegisters& r) { r.eax = 1; });
    CHECK(stopped<Fault>(m.run(kAddToXmm1)).vector == 3);
    CHECK(word(m->registers().fx(), kXmm1) == 101);
    m->restore_cpu(*read);
    CHECK(word(m->registers().fx(), kXmm1) == 200);
    m.set([](GeneralRegisters& r) { r.eax = 1; });
    CHECK(stopped<Fault>(m.run(kAddToXmm1)).vector == 3);
    CHECK(word(m->registers().fx(), kXmm1) == 201);
  }
}

}  // namespace sehlab::emu
