// A report's page, from a run or from a saved trace.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "emu/result.hpp"
#include "host/lab/gather_moments.hpp"
#include "host/lab/run.hpp"
#include "host/report/page.hpp"

namespace sehlab::lab {

/// The instructions at which a trace's faults, dispatches, exposures and defects come.
class TurningPoints final : public trace::Listener {
 public:
  [[nodiscard]] bool wants(const trace::Payload& payload) const override;
  [[nodiscard]] bool wants_chain(const trace::Payload&) const override { return false; }
  void on_event(const trace::Event& event) override;
  /// Ascending, none twice; the first RunReport::kMostSteps.
  std::vector<std::uint64_t> instructions;
};

/// Listens to a run and writes its page at the end.
class RunReport {
 public:
  /// Whether the file can be written, before the program runs. `sources`: folders below which the
  /// source files may be read that debug information names.
  [[nodiscard]] static Result<RunReport> open(const std::string& file,
                                              const process::Options& options,
                                              const std::string& watch,
                                              const std::vector<std::filesystem::path>& sources);
  [[nodiscard]] std::vector<trace::Listener*> listeners();
  /// Tells it of the process before its first instruction.
  void begin(process::Process& process) { gather_->begin(process); }
  /// Runs the program once more, for registers and code at each of the `around` instructions
  /// before and behind each fault, dispatch, exposure and defect; at most kMostSteps in all.
  void add_steps(const process::Options& options, const std::vector<std::string>& input,
                 std::uint64_t around);
  static constexpr std::size_t kMostSteps = 20'000;
  [[nodiscard]] Result<> write();

 private:
  RunReport() = default;
  std::string file_;
  report::PageFacts facts_;
  std::unique_ptr<report::PageTrace> trace_;
  std::unique_ptr<report::Moments> moments_;
  std::unique_ptr<SourceFiles> sources_;
  std::unique_ptr<GatherMoments> gather_;
  std::unique_ptr<TurningPoints> turns_;
};

/// Writes the page of a saved trace (docs/trace-format.md) to `file`.
[[nodiscard]] Result<> report_trace(const std::string& trace, const std::string& file);

}  // namespace sehlab::lab
