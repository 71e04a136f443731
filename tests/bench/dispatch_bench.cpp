// Access violations dispatched to a guest handler and continued, in the lab and on a bare engine.
#include <benchmark/benchmark.h>

#include <chrono>

#include "host/lab/run.hpp"
#include "host/process/process.hpp"
#include "tests/bench/bare_engine.hpp"

namespace sehlab::bench {
namespace {

constexpr std::uint32_t kFaults = 200'000;  // FAULTS in guest/cases/dispatch_loop.S

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Seconds for all faults of the loop on a bare engine; negative: it went wrong.
double bare_round(BareEngine& engine, BareEngine::Context context) {
  const auto start = std::chrono::steady_clock::now();
  const bool good = engine.dispatch(kFaults, context);
  return good ? seconds_since(start) : -1;
}

/// The same in the lab, without starting it up; negative: the program did not end well.
double lab_round() {
  process::Options options;
  options.system_folder = SEHLAB_BINARY_DIR "/guest";
  options.program = options.system_folder / "dispatch_loop.exe";
  lab::CapturedOutput output;
  const auto made = process::Process::create(options, output, {});
  if (!made) return -1;
  const auto start = std::chrono::steady_clock::now();
  const process::End end = (*made)->run();
  const bool good = end.kind == trace::EndKind::Exited && end.code == 0;
  return good ? seconds_since(start) : -1;
}

/// Rounds of all three alternate, so that whatever else the machine does hits all.
void dispatch(benchmark::State& state) {
  const auto engine = BareEngine::open();
  double general = 0, whole = 0, lab = 0;
  for ([[maybe_unused]] auto _ : state) {
    if (engine == nullptr) break;
    const double general_seconds = bare_round(*engine, BareEngine::Context::General);
    const double whole_seconds = bare_round(*engine, BareEngine::Context::Whole);
    const double lab_seconds = lab_round();
    if (general_seconds < 0 || whole_seconds < 0 || lab_seconds < 0) break;
    general += general_seconds;
    whole += whole_seconds;
    lab += lab_seconds;
    state.SetIterationTime(lab_seconds);
  }
  if (lab == 0) {
    state.SkipWithError("the loop did not end as it should: build the guest images");
    return;
  }
  const double faults = kFaults * static_cast<double>(state.iterations());
  const auto counter = [&state](const char* name, double value) { state.counters[name] = value; };
  counter("exceptions/s", faults / lab);
  counter("us", lab * 1e6 / faults);
  counter("bare us", whole * 1e6 / faults);
  counter("of bare", whole / lab);
  counter("bare us, general", general * 1e6 / faults);
  counter("of bare, general", general / lab);
}

BENCHMARK(dispatch)->Name("access violation, handler, continue")->UseManualTime()->Iterations(5);

}  // namespace
}  // namespace sehlab::bench
