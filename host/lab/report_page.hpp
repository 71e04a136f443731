// A report's page, from a run or from a saved trace.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "emu/result.hpp"
#include "host/lab/gather_moments.hpp"
#include "host/lab/run.hpp"
#include "host/report/page.hpp"

namespace sehlab::lab {

/// Listens to a run and writes its page at the end.
class RunReport {
 public:
  /// Whether the file can be written, before the program runs.
  [[nodiscard]] static Result<RunReport> open(const std::string& file,
                                              const process::Options& options,
                                              const std::string& watch);
  [[nodiscard]] std::vector<trace::Listener*> listeners();
  /// Tells it of the process before its first instruction.
  void begin(process::Process& process) { gather_->begin(process); }
  [[nodiscard]] Result<> write();

 private:
  RunReport() = default;
  std::string file_;
  report::PageFacts facts_;
  std::unique_ptr<report::PageTrace> trace_;
  std::unique_ptr<report::Moments> moments_;
  std::unique_ptr<GatherMoments> gather_;
};

/// Writes the page of a saved trace (docs/trace-format.md) to `file`.
[[nodiscard]] Result<> report_trace(const std::string& trace, const std::string& file);

}  // namespace sehlab::lab
