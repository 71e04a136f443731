// One program run again and again: each run starts at the snapshot with its own input and nothing
// else, however the one before ended.
#include "host/fuzz/guest_loop.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "host/services/system_time.hpp"
#include "host/win32/status.hpp"

using namespace sehlab;
using namespace sehlab::fuzz;

namespace {

LoopOptions options_for(const char* program) {
  LoopOptions options;
  options.process.system_folder = SEHLAB_BINARY_DIR "/guest";
  options.process.program = options.process.system_folder / program;
  return options;
}

std::unique_ptr<GuestLoop> loop_of(const LoopOptions& options,
                                   const std::vector<trace::Listener*>& listeners = {}) {
  auto made = GuestLoop::create(options, listeners);
  REQUIRE_MESSAGE(made.has_value(), (made ? "" : made.error().text()));
  return std::move(*made);
}

std::span<const std::byte> bytes(std::string_view text) {
  return std::as_bytes(std::span(text));
}

std::vector<std::uint32_t> logged(const GuestLoop& loop) {
  return {loop.log().begin(), loop.log().end()};
}

using Words = std::vector<std::uint32_t>;

struct Counter final : trace::Listener {
  std::size_t events = 0, faults = 0;
  void on_event(const trace::Event& event) override {
    ++events;
    if (std::holds_alternative<trace::FaultRaised>(event.payload)) ++faults;
  }
};

}  // namespace

// What fuzz_deeds.exe logs is in guest/fuzz/loop/deeds.c: its own count of runs, the size of the
// input, the input's letters that are no deeds, and the byte behind the input.
TEST_SUITE("fuzz loop") {
  TEST_CASE("each run has its own input and sees nothing of the run before") {
    const auto loop = loop_of(options_for("fuzz_deeds.exe"));
    CHECK(loop->most_bytes() == 6000);
    const std::string longest(6000, 'x');
    for (int round = 0; round < 2; ++round) {
      const Ending* ending = &loop->run(bytes("xyz"));
      CHECK(ending->kind == trace::EndKind::Exited);
      CHECK(ending->code == 0);
      CHECK(logged(*loop) == Words{1, 3, 'x', 'y', 'z', 0});
      ending = &loop->run({});
      CHECK(ending->kind == trace::EndKind::Exited);
      CHECK(logged(*loop) == Words{1, 0, 0});
      // The log has room for 16 words; the rest is counted only.
      CHECK(loop->run(bytes(longest)).kind == trace::EndKind::Exited);
      CHECK(loop->log_cut());
      CHECK(loop->log().size() == 16);
      CHECK(loop->log()[1] == 6000);
      // Two bytes more than there is room for are not given.
      CHECK(loop->run(bytes(longest + "yy")).kind == trace::EndKind::Exited);
      CHECK(loop->log()[1] == 6000);
    }
  }

  TEST_CASE("every end is told, and the next run starts as if there had been none") {
    LoopOptions options = options_for("fuzz_deeds.exe");
    options.run_budget = 100'000;
    const auto loop = loop_of(options);
    std::uint64_t plain = 0;
    struct Case {
      const char* input;
      trace::EndKind kind;
      std::uint32_t code;
    };
    using enum trace::EndKind;
    for (const Case& c : {
             Case{"e", Exited, 42},
             Case{"n", UnhandledException, win32::STATUS_ACCESS_VIOLATION},
             Case{"r", UnhandledException, 0xe0001234},
             Case{"h", BudgetSpent, 0},
             Case{"o", UnhandledException, win32::STATUS_STACK_OVERFLOW},
             Case{"u", Unmodelled, 0},
             Case{"vv", Exited, 0},
             Case{"s", Exited, 0},
             Case{"f", Exited, 0},
         }) {
      CAPTURE(c.input);
      const Ending* ending = &loop->run(bytes(c.input));
      CHECK(ending->kind == c.kind);
      CHECK(ending->code == c.code);
      CHECK((ending->crash.has_value()) == (c.kind == UnhandledException));
      CHECK(ending->detail.empty() == (c.kind != Unmodelled));
      if (c.kind == BudgetSpent) CHECK(ending->instructions == 100'000);
      ending = &loop->run(bytes("z"));
      CHECK(ending->kind == Exited);
      CHECK(ending->detail.empty());
      CHECK_FALSE(ending->crash.has_value());
      CHECK(logged(*loop) == Words{1, 1, 'z', 0});
      if (plain == 0) plain = ending->instructions;
      CHECK(ending->instructions == plain);
    }
  }

  TEST_CASE("memory, kernel objects, handles and time are the snapshot's in each run") {
    const auto loop = loop_of(options_for("fuzz_deeds.exe"));
    constexpr std::uint32_t kTimeout = 258;  // WAIT_TIMEOUT; 0 is WAIT_OBJECT_0
    for (int round = 0; round < 3; ++round) {
      // Fresh pages are zero (VirtualAlloc's documentation); the event was made unset and is
      // manual-reset, so that it is set at the second look only.
      CHECK(loop->run(bytes("vss")).kind == trace::EndKind::Exited);
      CHECK(logged(*loop) == Words{1, 3, 0, kTimeout, 0, 0});
      CHECK(loop->run(bytes("c")).kind == trace::EndKind::Exited);
      const Words first = logged(*loop);
      CHECK(loop->run(bytes("c")).kind == trace::EndKind::Exited);
      CHECK(logged(*loop) == first);
      // The handle is open in each run, once.
      CHECK(loop->run(bytes("ff")).kind == trace::EndKind::Exited);
      CHECK(logged(*loop) == Words{1, 2, 1, 0, 0});
    }
  }

  TEST_CASE("a crash can be explained until the next run") {
    const auto loop = loop_of(options_for("fuzz_deeds.exe"));
    const Ending& ending = loop->run(bytes("n"));
    REQUIRE(ending.crash);
    CHECK(ending.crash->instructions.empty());
    loop->explain_crash();
    REQUIRE_FALSE(ending.crash->instructions.empty());
    CHECK(ending.crash->source.find("deeds.c:") != std::string::npos);
    // The faulting instruction is among them, and it stores to address 16.
    bool found = false;
    for (const auto& instruction : ending.crash->instructions) {
      found |= instruction.address.value == ending.crash->registers.eip;
    }
    CHECK(found);
  }

  TEST_CASE("who listens hears each run, and a watched run is the same run") {
    Counter counter;
    LoopOptions watched_options = options_for("fuzz_three_faults.exe");
    watched_options.process.watch = watch::Mode::Report;
    const auto plain = loop_of(options_for("fuzz_three_faults.exe"));
    const auto watched = loop_of(watched_options, {&counter});
    for (const char* input : {"", "abcd", "longer than a word", ""}) {
      const Ending& one = plain->run(bytes(input));
      const std::size_t before = counter.faults;
      const Ending& other = watched->run(bytes(input));
      CHECK(counter.faults == before + 3);  // guest/fuzz/loop/three_faults.S: three rounds
      CHECK(one.kind == trace::EndKind::Exited);
      CHECK(other.kind == trace::EndKind::Exited);
      CHECK(one.instructions == other.instructions);
      CHECK(other.defects == 0);
      CHECK(logged(*plain) == logged(*watched));
    }
  }

  TEST_CASE("edges are counted, the same for the same input, watched or not") {
    using Counters = std::array<std::uint8_t, 4096>;
    Counters counters{};
    const auto counts = [&](GuestLoop& loop, std::string_view input) {
      loop.set_edge_counters(counters);
      counters = {};
      loop.run(bytes(input));
      return counters;
    };
    Counter listener;
    LoopOptions options = options_for("fuzz_deeds.exe");
    options.process.count_edges = process::Options::Edges::Program;
    const auto plain = loop_of(options);
    options.process.watch = watch::Mode::Report;
    const auto watched = loop_of(options, {&listener});
    std::vector<Counters> all;
    for (const char* input : {"", "z", "zz", "e", "n", "r", "v", "s", "f", "o"}) {
      CAPTURE(input);
      const Counters first = counts(*plain, input);
      CHECK(std::ranges::any_of(first, [](std::uint8_t count) { return count != 0; }));
      counts(*plain, "nzv");
      CHECK(counts(*plain, input) == first);
      CHECK(counts(*watched, input) == first);
      CHECK(std::ranges::find(all, first) == all.end());
      all.push_back(first);
    }
    // Without the system's code there are fewer.
    const auto used = [](const Counters& some) {
      return some.size() - std::ranges::count(some, 0);
    };
    options.process.count_edges = process::Options::Edges::All;
    CHECK(used(counts(*loop_of(options), "r")) > used(counts(*plain, "r")));
    counters = {};
    const auto unasked = loop_of(options_for("fuzz_deeds.exe"));
    CHECK(used(counts(*unasked, "r")) == 0);
  }

  TEST_CASE("an observed symbol at the very address does not keep the snapshot from being taken") {
    Counter counter;
    LoopOptions options = options_for("fuzz_nothing.exe");
    options.process.observed = {"fuzz_nothing!lab_fuzz_ready"};
    const auto loop = loop_of(options, {&counter});
    const std::size_t before = counter.events;
    // ret, two pushes, the call, and NtTerminateProcess's gate, which does not return.
    CHECK(loop->run({}).instructions == 4);
    CHECK(loop->run({}).instructions == 4);
    CHECK(counter.events > before);
  }

  TEST_CASE("a program that cannot be fuzzed is refused with the reason") {
    const auto refusal = [](const LoopOptions& options) {
      const auto made = GuestLoop::create(options, {});
      return made ? std::string() : made.error().text();
    };
    CHECK(refusal(options_for("exit0.exe")) == "exit0.exe: does not export lab_fuzz_ready");
    CHECK(refusal(options_for("fuzz_never_ready.exe"))
              .ends_with("never came to lab_fuzz_ready: it exited with code 3"));
    CHECK(refusal(options_for("no_such_program.exe")).find("no_such_program.exe") !=
          std::string::npos);
    // 64 MB is the most, and a word has four bytes.
    CHECK(refusal(options_for("fuzz_huge_log.exe")) ==
          "fuzz_huge_log.exe: lab_fuzz_log_capacity is 2147483647, the most is 16777216");
    CHECK(refusal(options_for("fuzz_long_log.exe")).find("are not all in memory") !=
          std::string::npos);
    CHECK(refusal(options_for("fuzz_no_end.exe")) ==
          "fuzz_no_end.exe: lab_fuzz_input_end is 0x00000100, which leaves no room for 4096 bytes");
    LoopOptions short_start = options_for("fuzz_deeds.exe");
    short_start.process.budget = 10;
    short_start.run_budget = 10;
    CHECK(refusal(short_start).find("the budget of 20 instructions is spent") != std::string::npos);
  }
}
