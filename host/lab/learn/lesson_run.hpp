// Running a lesson's guest: for the demonstration, whose trace lines are shown, and for the checks
// of an exercise.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "emu/result.hpp"
#include "host/lab/learn/lesson.hpp"
#include "host/scenario/verdict.hpp"

namespace sehlab::lab {

/// One line of the text trace in its parts: `sehlab run --trace` prints
/// "@ COUNT  thread 1  KIND WHAT  in PLACE  chain CHAIN".
struct ShownLine {
  std::string when;   ///< "@     39 783  "; with the thread where the run has several
  std::string text;   ///< KIND WHAT, as printed there
  std::string chain;  ///< "0019ff5c>0019ffb0"; empty where it says nothing new
};

/// A run of the demonstration.
struct ShownRun {
  std::vector<ShownLine> lines;
  std::string report;                       ///< the crash report, where it is shown
  std::string command;                      ///< of sehlab: what prints the whole trace
  std::vector<scenario::Failure> failures;  ///< what must happen and did not
};

/// `image`: the lesson's guest, built.
[[nodiscard]] Result<ShownRun> run_show(const Show& show, const std::filesystem::path& image);

/// What became of one check.
struct CheckResult {
  std::vector<scenario::Failure> failures;
  /// The check names a symbol that the program has not: "second" is no symbol …; empty: it has all.
  std::string missing;
  [[nodiscard]] bool holds() const { return failures.empty() && missing.empty(); }
};

[[nodiscard]] Result<CheckResult> run_check(const Check& check, const std::filesystem::path& image);

/// "run …" with the options of the scenario, for `program`: what follows `sehlab`.
[[nodiscard]] std::string run_command(const scenario::Scenario& scenario,
                                      const std::string& program);

}  // namespace sehlab::lab
