// Runs a second of programs that are run again and again from a snapshot, beside a bare engine that
// executes the same instructions, meets the same faults and puts the same pages back.
#include <benchmark/benchmark.h>

#include <array>
#include <cstring>
#include <ctime>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "host/fuzz/guest_loop.hpp"
#include "tests/bench/bare_loop.hpp"

namespace sehlab::bench {
namespace {

constexpr int kRuns = 100'000;  // a round

/// Of processor time: the machine may have other work.
double seconds_since(std::clock_t start) {
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

std::unique_ptr<fuzz::GuestLoop> loop_of(const char* program) {
  fuzz::LoopOptions options;
  options.process.system_folder = SEHLAB_BINARY_DIR "/guest";
  options.process.program = options.process.system_folder / program;
  auto made = fuzz::GuestLoop::create(options, {});
  return made ? std::move(*made) : nullptr;
}

/// All of the guest's committed memory.
std::vector<BareProgram::Region> memory_of(process::Process& process) {
  std::vector<BareProgram::Region> regions;
  emu::AddressSpace& memory = process.machine().memory();
  for (GuestAddr at{0x10000}; at.value < 0x7fff0000;) {
    const emu::RegionInfo info = memory.query(at);
    if (info.size == 0) break;
    if (info.state == emu::PageState::Committed) {
      auto& region = regions.emplace_back();
      region.base = info.base;
      region.bytes.resize(info.size);
      static_cast<void>(memory.raw().read(info.base, region.bytes));
    }
    at = info.base + info.size;
  }
  return regions;
}

GuestAddr export_of(process::Process& process, std::string_view name) {
  process::Module& program = *process.modules().at(process.modules().all().front().base);
  return process.modules().find_export(program, name).value_or(GuestAddr{});
}

/// The program as the loop has it before a run.
BareProgram bare_program(fuzz::GuestLoop& loop, std::span<const std::byte> input) {
  process::Process& process = loop.process();
  BareProgram program;
  program.regions = memory_of(process);
  program.registers = process.machine().registers().general();
  program.teb = process.machine().registers().fs_base();
  program.handler_return = process.system().ntdll().handler_return_address;
  program.handler_returned = process.system().ntdll().handler_returned;
  program.input = export_of(process, "lab_fuzz_input");
  loop.run(input);
  std::vector<std::byte> page(kPageSize);
  for (const auto& region : program.regions) {
    for (std::uint32_t at = 0; at < region.bytes.size(); at += kPageSize) {
      static_cast<void>(process.machine().memory().raw().read(region.base + at, page));
      if (std::memcmp(page.data(), region.bytes.data() + at, kPageSize) != 0) {
        program.written.push_back(region.base + at);
      }
    }
  }
  return program;
}

void loop_beside_bare(benchmark::State& state, const char* name, std::uint64_t faults) {
  const auto loop = loop_of(name);
  if (loop == nullptr) return state.SkipWithError("build the guest images");
  constexpr std::array<std::byte, 64> kInput{std::byte{1}, std::byte{2}};
  const BareProgram program = bare_program(*loop, kInput);
  const auto bare = BareLoop::open(program);
  if (bare == nullptr) return state.SkipWithError("the engine does not open");
  double lab_seconds = 0, bare_seconds = 0;
  std::uint64_t instructions = 0;
  // Rounds alternate, so that whatever else the machine does hits both.
  for ([[maybe_unused]] auto _ : state) {
    auto start = std::clock();
    for (int i = 0; i < kRuns; ++i) {
      const fuzz::Ending& ending = loop->run(kInput);
      if (ending.kind != trace::EndKind::Exited) return state.SkipWithError("a run went wrong");
      instructions = ending.instructions;
    }
    const double lab_round = seconds_since(start);
    start = std::clock();
    for (int i = 0; i < kRuns; ++i) {
      const BareLoop::Run run = bare->run(kInput);
      // The lab counts gates that are done, and no instruction that faulted: the bare engine has
      // the gate that ends the process, and each faulting instruction, besides.
      if (run.faults != faults || run.instructions != instructions + faults + 1) {
        return state.SkipWithError("the bare engine ran something else");
      }
    }
    bare_seconds += seconds_since(start);
    lab_seconds += lab_round;
    state.SetIterationTime(lab_round);
  }
  const double runs = kRuns * static_cast<double>(state.iterations());
  const auto counter = [&state](const char* of, double value) { state.counters[of] = value; };
  counter("runs/s", runs / lab_seconds);
  counter("us", lab_seconds * 1e6 / runs);
  counter("bare us", bare_seconds * 1e6 / runs);
  counter("of bare", bare_seconds / lab_seconds);
  counter("instructions", static_cast<double>(instructions));
  counter("pages reset", static_cast<double>(program.written.size()));
}

BENCHMARK_CAPTURE(loop_beside_bare, nothing, "fuzz_nothing.exe", 0)
    ->Name("fuzz: a run that does nothing")
    ->UseManualTime()
    ->Iterations(5);
BENCHMARK_CAPTURE(loop_beside_bare, three_faults, "fuzz_three_faults.exe", 3)
    ->Name("fuzz: three handled faults, 500 instructions")
    ->UseManualTime()
    ->Iterations(5);

}  // namespace
}  // namespace sehlab::bench
