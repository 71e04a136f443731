// The suite: finds scenario files, runs each through what the lab plugs in, and tells reporters.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "emu/result.hpp"
#include "host/scenario/scenario.hpp"
#include "host/scenario/verdict.hpp"
#include "host/trace/listener.hpp"

namespace sehlab::scenario {

/// Runs the scenario's guest and tells the listener of every event. A guest that cannot be run
/// is a RunResult (End::Refused); an Error means that the lab could not even try.
using RunScenario = std::function<Result<RunResult>(const Scenario&, trace::Listener&)>;
/// All symbols that the scenario's guest and the DLLs it uses have, as "image!symbol". An Error
/// when the guest cannot be read: then symbols are not checked, and the run says why.
using SymbolsOf = std::function<Result<std::vector<std::string>>(const Scenario&)>;

/// Whether the lab can carry out the scenario's injections in its guest; an Error with file and
/// line.
using CheckInjections = std::function<Result<>(const Scenario&)>;

/// One of the ways in which a program was built.
struct Build {
  std::string guest;     ///< the image's file name
  bool always = true;    ///< false: run where all builds are asked for
  std::string absent{};  ///< why it was not built; empty: it was, and must be there
};
/// All builds of a program, as the build system lists them.
using BuildsOf = std::function<Result<std::vector<Build>>(const std::string& program)>;

/// What the lab plugs in.
struct Lab {
  RunScenario run;
  SymbolsOf symbols;                  ///< may be empty: symbols are not checked
  std::vector<std::string> profiles;  ///< known names; empty: not checked
  BuildsOf builds;
  /// Runs the scenario's sweep: what is not as expected of it.
  std::function<Result<std::vector<Failure>>(const Scenario&)> sweep;
  CheckInjections injections;  ///< may be empty: they are not checked
  /// Keeps a report of a scenario that failed, for people: its path. May be empty: none is kept.
  std::function<Result<std::string>(const Scenario&)> report{};
};

enum class Status : std::uint8_t {
  Passed,
  Failed,
  Skipped,
  Broken  ///< the scenario file is at fault, or the lab could not run it
};

/// One scenario file, done.
struct Outcome {
  std::filesystem::path file{};
  std::string title{};  ///< the file's name when it could not be read
  Status status = Status::Passed;
  std::vector<Failure> failures{};   ///< Failed
  std::string message{};             ///< Broken: the error; Skipped: the reason
  std::vector<std::string> notes{};  ///< what was left out, and why
  std::string reproduce{};           ///< a command that runs the guest in the same way
  std::string report{};              ///< Failed: the page that was kept; empty: none
  double seconds = 0;
  std::optional<bool> golden_changed{};  ///< set when --update wrote or confirmed it
};

struct Summary {
  std::size_t passed = 0, failed = 0, skipped = 0, broken = 0;
  double seconds = 0;
};

/// Told of each scenario as it is done, and of the end.
class Reporter {
 public:
  virtual ~Reporter() = default;
  virtual void done(const Outcome& outcome) = 0;
  virtual void end(const Summary& summary) = 0;
};

/// All *.toml files that the paths name or hold, folders recursively; each folder's sorted, in
/// the order of the paths, each file once. A path that does not exist, or no scenario at all, is
/// an Error.
[[nodiscard]] Result<std::vector<std::filesystem::path>> find_scenarios(
    const std::vector<std::filesystem::path>& paths);

/// The symbols and injections that a scenario names must be the guest's; the Error has the line.
[[nodiscard]] Result<> check_names(const Scenario& scenario, const Lab& lab);

/// How scenarios are run. With several jobs the lab's functions are called from several threads at
/// a time; reporters hear of one scenario after the other, in the order of the files, as ever.
struct Running {
  bool update = false;  ///< golden traces are written if all else is as expected
  unsigned jobs = 1;
  bool all_builds = false;  ///< the builds that are not run always, too
  bool golden = true;       ///< golden traces are compared
};

[[nodiscard]] Outcome run_one(const std::filesystem::path& file, const Lab& lab, Running running);

Summary run_all(const std::vector<std::filesystem::path>& files, const Lab& lab, Running running,
                const std::vector<Reporter*>& reporters);

/// 0 all as expected, 1 something failed, 2 a scenario is at fault, 77 all were skipped.
[[nodiscard]] int exit_code(const Summary& summary);

}  // namespace sehlab::scenario
