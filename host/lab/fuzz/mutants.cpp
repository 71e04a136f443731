#include "host/lab/fuzz/mutants.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <string_view>
#include <system_error>

#include "host/fuzz/sequence/shrinker.hpp"
#include "host/lab/child.hpp"
#include "host/lab/fuzz/artifacts.hpp"
#include "host/lab/fuzz/engine_status.hpp"
#include "host/lab/fuzz/engine_verdict.hpp"
#include "host/lab/scratch_folder.hpp"
#include "host/trace/near_miss.hpp"
#include "lab/sequence.h"

namespace sehlab::lab {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kTick{200}, kGrace{3000};
// Each is a process of its own.
constexpr std::size_t kMostTries = 600;
constexpr std::chrono::seconds kMostShrinking{60};

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

class Hunter {
 public:
  Hunter(const HuntRequest& request, fs::path folder)
      : request_(request), folder_(std::move(folder)) {}

  Result<Hunt> run() {
    const Artifacts artifacts({folder_});
    if (auto made = make_folder(folder_ / "corpus"); !made)
      return tl::make_unexpected(made.error());
    if (auto engine = run_engine(); !engine) return tl::make_unexpected(engine.error());
    const auto kept = artifacts.fresh();
    if (kept.empty()) return std::move(hunt_);
    hunt_.failure.clear();
    auto input = read_input(kept.front());
    if (!input) return tl::make_unexpected(input.error());
    hunt_.shrunk = *input;
    const auto shown = signature_of(*input);
    if (!shown) return tl::make_unexpected(shown.error());
    hunt_.found = !shown->empty();
    hunt_.signature = *shown;
    if (!hunt_.found) {
      hunt_.failure = "what stopped the engine did not come again";
      return std::move(hunt_);
    }
    if (auto done = shrink(); !done) return tl::make_unexpected(done.error());
    return std::move(hunt_);
  }

 private:
  [[nodiscard]] bool stopped() const { return request_.stopped && request_.stopped(); }
  [[nodiscard]] std::string program() const {
    return (request_.folder / "mutants" / request_.mutant.name).string();
  }
  void tell(const std::string& text) const {
    if (request_.progress) request_.progress(text);
  }

  Result<> run_engine() {
    ChildCommand command{{program(), fmt::format("-max_total_time={}", request_.seconds),
                          fmt::format("-max_len={}", LAB_SEQ_MOST_OPS * LAB_SEQ_OP_BYTES),
                          "-print_final_stats=1", "-artifact_prefix=" + folder_.string() + "/"},
                         {}};
    if (request_.seed != 0) command.words.push_back(fmt::format("-seed={}", request_.seed));
    command.words.push_back((folder_ / "corpus").string());
    const auto start = Clock::now();
    auto child = Child::start(command);
    if (!child) return tl::make_unexpected(child.error());
    EngineStatus status;
    std::string last;
    const auto take = [&](std::string_view line) {
      if (!read_libfuzzer_line(line, status)) last = line.substr(0, 400);
    };
    while (!child->ended() && !stopped()) {
      child->read_lines(kTick, take);
      tell(fmt::format("{:.0f} s, {} executions", seconds_since(start), status.executions));
    }
    child->end(kGrace, take);
    hunt_.seconds = seconds_since(start);
    hunt_.executions = status.executions;
    if (const int code = child->ended().value_or(0); code != 0) {
      hunt_.failure = fmt::format("the engine ended with {}: {}", code, last);
    }
    return {};
  }

  Result<std::string> signature_of(std::span<const std::byte> input) {
    const fs::path file = folder_ / "try";
    if (auto written = write_file(file, input); !written) {
      return tl::make_unexpected(written.error());
    }
    auto verdict = ask_engine(program(), file);
    if (!verdict) return tl::make_unexpected(verdict.error());
    return std::move(verdict->signature);
  }

  Result<> shrink() {
    const auto start = Clock::now();
    const auto* octets = reinterpret_cast<const std::uint8_t*>(hunt_.shrunk.data());
    fuzz::sequence::Shrinker shrinker({octets, hunt_.shrunk.size()});
    for (std::size_t tried = 0; tried < kMostTries && !stopped(); ++tried) {
      if (Clock::now() - start > kMostShrinking) break;
      const auto smaller = shrinker.next();
      if (!smaller) break;
      const auto shown = signature_of(std::as_bytes(*smaller));
      if (!shown) return tl::make_unexpected(shown.error());
      shrinker.answer(*shown == hunt_.signature);
      tell(fmt::format("shrinking: {} bytes, {} tried", shrinker.best().size(), tried));
    }
    const auto best = std::as_bytes(shrinker.best());
    hunt_.shrunk.assign(best.begin(), best.end());
    return {};
  }

  const HuntRequest& request_;
  fs::path folder_;
  Hunt hunt_;
};

}  // namespace

Result<std::vector<Mutant>> find_mutants(const fs::path& folder,
                                         std::span<const std::string> wanted) {
  const fs::path list = folder / "mutants.txt";
  const auto bytes = read_input(list);
  if (!bytes) {
    return fail(
        list.string(),
        "there is no list of mutants: a build of the lab has them, where clang's libFuzzer is "
        "(libclang-rt-14-dev on Debian 12, libclang-rt-19-dev on 13); an installation has none");
  }
  std::vector<Mutant> all;
  std::vector<std::string_view> names;
  std::string_view text(reinterpret_cast<const char*>(bytes->data()), bytes->size());
  for (int line = 1; !text.empty(); ++line) {
    const std::string_view one = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), one.size() + 1));
    if (one.empty()) continue;
    const std::size_t bar = one.find('|');
    if (bar == one.npos || bar == 0 || one.substr(0, bar).find('/') != one.npos) {
      return fail(fmt::format("{}:{}", list.string(), line), "is no line NAME|what was planted");
    }
    all.push_back({std::string(one.substr(0, bar)), std::string(one.substr(bar + 1))});
  }
  if (wanted.empty()) return all;
  for (const Mutant& mutant : all) names.push_back(mutant.name);
  std::vector<Mutant> chosen;
  for (const std::string& name : wanted) {
    const auto mutant = std::ranges::find(all, name, &Mutant::name);
    if (mutant == all.end()) {
      return fail(name, "is no mutant" + trace::did_you_mean(name, names));
    }
    chosen.push_back(*mutant);
  }
  return chosen;
}

Result<Hunt> hunt(const HuntRequest& request) {
  auto folder = ScratchFolder::make();
  if (!folder) return tl::make_unexpected(folder.error());
  return Hunter(request, folder->path()).run();
}

}  // namespace sehlab::lab
