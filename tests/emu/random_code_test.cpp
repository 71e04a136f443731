// Code that nobody wrote: whatever bytes are executed, the machine stops with a reason, keeps to
// its budget, and does the same again.
#include <random>

#include "emu/decoder.hpp"
#include "tests/emu/bench_machine.hpp"

namespace sehlab::emu {
namespace {

struct Outcome {
  std::vector<Stop> stops;
  GeneralRegisters registers;
  FxState fx;
  std::uint64_t retired = 0;
};

constexpr std::uint64_t kBudget = 200;

/// Runs random bytes; goes on behind software interrupts and after faults at the next code.
Outcome run_random(std::uint32_t seed) {
  BenchMachine m(kReadWriteExecute);
  std::mt19937 random(seed);
  const auto any = [&] { return static_cast<std::uint32_t>(random()); };
  Outcome outcome;
  for (int round = 0; round < 40; ++round) {
    std::vector<std::uint8_t> code(48);
    for (std::uint8_t& byte : code) byte = static_cast<std::uint8_t>(any());
    const GuestAddr at = any() % 8 == 0 ? kCode + kCodeSize - 48 : kCode + any() % 0x3000;
    m.put(at, code);
    const std::uint32_t places[]{kData.value + any() % 0x1ff0, kStackTop.value - 0x100, kCode.value,
                                 any(), 0};
    m.set([&](GeneralRegisters& r) {
      for (std::uint32_t* reg : {&r.eax, &r.ecx, &r.edx, &r.ebx, &r.esp, &r.ebp, &r.esi, &r.edi})
        *reg = places[any() % 5];
      r.ecx %= 0x100;
      r.eip = at.value;
      r.eflags = 0x202;
    });
    for (int piece = 0; piece < 4; ++piece) {
      const std::uint64_t before = m->retired();
      const Stop stop = m->run(kBudget);
      outcome.stops.push_back(stop);
      CHECK(m->retired() - before <= kBudget);
      const GeneralRegisters r = m.registers();
      CHECK((r.cs == 0x23 && (r.eflags & 0x3202) == 0x202));
      const auto* fault = std::get_if<Fault>(&stop);
      if (fault == nullptr) continue;
      // Where the fault says that the processor stands is where it stands.
      const bool behind = fault->trap;
      CHECK(r.eip == (behind ? fault->next_eip : fault->eip).value);
      if (!behind) break;
    }
  }
  outcome.registers = m.registers();
  outcome.fx = m->registers().fx();
  outcome.retired = m->retired();
  return outcome;
}

}  // namespace

TEST_CASE("Random code stops with a reason, within its budget, and the same way each time") {
  for (std::uint32_t seed = 1; seed <= 25; ++seed) {
    CAPTURE(seed);
    const Outcome first = run_random(seed), second = run_random(seed);
    CHECK(first.registers == second.registers);
    CHECK(first.fx == second.fx);
    CHECK(first.retired == second.retired);
    REQUIRE(first.stops.size() == second.stops.size());
    for (std::size_t i = 0; i < first.stops.size(); ++i) {
      REQUIRE(first.stops[i].index() == second.stops[i].index());
      if (const auto* what = std::get_if<Unmodelled>(&first.stops[i]))
        CHECK(what->what == std::get<Unmodelled>(second.stops[i]).what);
    }
  }
}

}  // namespace sehlab::emu
