// Edges: what is counted is a matter of what the guest executed, and of nothing else. The engine
// ends its blocks wherever it likes; sums of counts are plain arithmetic over the instructions.
#include "emu/edge_counter.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "tests/emu/bench_machine.hpp"

namespace sehlab::emu {
namespace {

using Counters = std::array<std::uint8_t, 1024>;

struct EdgeMachine : BenchMachine {
  explicit EdgeMachine(Protection code_rights = kReadExecute, GuestRange noted_stores = {})
      : BenchMachine(code_rights, noted_stores, true) {
    const GuestRange all{kCode, kCode + kCodeSize};
    machine->set_counted_code({&all, 1});
    machine->set_edge_counters(counters);
  }
  [[nodiscard]] unsigned sum() const {
    return std::accumulate(counters.begin(), counters.end(), 0U);
  }
  Counters counters{};
};

// mov ecx, 5; again: call f; dec ecx; jnz again; mov esi, data; mov edi, data; mov ecx, 3;
// rep movsb; jmp over; nop; over: int3; f: test cl, 1; jz even; inc eax; even: ret
const std::vector<std::uint8_t> kProgram{
    0xb9, 5,    0,    0,    0,                             // 0
    0xe8, 0x18, 0,    0,    0,                             // 5: call 22
    0x49, 0x75, 0xf8,                                      // a: jnz 5
    0xbe, 0,    0,    0x50, 0,    0xbf, 0,    0, 0x50, 0,  // d
    0xb9, 3,    0,    0,    0,    0xf3, 0xa4,              // 17
    0xeb, 0x01, 0x90, 0xcc,                                // 1e
    0xf6, 0xc1, 0x01, 0x74, 0x01, 0x40, 0xc3,              // 22
};
// Into the first instruction; five calls and returns; jnz and jz five times each; the jump.
constexpr unsigned kProgramEdges = 1 + 5 + 5 + 5 + 5 + 1;

/// From the program's start to its INT3, in as many runs as `budget` makes of it; `between` is
/// called between them.
template <typename Between>
void run_in_pieces(EdgeMachine& m, GuestAddr at, std::uint64_t budget, Between between) {
  m.put(at, kProgram);
  m.set([&](GeneralRegisters& r) { r.eip = at.value, r.eax = 0; });
  for (;;) {
    const Stop stop = m->run(budget);
    if (const auto* fault = std::get_if<Fault>(&stop)) {
      CHECK(fault->vector == 3);
      break;
    }
    between();
  }
  CHECK(m.registers().eax == 3);  // ECX was odd three times
}

Counters counts_at_once(GuestAddr at) {
  EdgeMachine m;
  run_in_pieces(m, at, kPlenty, [] {});
  return m.counters;
}

}  // namespace

TEST_CASE("Each branch, taken or not, each call and return is an edge") {
  EdgeMachine m;
  // mov ecx, 3; again: dec ecx; jnz again; int3
  CHECK(stopped<Fault>(m.run({0xb9, 3, 0, 0, 0, 0x49, 0x75, 0xfd, 0xcc})).vector == 3);
  // In, back twice, and on.
  CHECK(m.sum() == 4);
  CHECK(std::ranges::count(m.counters, 0) == m.counters.size() - 3);
  CHECK(std::ranges::count(m.counters, 2) == 1);
}

TEST_CASE("Ends of pages, budgets, breakpoints and conditions are no edges") {
  for (const std::uint32_t before_end : {0x800U, 38U, 34U, 33U, 30U, 29U, 28U, 11U, 10U, 6U, 3U}) {
    CAPTURE(before_end);
    const GuestAddr at = kCode + kPageSize - before_end;
    const Counters whole = counts_at_once(at);
    CHECK(std::accumulate(whole.begin(), whole.end(), 0U) == kProgramEdges);
    for (const std::uint64_t budget : {1U, 2U, 3U, 7U}) {
      EdgeMachine m;
      run_in_pieces(m, at, budget, [] {});
      CHECK(m.counters == whole);
    }
    EdgeMachine stopping(kReadExecute, {kData, kData + kPageSize});
    std::vector<GuestAddr> everywhere;
    for (std::uint32_t i = 0; i < kProgram.size(); ++i) everywhere.push_back(at + i);
    stopping->set_breakpoints(everywhere);
    const GuestAddr word = kData;
    stopping->set_watched_words({&word, 1});
    stopping->set_esp_window(kStackTop - 0x104, kStackTop - 0x100);
    run_in_pieces(stopping, at, kPlenty, [] {});
    CHECK(stopping.counters == whole);
  }
}

TEST_CASE("Code that the program may write over has the same edges") {
  const Counters whole = counts_at_once(kCode + 0xff0);
  EdgeMachine m(kReadWriteExecute);
  run_in_pieces(m, kCode + 0xff0, kPlenty, [] {});
  CHECK(m.counters == whole);
}

TEST_CASE("A run from a snapshot has the same edges each time, whatever ran before it") {
  EdgeMachine m;
  m.put(kCode, kProgram);
  m.go_to(kCode);
  stopped<BudgetSpent>(m->run(4));  // within the first call
  const auto snapshot = m->take_snapshot();
  m.counters = {};
  CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
  const Counters first = m.counters;
  for (const std::uint64_t stop_after : {1U, 5U, 9U, 20U}) {
    m->restore(*snapshot);
    stopped<BudgetSpent>(m->run(stop_after));
    m->restore(*snapshot);
    m.counters = {};
    CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
    CHECK(m.counters == first);
  }
}

TEST_CASE("Threads that take turns have the edges that each has alone") {
  const GuestAddr there = kCode + 0x800;
  EdgeMachine alone;
  run_in_pieces(alone, kCode, kPlenty, [] {});
  run_in_pieces(alone, there, kPlenty, [] {});

  EdgeMachine m;
  m.put(kCode, kProgram);
  m.put(there, kProgram);
  const auto set = [&](GuestAddr at, std::uint32_t esp) {
    m.set([&](GeneralRegisters& r) { r.eip = at.value, r.eax = 0, r.esp = esp; });
  };
  set(there, kStackTop.value - 0x1000);
  auto other = m->save_cpu();
  set(kCode, kStackTop.value - 0x100);
  for (int ended = 0; ended < 2;) {
    if (std::holds_alternative<Fault>(m->run(3))) {
      ++ended;
      m->restore_cpu(*other);
      continue;
    }
    if (ended != 0) continue;
    auto running = m->save_cpu();
    m->restore_cpu(*other);
    other = std::move(running);
  }
  CHECK(m.sum() == alone.sum());
}

TEST_CASE("An instruction that faults is an edge to where it is taken, and none when tried again") {
  EdgeMachine m;
  const GuestAddr handler = kCode + 0x400, closed{0x700000};
  m.map(closed, kPageSize, kNoAccess);
  // jmp next; next: mov [closed], eax; int3
  m.put(kCode, {0xeb, 0, 0xa3, 0, 0, 0x70, 0, 0xcc});
  m.put(handler, {0xcc});
  m.go_to(kCode);
  check_page_fault(m->run(kPlenty), Access::Write, closed, kCode + 2);
  CHECK(m.sum() == 2);
  REQUIRE(m.memory().protect(closed, kPageSize, kReadWrite));
  CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
  CHECK(m.sum() == 2);

  REQUIRE(m.memory().protect(closed, kPageSize, kNoAccess));
  m.counters = {};
  m.go_to(kCode);
  check_page_fault(m->run(kPlenty), Access::Write, closed, kCode + 2);
  m.go_to(handler);
  CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
  CHECK(m.sum() == 3);
}

TEST_CASE("A call whose push faults and that is tried again counts once") {
  EdgeMachine m;
  const GuestAddr closed{0x700000};
  m.map(closed, kPageSize, kNoAccess);
  m.put(kCode, {0xe8, 0, 0, 0, 0, 0xcc});  // call next; next: int3
  m.set([&](GeneralRegisters& r) { r.eip = kCode.value, r.esp = closed.value + 0x100; });
  check_page_fault(m->run(kPlenty), Access::Write, closed + 0xfc, kCode);
  REQUIRE(m.memory().protect(closed, kPageSize, kReadWrite));
  CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
  CHECK(m.sum() == 2);
}

TEST_CASE("A jump to itself counts each time, and counters stop at 255") {
  EdgeMachine m;
  stopped<BudgetSpent>(m.run({0xeb, 0xfe}, kCode, 1000));
  CHECK(m.sum() == 1 + 255);
  EdgeMachine few;
  stopped<BudgetSpent>(few.run({0xeb, 0xfe}, kCode, 10));
  CHECK(few.sum() == 1 + 9);
}

TEST_CASE("Only edges into the code that was asked for are counted, and where was said last") {
  EdgeMachine m;
  const GuestRange callee{kCode + 0x22, kCode + static_cast<std::uint32_t>(kProgram.size())};
  m->set_counted_code({&callee, 1});
  run_in_pieces(m, kCode, kPlenty, [] {});
  CHECK(m.sum() == 5 + 5);  // calls of f, and jz
  Counters other{};
  m->set_edge_counters(other);
  run_in_pieces(m, kCode, kPlenty, [] {});
  CHECK(m.sum() == 10);
  CHECK(std::ranges::equal(other, m.counters));
  m->set_edge_counters({});
  run_in_pieces(m, kCode, kPlenty, [] {});
  CHECK(m.sum() == 10);
}

}  // namespace sehlab::emu
