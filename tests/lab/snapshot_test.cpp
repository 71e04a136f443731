// Snapshots of processes. What runs from one must run the same way each time: the same events, the
// same output, the same end, the same memory. The oracle is the run that came first.
#include "host/process/snapshot.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <mutex>
#include <ostream>
#include <set>
#include <streambuf>
#include <thread>

#include "host/lab/run.hpp"
#include "host/lab/scenario_lab.hpp"
#include "host/process/process.hpp"
#include "host/scenario/read_scenario.hpp"
#include "host/scenario/suite.hpp"
#include "host/trace/jsonl_writer.hpp"

namespace sehlab::lab {
namespace {

/// A checksum of all that goes in, which can be put back to what it was.
class Checksum final : public std::streambuf {
 public:
  std::uint64_t value = 0xcbf29ce484222325;  // FNV-1a's

 private:
  int_type overflow(int_type c) override {
    value = (value ^ static_cast<std::uint64_t>(c)) * 0x100000001b3;
    return c;
  }
};

std::uint64_t memory_checksum(emu::AddressSpace& space) {
  std::uint64_t sum = 0;
  std::array<std::uint64_t, kPageSize / 8> words{};
  for (std::uint64_t at = 0; at < 0xfffe0000;) {
    const emu::RegionInfo info = space.query(GuestAddr{static_cast<std::uint32_t>(at)});
    const std::uint64_t end = at + info.size;
    if (info.size == 0) break;
    for (; at < end; at += kPageSize) {
      if (info.state != emu::PageState::Committed) continue;
      if (!space.raw().read(GuestAddr{static_cast<std::uint32_t>(at)},
                            std::as_writable_bytes(std::span(words)))) {
        continue;
      }
      for (const std::uint64_t word : words) sum = sum * 0x9e3779b97f4a7c15 + word;
      sum += at + (info.protection.write ? 1 : 0) + (info.protection.execute ? 2 : 0);
    }
    at = end;
  }
  return sum;
}

/// What a run came to.
struct Result {
  trace::EndKind kind = trace::EndKind::Exited;
  std::uint32_t code = 0;
  std::string detail;
  std::uint64_t instructions = 0;
  std::size_t defects = 0;
  std::uint64_t events = 0, memory = 0;
  bool operator==(const Result&) const = default;
};

struct Rig {
  CapturedOutput output;
  Checksum checksum;
  std::ostream stream{&checksum};
  trace::JsonlWriter writer{stream};
  std::unique_ptr<process::Process> process;

  bool start(const process::Options& options) {
    auto made = process::Process::create(options, output, {&writer});
    if (!made) return false;
    process = std::move(*made);
    return true;
  }
  Result finish() {
    const process::End end = process->run();
    return {end.kind,
            end.code,
            end.detail,
            end.instructions,
            end.defects,
            checksum.value,
            memory_checksum(process->machine().memory())};
  }
};

/// Empty: all runs were the same.
std::string difference(const process::Options& options) {
  Rig rig;
  if (!rig.start(options)) return {};
  const std::uint64_t at_start = rig.checksum.value;
  const auto start = rig.process->take_snapshot();
  const Result first = rig.finish();

  rig.process->restore(*start);
  rig.checksum.value = at_start;
  if (rig.process->run_to(first.instructions / 2)) return "ended before the middle";
  const std::uint64_t at_middle = rig.checksum.value;
  const auto middle = rig.process->take_snapshot();
  if (rig.finish() != first) return "differs from the start on";

  rig.process->restore(*middle);
  rig.checksum.value = at_middle;
  if (rig.finish() != first) return "differs from the middle on";
  return {};
}

/// Every guest that a scenario runs, each way of running it once.
std::vector<process::Options> all_runs() {
  std::vector<process::Options> runs;
  std::set<std::string> seen;
  const scenario::Lab lab = scenario_lab();
  const auto files = scenario::find_scenarios({SEHLAB_SOURCE_DIR "/fixtures/scenarios"});
  REQUIRE(files);
  for (const auto& file : *files) {
    const auto read = scenario::read_scenario(file, lab.profiles);
    REQUIRE_MESSAGE(read.has_value(), read.error().text());
    scenario::Scenario one = *read;
    if (!one.skip.empty()) continue;
    if (one.listed_builds) {
      const auto builds = lab.builds(one.guest.value);
      REQUIRE(builds);
      one = one.with({builds->front().guest, one.guest.line});
    }
    process::Options options = options_of(one);
    std::string key = options.program.string();
    for (const std::string& argument : options.arguments) key += '\0' + argument;
    if (options.profile != nullptr) key += '\0' + std::string(options.profile->name);
    if (seen.insert(key).second) runs.push_back(std::move(options));
  }
  return runs;
}

}  // namespace

TEST_CASE("Every fixture runs the same way again, from its start and from its middle") {
  const std::vector<process::Options> runs = all_runs();
  CHECK(runs.size() > 200);
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::vector<std::string> differing;
  const auto work = [&] {
    for (std::size_t i = next++; i < runs.size(); i = next++) {
      const std::string how = difference(runs[i]);
      if (how.empty()) continue;
      std::string line = runs[i].program.filename().string();
      for (const std::string& argument : runs[i].arguments) line += " " + argument;
      const std::lock_guard lock(mutex);
      differing.push_back(line + ": " + how);
    }
  };
  std::vector<std::thread> threads(std::max(1u, std::thread::hardware_concurrency()));
  for (std::thread& thread : threads) thread = std::thread(work);
  for (std::thread& thread : threads) thread.join();
  for (const std::string& line : differing) MESSAGE(line);
  CHECK(differing.empty());
}

}  // namespace sehlab::lab
