// What every subcommand is: a name, its options on the parser, and a function that runs it and
// gives the exit code. One file a command; the list is in main.cpp.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace sehlab::cli {

/// Exit codes of `run` beside the guest's own (docs/cli.md).
enum ExitCode : int {
  kOk = 0,
  kFailed = 1,    ///< something was not as expected, or the watch reported
  kUsage = 2,     ///< bad input or usage
  kSkipped = 77,  ///< everything was skipped
  kBudget = 124,
  kLabFailed = 125,  ///< the lab failed, or met what it does not model
  kCannotRun = 126,
  kMissing = 127,
  kUnhandled = 139
};

/// Adds its subcommand to `app`; returns what runs it.
using Command = std::function<int()>;
Command add_completions(CLI::App& app);
Command add_debug(CLI::App& app);
Command add_demo(CLI::App& app);
Command add_explain(CLI::App& app);
Command add_fuzz(CLI::App& app);
Command add_learn(CLI::App& app);
Command add_gdb(CLI::App& app);
Command add_manual(CLI::App& app);
Command add_replay(CLI::App& app);
Command add_report(CLI::App& app);
Command add_run(CLI::App& app);
Command add_sweep(CLI::App& app);
/// The words of `sehlab sweep … -- PROGRAM ARG…`, argv's, such that the parser takes those behind
/// the -- for neither options nor faults. Others stay as they are.
std::vector<std::string> with_guest_words_marked(int argc, char** argv);
Command add_test(CLI::App& app);

}  // namespace sehlab::cli
