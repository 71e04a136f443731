// Sweeps: every run from a snapshot must be what a process of its own comes to. What becomes of a
// fault in fault_continue.exe is read off guest/cases/fault_continue.S: its record is linked by the
// third instruction and unlinked by the sixth, and its handler goes on at Lrepaired with 42.
#include "host/inject/sweep.hpp"

#include <doctest/doctest.h>

#include <map>
#include <mutex>

#include "host/lab/run.hpp"
#include "host/trace/trace.hpp"
#include "host/win32/status.hpp"

using namespace sehlab;
using namespace sehlab::inject;

namespace {

process::Options options_of(const char* program, std::vector<std::string> arguments = {}) {
  process::Options options;
  options.system_folder = SEHLAB_BINARY_DIR "/guest";
  options.program = options.system_folder / program;
  options.arguments = std::move(arguments);
  options.watch = watch::Mode::Report;
  return options;
}

/// How many instructions are retired when the symbol is first reached.
std::uint64_t count_at(process::Options options, const std::string& symbol) {
  options.observed = {symbol};
  lab::CapturedOutput output;
  trace::Trace trace;
  REQUIRE(lab::run(options, output, {&trace}));
  for (const trace::Event& event : trace.events) {
    if (std::holds_alternative<trace::SymbolReached>(event.payload)) return event.instruction;
  }
  FAIL("not reached: " << symbol);
  return 0;
}

SweepPlan plan_of(process::Options options, std::uint64_t from, std::uint64_t to) {
  SweepPlan plan;
  plan.options = std::move(options);
  plan.from = from;
  plan.to = to;
  plan.faults = {*sweep_fault("read")};
  plan.patience = 1'000'000;
  return plan;
}

/// What is kept of a run.
struct Kept {
  bool hung = false;
  trace::EndKind kind = trace::EndKind::Exited;
  std::uint32_t code = 0;
  std::uint64_t instructions = 0;
  std::vector<trace::Event> events;
  std::string out, at;
  bool operator==(const Kept&) const = default;
};
using AllKept = std::map<std::pair<std::uint64_t, std::size_t>, Kept>;

Kept kept(const SweepRun& run) {
  Kept kept;
  kept.hung = run.hung;
  kept.at = run.position.at;
  kept.out = run.out;
  kept.events.assign(run.events.begin(), run.events.end());
  if (run.hung) return kept;
  kept.kind = run.end.kind;
  kept.code = run.end.code;
  kept.instructions = run.end.instructions;
  return kept;
}

AllKept results(const SweepPlan& plan, SweepSummary* told = nullptr) {
  AllKept all;
  std::mutex mutex;
  const auto summary = sweep(plan, [&](const SweepRun& run) {
    const std::lock_guard lock(mutex);
    CHECK(run.refused.empty());
    CHECK(all.emplace(std::pair(run.position.instruction, run.fault), kept(run)).second);
    return true;
  });
  REQUIRE(summary);
  CHECK(summary->positions == all.size());
  if (told != nullptr) *told = *summary;
  return all;
}

/// The same in a process that runs to there from its start.
Kept alone(const SweepPlan& plan, std::uint64_t at, std::size_t fault) {
  lab::CapturedOutput output;
  trace::Trace trace;
  auto process = process::Process::create(plan.options, output, {&trace});
  REQUIRE(process);
  REQUIRE_FALSE((*process)->run_to(at));
  Kept kept;
  kept.at =
      (*process)->modules().symbolize(GuestAddr{(*process)->machine().registers().general().eip});
  const auto exception = plan.faults[fault].make(**process);
  REQUIRE(exception);
  (*process)->inject(*exception);
  const auto end = (*process)->run_to(at + plan.patience);
  kept.hung = !end;
  kept.events = trace.events;
  kept.out = output.out();
  if (!end) return kept;
  kept.kind = end->kind;
  kept.code = end->code;
  kept.instructions = end->instructions;
  return kept;
}

}  // namespace

TEST_SUITE("inject") {
  TEST_CASE("a fault is taken where the record is linked, and kills where it is not") {
    const process::Options options = options_of("fault_continue.exe");
    const std::uint64_t start = count_at(options, "fault_continue!start");
    const std::uint64_t exit = count_at(options, "kernel32!ExitProcess");
    const AllKept all = results(plan_of(options, start, exit));
    CHECK(all.size() == exit - start);
    CHECK(all.at({start, 0}).at == "fault_continue!start");
    const auto taken = [&](std::uint64_t at) {
      const Kept& run = all.at({at, 0});
      CHECK_FALSE(run.hung);
      if (run.kind == trace::EndKind::Exited) CHECK(run.code == 42);
      if (run.kind != trace::EndKind::Exited) CHECK(run.code == win32::STATUS_ACCESS_VIOLATION);
      return run.kind == trace::EndKind::Exited;
    };
    // pushl, pushl, movl to fs:0; xorl, and the movl that faults by itself.
    for (const std::uint64_t i : {0, 1, 2}) CHECK_FALSE(taken(start + i));
    for (const std::uint64_t i : {3, 4}) CHECK(taken(start + i));
    // popl fs:0; addl, pushl, calll.
    CHECK(taken(exit - 4));
    for (const std::uint64_t i : {3, 2, 1}) CHECK_FALSE(taken(exit - i));
  }

  TEST_CASE("each run is what a process of its own comes to") {
    const process::Options options = options_of("fault_continue.exe");
    SweepPlan plan = plan_of(options, count_at(options, "fault_continue!start"),
                             count_at(options, "kernel32!ExitProcess"));
    plan.faults.push_back(*sweep_fault("divide"));
    const AllKept all = results(plan);
    CHECK(all.size() == (plan.to - plan.from) * 2);
    for (const auto& each : all) {
      const auto& key = each.first;
      const auto& run = each.second;
      CAPTURE(key.first);
      CHECK(run == alone(plan, key.first, key.second));
    }
  }

  TEST_CASE("the same in Go's callback, here and there") {
    const process::Options options =
        options_of("go_fixed.exe", {"TestCallbackPanicLocked", "TestSetPanicOnFault"});
    const std::uint64_t from = count_at(options, "go_fixed!unwindm");
    SweepPlan plan = plan_of(options, from, from + 60);
    const AllKept all = results(plan);
    for (std::uint64_t at = from; at < plan.to; at += 7) {
      CAPTURE(at);
      CHECK(all.at({at, 0}) == alone(plan, at, 0));
    }
  }

  TEST_CASE("the same in programs with threads, files, timers and C++") {
    for (const char* program :
         {"thread.exe", "wait_functions.exe", "timers_and_ports.exe", "win32_locks.exe",
          "win32_files.exe", "win32_pipes.exe", "win32_sections.exe", "win32_pool.exe",
          "win32_fibers.exe", "crt_streams_ucrt.exe", "crt_threads_ucrt.exe", "seh_threads.O2.exe",
          "cxx_threads.O2.exe", "seh_top_level_filter.O2.exe"}) {
      const process::Options options = options_of(program);
      CAPTURE(program);
      lab::CapturedOutput output;
      const auto end = lab::run(options, output, {});
      REQUIRE(end);
      SweepPlan plan = plan_of(options, end->instructions * 2 / 3, end->instructions * 2 / 3 + 80);
      plan.jobs = 2;
      std::size_t number = 0;
      for (const auto& [key, run] : results(plan)) {
        if (number++ % 16 == 7) CHECK(run == alone(plan, key.first, key.second));
      }
    }
  }

  TEST_CASE("one job and two give the same results") {
    const process::Options options = options_of("thread.exe");
    const std::uint64_t from = count_at(options, "thread!start");
    SweepPlan plan = plan_of(options, from, from + 400);
    const AllKept one = results(plan);
    plan.jobs = 2;
    SweepSummary summary;
    CHECK(results(plan, &summary) == one);
    CHECK(summary.jobs == 2);
  }

  TEST_CASE("no more jobs are begun than there is work for") {
    const process::Options options = options_of("exit0.exe");
    SweepPlan plan = plan_of(options, 100, 110);
    plan.jobs = 200;
    SweepSummary summary;
    CHECK(results(plan, &summary).size() == 10);
    CHECK(summary.jobs == 1);
  }

  TEST_CASE("instructions of other threads are passed over") {
    const process::Options options = options_of("thread.exe");
    // The second thread's routine; the first one waits for it, and runs again.
    const std::uint64_t from = count_at(options, "thread!answer");
    SweepSummary summary;
    const AllKept all = results(plan_of(options, from, from + 1'000), &summary);
    CHECK(summary.passed_over > 0);
    CHECK(summary.positions > 0);
    CHECK(summary.positions + summary.passed_over == 1'000);
  }

  TEST_CASE("a run that has not ended when patience has is hung") {
    const process::Options options = options_of("fault_continue.exe");
    const std::uint64_t at = count_at(options, "fault_continue!start") + 3;
    SweepPlan plan = plan_of(options, at, at + 1);
    CHECK_FALSE(results(plan).at({at, 0}).hung);
    plan.patience = 4;  // Lrepair alone has five instructions
    CHECK(results(plan).at({at, 0}).hung);
    plan.patience = UINT64_MAX;
    CHECK(results(plan).at({at, 0}).code == 42);
  }

  TEST_CASE("a fault that cannot be there is told, and others are made all the same") {
    SweepPlan plan = plan_of(options_of("exit0.exe"), 100, 103);
    plan.faults.insert(plan.faults.begin(),
                       SweepFault{"none", [](process::Process&) -> Result<fault::Exception> {
                                    return fail("", "not here");
                                  }});
    std::vector<std::string> told;
    const auto summary = sweep(plan, [&](const SweepRun& run) {
      told.push_back(run.refused);
      if (run.refused.empty()) CHECK(run.end.kind == trace::EndKind::UnhandledException);
      return true;
    });
    REQUIRE(summary);
    CHECK(told == std::vector<std::string>{"not here", "", "not here", "", "not here", ""});
  }

  TEST_CASE("a sweep ends when nobody wants more of it") {
    SweepPlan plan = plan_of(options_of("exit0.exe"), 100, 10'000);
    int runs = 0;
    const auto summary = sweep(plan, [&](const SweepRun&) { return ++runs < 5; });
    REQUIRE(summary);
    CHECK(runs == 5);
    CHECK(summary->positions == 5);
  }

  TEST_CASE("a window that goes on behind the program's end has positions up to there") {
    const process::Options options = options_of("exit0.exe");
    lab::CapturedOutput output;
    const auto end = lab::run(options, output, {});
    REQUIRE(end);
    const AllKept all =
        results(plan_of(options, end->instructions - 3, end->instructions + 1'000'000'000'000));
    CHECK(all.size() == 4);  // and before the call that ends it, which never retires
  }

  TEST_CASE("a program that cannot be run is an error") {
    const auto summary =
        sweep(plan_of(options_of("no_such.exe"), 0, 10), [](const SweepRun&) { return true; });
    CHECK_FALSE(summary);
  }
}
