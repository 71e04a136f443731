// Scenarios: files that say how a program is run and what must happen (docs/scenarios.md), as
// `sehlab test` runs them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "host/api/sehlab/error.hpp"

namespace sehlab {

/// What became of one scenario.
struct Verdict {
  enum class Status : std::uint8_t {
    Passed,
    Failed,
    Skipped,
    Broken  ///< the file is at fault, or the lab could not run it
  };
  /// An expectation that does not hold.
  struct Failure {
    std::string expectation;  ///< its key: "handlers"
    int line = 0;             ///< of the file
    std::string expected, got;
  };

  std::filesystem::path file;
  std::string title;
  Status status = Status::Passed;
  std::vector<Failure> failures;
  std::string message;             ///< why it was skipped, or what is wrong with the file
  std::vector<std::string> notes;  ///< what was left out, and why
  std::string reproduce;           ///< of one that failed: a command that runs the guest so
  double seconds = 0;
  std::string report;  ///< what `sehlab test` prints of it

  [[nodiscard]] bool passed() const { return status == Status::Passed; }
};
/// Its report: what a failing assertion shows.
std::ostream& operator<<(std::ostream& out, const Verdict& verdict);

struct ScenarioOptions {
  bool update = false;          ///< write golden traces anew where all else is as expected
  bool all_builds = false;      ///< of programs of which there are several
  bool golden = true;           ///< compare golden traces
  unsigned jobs = 1;            ///< at the same time
  std::filesystem::path junit;  ///< the results as JUnit XML; empty: no
  std::function<void(const Verdict& verdict)> each;  ///< told of one after the other
};

/// Runs scenario files and folders of them, and gives a verdict for each file, in order. Throws
/// LabError when a path is not there or holds none, and when the JUnit file cannot be written.
[[nodiscard]] std::vector<Verdict> run_scenarios(const std::vector<std::filesystem::path>& paths,
                                                 const ScenarioOptions& options = {});
/// The same as `sehlab test --json` has it.
[[nodiscard]] std::string run_scenarios_json(const std::vector<std::filesystem::path>& paths,
                                             const ScenarioOptions& options = {});

}  // namespace sehlab
