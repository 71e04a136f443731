// Snapshots and what they are for: a small machine's and a whole process's, taken and put back, and
// the sweep of Go's callback path.
#include <benchmark/benchmark.h>

#include <array>
#include <chrono>
#include <memory>
#include <span>
#include <variant>

#include "emu/machine.hpp"
#include "host/lab/run.hpp"
#include "host/lab/scenario_lab.hpp"
#include "host/lab/sweep.hpp"
#include "host/process/process.hpp"
#include "host/process/snapshot.hpp"
#include "host/scenario/read_scenario.hpp"
#include "host/trace/trace.hpp"

namespace sehlab::bench {
namespace {

using Clock = std::chrono::steady_clock;

double microseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::micro>(Clock::now() - start).count();
}

/// Times `take` and `put_back` apart; `run` goes between them.
template <typename Take, typename Run, typename PutBack>
void take_and_restore(benchmark::State& state, Take take, Run run, PutBack put_back) {
  double taking = 0, restoring = 0;
  for ([[maybe_unused]] auto _ : state) {
    auto start = Clock::now();
    const auto snapshot = take();
    taking += microseconds_since(start);
    run();
    start = Clock::now();
    put_back(*snapshot);
    restoring += microseconds_since(start);
  }
  const auto rounds = static_cast<double>(state.iterations());
  state.counters["take us"] = taking / rounds;
  state.counters["restore us"] = restoring / rounds;
}

/// Four pages of code, two of data; ten stores between a snapshot and the way back.
void machine_snapshot(benchmark::State& state) {
  constexpr GuestAddr kCode{0x400000}, kData{0x500000};
  // here: mov [0x500000], eax; inc eax; jmp here
  constexpr std::array<std::uint8_t, 8> kLoop{0xa3, 0x00, 0x00, 0x50, 0x00, 0x40, 0xeb, 0xf8};
  auto machine = emu::Machine::create({});
  if (!machine) return state.SkipWithError(machine.error().text().c_str());
  emu::AddressSpace& memory = (*machine)->memory();
  const bool ready = memory.reserve(kCode, 4 * kPageSize) &&
                     memory.commit(kCode, 4 * kPageSize, emu::kReadExecute) &&
                     memory.reserve(kData, 2 * kPageSize) &&
                     memory.commit(kData, 2 * kPageSize, emu::kReadWrite) &&
                     memory.raw().write(kCode, std::as_bytes(std::span(kLoop)));
  if (!ready) return state.SkipWithError("the machine's memory cannot be laid out");
  emu::GeneralRegisters registers = (*machine)->registers().general();
  registers.eip = kCode.value;
  (*machine)->registers().set_general(registers);
  take_and_restore(
      state, [&] { return (*machine)->take_snapshot(); },
      [&] {
        const emu::Stop stop = (*machine)->run(30);
        if (!std::holds_alternative<emu::BudgetSpent>(stop)) state.SkipWithError("it stopped");
      },
      [&](const emu::Snapshot& snapshot) { (*machine)->restore(snapshot); });
}
BENCHMARK(machine_snapshot)->Name("snapshot: a small machine")->Iterations(100'000);

/// The Go model in the middle of its run, watched and traced, as a sweep has it; thirty
/// instructions between a snapshot and the way back.
void process_snapshot(benchmark::State& state) {
  constexpr std::uint64_t kMiddle = 30'000, kBetween = 30;
  process::Options options;
  options.system_folder = SEHLAB_BINARY_DIR "/guest";
  options.program = options.system_folder / "go_fixed.exe";
  options.arguments = {"TestCallbackPanicLocked", "TestSetPanicOnFault"};
  options.watch = watch::Mode::Report;
  lab::CapturedOutput output;
  trace::Trace trace;
  const auto made = process::Process::create(options, output, {&trace});
  if (!made || (*made)->run_to(kMiddle)) {
    state.SkipWithError("go_fixed.exe does not run so far: build the guest images");
    return;
  }
  const std::size_t events = trace.events.size();
  take_and_restore(
      state, [&] { return (*made)->take_snapshot(); },
      [&] { static_cast<void>((*made)->run_to(kMiddle + kBetween)); },
      [&](const process::Snapshot& snapshot) {
        (*made)->restore(snapshot);
        trace.events.resize(events);
      });
}
BENCHMARK(process_snapshot)->Name("snapshot: the Go model's process")->Iterations(10'000);

void sweep_positions(benchmark::State& state) {
  const scenario::Lab lab = lab::scenario_lab();
  const auto read = scenario::read_scenario(
      SEHLAB_SOURCE_DIR "/fixtures/scenarios/go/sweep-callback.toml", lab.profiles);
  if (!read) return state.SkipWithError(read.error().text().c_str());
  lab::SweepRequest request;
  request.options = lab::options_of(*read);
  request.options.system_folder = SEHLAB_BINARY_DIR "/guest";
  request.options.program = request.options.system_folder / read->guest.value;
  request.sweep = &*read->sweep;
  request.where = "sweep";
  request.jobs = 2;
  double positions = 0, seconds = 0;
  for ([[maybe_unused]] auto _ : state) {
    const auto answer = lab::sweep(request);
    if (!answer || !answer->tally.holds()) {
      state.SkipWithError("the sweep is not as expected");
      return;
    }
    positions += static_cast<double>(answer->tally.total().positions);
    seconds += answer->what.seconds;
    state.SetIterationTime(answer->what.seconds);
  }
  state.counters["positions a minute"] = positions * 60 / seconds;
}
BENCHMARK(sweep_positions)
    ->Name("sweep: Go's callback path, two jobs")
    ->UseManualTime()
    ->Iterations(3)
    ->Unit(benchmark::kSecond);

}  // namespace
}  // namespace sehlab::bench
