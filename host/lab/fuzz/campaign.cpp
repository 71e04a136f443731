#include "host/lab/fuzz/campaign.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <fstream>
#include <system_error>
#include <utility>

#include "host/lab/fuzz/artifacts.hpp"
#include "host/lab/fuzz/input_files.hpp"

namespace sehlab::lab {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kTick{200}, kGrace{5000};
constexpr double kOverdue = 30;            // seconds beyond the time that an engine was given
constexpr std::size_t kLastLines = 12;     // of an engine that failed
constexpr int kLibFuzzerInterrupted = 72;  // libFuzzer's own exit codes (LLVM 14, FuzzerOptions.h)
constexpr int kLibFuzzerFound = 77, kLibFuzzerTimeout = 70, kLibFuzzerMemory = 71;

class Campaign {
 public:
  explicit Campaign(const CampaignRequest& request)
      : request_(request), run_(request.run), artifacts_(finding_folders()) {}

  Result<CampaignAnswer> run() {
    if (auto made = prepare(); !made) return tl::make_unexpected(made.error());
    if (auto started = start(); !started) return tl::make_unexpected(started.error());
    while (!over()) {
      for (Started& engine : engines_) listen(engine);
      if (run_.engine == Engine::Afl) read_afl();
      count_findings();
      if (request_.progress) request_.progress(answer_.status, seconds());
    }
    for (Started& engine : engines_) {
      engine.child.end(kGrace, [&](std::string_view line) { take(engine, line); });
    }
    answer_.seconds = seconds();
    if (run_.engine == Engine::Afl) read_afl();
    answer_.artifacts = artifacts_.fresh();
    answer_.status.findings = answer_.artifacts.size();
    judge_ends();
    log_.flush();
    if (run_.engine == Engine::Afl) {
      if (auto kept = keep_afl_queue(); !kept) return tl::make_unexpected(kept.error());
    }
    return std::move(answer_);
  }

 private:
  struct Started {
    Child child;
    std::string name;
    EngineStatus status{};
    std::deque<std::string> last{};
  };

  [[nodiscard]] std::vector<fs::path> instance_folders() const {
    std::vector<fs::path> folders;
    for (unsigned i = 0; i < run_.jobs; ++i) {
      folders.push_back(afl_folder(run_) / afl_instance_name(i));
    }
    return folders;
  }
  [[nodiscard]] std::vector<fs::path> finding_folders() const {
    if (run_.engine == Engine::LibFuzzer) return {artifact_folder(run_)};
    std::vector<fs::path> folders;
    for (const fs::path& folder : instance_folders()) {
      folders.push_back(folder / "crashes");
      folders.push_back(folder / "hangs");
    }
    return folders;
  }
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(Clock::now() - start_).count();
  }

  Result<> prepare() {
    for (const fs::path& folder : {run_.out, corpus_folder(run_), artifact_folder(run_)}) {
      if (auto made = make_folder(folder); !made) return made;
    }
    answer_.log = run_.out / "engine.log";
    log_.open(answer_.log, std::ios::binary | std::ios::trunc);
    if (!log_) return fail(answer_.log.string(), "cannot be written");
    return run_.engine == Engine::Afl ? gather_seeds() : Result<>();
  }

  /// afl-fuzz reads one folder, and wants an input in it.
  Result<> gather_seeds() {
    const fs::path seeds = afl_seed_folder(run_);
    if (auto made = make_folder(seeds); !made) return made;
    if (auto made = write_file(seeds / "zeros", std::string_view("\0\0\0\0", 4)); !made) {
      return made;
    }
    std::vector<fs::path> folders = run_.corpora;
    folders.push_back(corpus_folder(run_));
    for (const fs::path& folder : folders) {
      const auto files = input_files(folder);
      if (!files) return tl::make_unexpected(files.error());
      for (const fs::path& file : *files) {
        std::error_code error;
        fs::copy_file(file, seeds / file.filename(), fs::copy_options::overwrite_existing, error);
        if (error) return fail(file.string(), "cannot be copied: " + error.message());
      }
    }
    return {};
  }

  Result<> start() {
    const unsigned children = run_.engine == Engine::Afl ? run_.jobs : 1;
    start_ = Clock::now();
    for (unsigned i = 0; i < children; ++i) {
      const ChildCommand command = run_.engine == Engine::Afl
                                       ? afl_command(run_, request_.program, i)
                                       : libfuzzer_command(run_, request_.program);
      if (request_.command) request_.command(shell_line(command));
      log_ << "$ " << shell_line(command) << "\n";
      auto child = Child::start(command);
      if (!child) return tl::make_unexpected(child.error());
      engines_.push_back(
          {std::move(*child), run_.engine == Engine::Afl ? afl_instance_name(i) + ": " : ""});
    }
    return {};
  }

  void listen(Started& engine) {
    engine.child.read_lines(kTick / static_cast<int>(engines_.size()),
                            [&](std::string_view line) { take(engine, line); });
  }

  void take(Started& engine, std::string_view line) {
    log_ << engine.name << line << "\n";
    if (run_.engine == Engine::LibFuzzer && read_libfuzzer_line(line, answer_.status)) return;
    engine.last.emplace_back(line.substr(0, 400));
    if (engine.last.size() > kLastLines) engine.last.pop_front();
  }

  void read_afl() {
    EngineStatus all;
    bool some = false;
    for (const fs::path& folder : instance_folders()) {
      // The plot is written every five seconds, the statistics at the end.
      std::optional<EngineStatus> status;
      for (const char* leaf : {"plot_data", "fuzzer_stats"}) {
        std::ifstream file(folder / leaf, std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        const auto read = leaf[0] == 'p' ? read_afl_plot(text) : read_afl_stats(text);
        if (read && (!status || read->executions >= status->executions)) status = read;
      }
      if (!status) continue;
      all = some ? together(all, *status) : *status;
      some = true;
    }
    if (some) answer_.status = all;
  }

  /// Engines count those of earlier runs as well, or each time that they meet one.
  void count_findings() { answer_.status.findings = artifacts_.fresh().size(); }

  bool over() {
    if (request_.stopped && request_.stopped()) return answer_.interrupted = true;
    if (run_.engine == Engine::Afl && !run_.keep_going && answer_.status.findings != 0) return true;
    if (run_.seconds != 0 && seconds() > static_cast<double>(run_.seconds) + kOverdue) return true;
    return std::ranges::all_of(engines_, [](Started& e) { return e.child.ended().has_value(); });
  }

  void judge_ends() {
    for (Started& engine : engines_) {
      const int code = engine.child.ended().value_or(0);
      const bool found =
          code == kLibFuzzerFound || code == kLibFuzzerTimeout || code == kLibFuzzerMemory;
      if (code == 0 || code == kLibFuzzerInterrupted || answer_.interrupted) continue;
      if (found && !answer_.artifacts.empty()) continue;
      // Ended by us: a finding was there, or its time was over.
      if (run_.engine == Engine::Afl && !answer_.artifacts.empty()) continue;
      answer_.failure += fmt::format("{}{}\n", engine.name,
                                     code >= 1000 ? fmt::format("ended by signal {}", code - 1000)
                                                  : fmt::format("ended with exit code {}", code));
      for (const std::string& line : engine.last) answer_.failure += "  " + line + "\n";
    }
  }

  /// What AFL++ keeps becomes part of the corpus, as far as it reaches what that does not.
  Result<> keep_afl_queue() {
    const auto program = engine_program(run_.guest, Engine::LibFuzzer);
    std::vector<fs::path> queues;
    for (const fs::path& folder : instance_folders()) {
      std::error_code error;
      if (fs::is_directory(folder / "queue", error)) queues.push_back(folder / "queue");
    }
    if (!program || queues.empty()) return {};
    auto merge = Child::start(merge_command(run_, *program, corpus_folder(run_), queues));
    if (!merge) return tl::make_unexpected(merge.error());
    while (!merge->ended()) {
      merge->read_lines(kTick, [&](std::string_view line) { log_ << line << "\n"; });
      if (!answer_.interrupted && request_.stopped && request_.stopped()) break;
    }
    return {};
  }

  const CampaignRequest& request_;
  const FuzzRun& run_;
  Artifacts artifacts_;
  CampaignAnswer answer_;
  std::ofstream log_;
  std::vector<Started> engines_;
  Clock::time_point start_;
};

}  // namespace

Result<CampaignAnswer> run_campaign(const CampaignRequest& request) {
  return Campaign(request).run();
}

}  // namespace sehlab::lab
