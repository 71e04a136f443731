// What the chain watch costs: the same program watched and not.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "tests/bench/child.hpp"

namespace sehlab::bench {
namespace {

void watched(benchmark::State& state, const std::vector<std::string>& program) {
  const auto seconds = [&](const char* watch) {
    std::vector<std::string> arguments{"run", watch};
    arguments.insert(arguments.end(), program.begin(), program.end());
    const auto use = run_sehlab(arguments);
    return use ? use->cpu_seconds : 0;
  };
  double off = 0, report = 0;
  for ([[maybe_unused]] auto _ : state) {
    // One after the other, so that both meet the machine as busy as it is.
    const double without = seconds("--watch=off"), with = seconds("--watch=report");
    if (without == 0 || with == 0) {
      state.SkipWithError("the program did not exit with 0");
      return;
    }
    off += without;
    report += with;
    state.SetIterationTime(with);
  }
  state.counters["times off"] = report / off;
}

void register_one(const char* name, std::vector<std::string> program) {
  benchmark::RegisterBenchmark(name,
                               [program](benchmark::State& state) { watched(state, program); })
      ->UseManualTime()
      ->Iterations(3)
      ->Unit(benchmark::kMillisecond);
}

/// Before main, as BENCHMARK does it.
const bool kRegistered = [] {
  register_one("watched: 20,000 C++ exceptions", {guest("bench_cxx_throws.exe"), "20000"});
  register_one("watched: Go's loop of panics",
               {guest("go_fixed.exe"), "-panics=2000", "TestCallbackPanicLoop"});
  register_one("watched: real Go, goroutines, allocation", {guest("go/goroutines.exe")});
  register_one("watched: 200,000 read faults", {guest("dispatch_loop.exe")});
  return true;
}();

}  // namespace
}  // namespace sehlab::bench
