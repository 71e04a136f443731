// Real Go: a program that allocates and collects, and the start of a test binary; beside it the
// same engine with nothing but a count of instructions.
#include <benchmark/benchmark.h>

#include <fstream>
#include <string>

#include "tests/bench/bare_engine.hpp"
#include "tests/bench/child.hpp"

namespace sehlab::bench {
namespace {

/// "instructions" of a file that --result wrote; 0: it is not there.
double instructions_in(const std::string& file) {
  std::ifstream in(file);
  const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  constexpr std::string_view kKey = "\"instructions\":";
  const auto at = text.find(kKey);
  return at == text.npos ? 0 : std::stod(text.substr(at + kKey.size()));
}

void run_go(benchmark::State& state, const std::vector<std::string>& program) {
  const std::string result = SEHLAB_BINARY_DIR "/go_bench.json";
  std::vector<std::string> arguments{"run", "--result", result};
  arguments.insert(arguments.end(), program.begin(), program.end());
  double instructions = 0;
  for ([[maybe_unused]] auto _ : state) {
    const auto use = run_sehlab(arguments);
    if (!use) {
      state.SkipWithError("the program did not exit with 0");
      return;
    }
    state.SetIterationTime(use->wall_seconds);
    instructions += instructions_in(result);
    state.counters["peak MiB"] = use->peak_kibibytes / 1024;
  }
  state.counters["instructions"] = benchmark::Counter(instructions, benchmark::Counter::kIsRate);
}

void go_collects(benchmark::State& state) {
  run_go(state, {guest("go/goroutines.exe")});
}
BENCHMARK(go_collects)
    ->Name("Go: goroutines, allocation, collection")
    ->UseManualTime()
    ->Iterations(3)
    ->Unit(benchmark::kMillisecond);

void go_starts(benchmark::State& state) {
  run_go(state, {guest("go/calc_test.exe"), "-test.run=none"});
}
BENCHMARK(go_starts)
    ->Name("Go: a test binary that runs no test")
    ->UseManualTime()
    ->Iterations(10)
    ->Unit(benchmark::kMillisecond);

void bare_compute(benchmark::State& state) {
  constexpr std::uint32_t kRounds = 5'000'000;
  double instructions = 0;
  for ([[maybe_unused]] auto _ : state) {
    const auto engine = BareEngine::open();
    const std::uint64_t counted = engine == nullptr ? 0 : engine->compute(kRounds);
    if (counted == 0) {
      state.SkipWithError("the bare engine does not run");
      return;
    }
    instructions += static_cast<double>(counted);
  }
  state.counters["instructions"] = benchmark::Counter(instructions, benchmark::Counter::kIsRate);
}
BENCHMARK(bare_compute)
    ->Name("bare engine: a loop whose instructions are counted")
    ->Iterations(3)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace sehlab::bench
