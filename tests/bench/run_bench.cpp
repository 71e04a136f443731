// Whole runs of the command line: start-up, and Go's panic loop in time and memory.
#include <benchmark/benchmark.h>

#include <string>

#include "tests/bench/bare_engine.hpp"
#include "tests/bench/child.hpp"

namespace sehlab::bench {
namespace {

void start_up(benchmark::State& state) {
  double cpu = 0;
  for ([[maybe_unused]] auto _ : state) {
    const auto use = run_sehlab({"run", guest("exit0.exe")});
    if (!use) {
      state.SkipWithError("exit0.exe did not exit with 0: build sehlab and the guest images");
      break;
    }
    cpu += use->cpu_seconds;
    state.SetIterationTime(use->wall_seconds);
  }
  state.counters["cpu ms"] = cpu * 1e3 / static_cast<double>(state.iterations());
}
BENCHMARK(start_up)
    ->Name("sehlab run exit0.exe, a new process")
    ->UseManualTime()
    ->Iterations(30)
    ->Unit(benchmark::kMillisecond);

/// What no start-up can be faster than.
void bare_start_up(benchmark::State& state) {
  for ([[maybe_unused]] auto _ : state) {
    const auto engine = BareEngine::open();
    if (engine == nullptr || !engine->dispatch(1, BareEngine::Context::Whole)) {
      state.SkipWithError("the bare engine does not run");
      break;
    }
  }
}
BENCHMARK(bare_start_up)
    ->Name("bare engine opened, one exception, closed")
    ->Iterations(30)
    ->Unit(benchmark::kMillisecond);

void panic_loop(benchmark::State& state) {
  const std::int64_t panics = state.range(0);
  for ([[maybe_unused]] auto _ : state) {
    const auto use = run_sehlab({"run", guest("go_fixed.exe"), "-panics=" + std::to_string(panics),
                                 "TestCallbackPanicLoop"});
    if (!use) {
      state.SkipWithError("TestCallbackPanicLoop did not pass");
      break;
    }
    state.SetIterationTime(use->wall_seconds);
    state.counters["us a panic"] = use->wall_seconds * 1e6 / static_cast<double>(panics);
    state.counters["peak MiB"] = use->peak_kibibytes / 1024;
  }
}
BENCHMARK(panic_loop)
    ->Name("TestCallbackPanicLoop")
    ->ArgName("panics")
    ->Arg(1'000)
    ->Arg(10'000)
    ->Arg(100'000)
    ->UseManualTime()
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace sehlab::bench
