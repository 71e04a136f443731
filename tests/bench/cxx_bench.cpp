// C++ exceptions of a compiled program: thrown, unwound and caught by the C runtime's guest code.
#include <benchmark/benchmark.h>

#include <string>

#include "tests/bench/child.hpp"

namespace sehlab::bench {
namespace {

void cxx_throws(benchmark::State& state) {
  const std::int64_t exceptions = state.range(0);
  double seconds = 0;
  for ([[maybe_unused]] auto _ : state) {
    const auto use = run_sehlab({"run", guest("bench_cxx_throws.exe"), std::to_string(exceptions)});
    if (!use) {
      state.SkipWithError("bench_cxx_throws.exe did not exit with 0");
      return;
    }
    state.SetIterationTime(use->wall_seconds);
    seconds += use->wall_seconds;
  }
  state.counters["us an exception"] =
      seconds * 1e6 / static_cast<double>(exceptions * state.iterations());
}
BENCHMARK(cxx_throws)
    ->Name("C++: throw through a frame with an object, catch by reference")
    ->ArgName("exceptions")
    ->Arg(10'000)
    ->Arg(100'000)
    ->UseManualTime()
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace sehlab::bench
