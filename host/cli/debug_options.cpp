#include "host/cli/debug_options.hpp"

#include <CLI/CLI.hpp>
#include <utility>

#include "host/cli/command.hpp"
#include "host/cli/console.hpp"
#include "host/seh/profile.hpp"

namespace sehlab::cli {

void add_debug_options(CLI::App& command, DebugArguments& arguments) {
  arguments.profile = std::string(seh::profiles().front().name);
  std::vector<std::string> profile_names;
  for (const seh::Profile& profile : seh::profiles()) profile_names.emplace_back(profile.name);
  command.add_option("--watch", arguments.watch, "The chain watch")
      ->check(CLI::IsMember({"off", "report", "strict"}))
      ->capture_default_str();
  command.add_option("--profile", arguments.profile, "Whose rules apply")
      ->check(CLI::IsMember(profile_names))
      ->capture_default_str();
  command.add_flag("--sehop", arguments.sehop,
                   "Walk the whole chain before each dispatch, as where SEHOP is switched on");
  command.add_option("--seed", arguments.seed, "Seed of schedule and random numbers")
      ->check(CLI::NonNegativeNumber)
      ->type_name("N");
  command
      .add_option("--sandbox", arguments.sandbox,
                  "A folder that the program has as C:\\lab; what it writes there is not kept")
      ->type_name("DIR");
  command
      .add_option("--inject", arguments.injections,
                  "Step in: \"at=PLACE fault=WORD …\", repeatable (docs/injection.md)")
      ->allow_extra_args(false)
      ->type_name("SPEC");
  command.add_option("--dll-path", arguments.dll_folders, "Folder to search for DLLs, repeatable")
      ->type_name("DIR");
}

int DebuggedRun::begin(const DebugArguments& arguments, const std::vector<std::string>& words,
                       std::string_view command, process::Output& streams) {
  const std::string name(command);
  if (words.empty()) return complain(name + ": PROGRAM.exe is missing", kUsage);
  if (words.front().starts_with("-")) {
    return complain(name + ": unknown option " + words.front(), kUsage);
  }
  options_.program = words.front();
  options_.arguments.assign(words.begin() + 1, words.end());
  options_.system_folder = lab::system_folder();
  options_.dll_folders.assign(arguments.dll_folders.begin(), arguments.dll_folders.end());
  options_.profile = seh::find_profile(arguments.profile);
  options_.sehop = arguments.sehop;
  options_.seed = arguments.seed;
  options_.watch = lab::watch_mode(arguments.watch).value_or(watch::Mode::Report);
  options_.trace_gates = true;
  sandbox_ = process::Sandbox(arguments.sandbox);
  if (!arguments.sandbox.empty()) options_.sandbox = &sandbox_;
  auto injections = lab::Injections::parse(arguments.injections, arguments.seed);
  if (!injections) return complain(injections.error().text(), kUsage);
  injections_ = std::move(*injections);
  options_.intervention = injections_.intervention();
  auto timeline = lab::Timeline::begin(options_, streams);
  if (!timeline) {
    const bool usage = timeline.error().sandbox || timeline.error().injection;
    return complain(lab::refusal(timeline.error()), timeline.error().missing ? kMissing
                                                    : usage                  ? kUsage
                                                                             : kCannotRun);
  }
  timeline_ = std::move(*timeline);
  return kOk;
}

}  // namespace sehlab::cli
