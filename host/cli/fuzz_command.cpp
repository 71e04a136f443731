// sehlab fuzz run|replay|shrink|show|merge|mutants: fuzzing, by engines that people know already.
#include <CLI/CLI.hpp>
#include <utility>
#include <vector>

#include "host/cli/command.hpp"
#include "host/cli/fuzz_options.hpp"

namespace sehlab::cli {

Command add_fuzz(CLI::App& app) {
  CLI::App* fuzz = app.add_subcommand("fuzz", "Find inputs that break the chain, or your DLL");
  fuzz->require_subcommand(1);
  fuzz->footer(
      "Exit code: 0 no finding, 1 a finding, 2 bad input or usage,\n"
      "125 the lab failed. See docs/fuzzing.md.");
  std::vector<std::pair<CLI::App*, Command>> commands;
  for (Command (*add)(CLI::App&) : {add_fuzz_run, add_fuzz_replay, add_fuzz_shrink, add_fuzz_show,
                                    add_fuzz_merge, add_fuzz_mutants}) {
    Command command = add(*fuzz);
    commands.emplace_back(fuzz->get_subcommands({}).back(), std::move(command));
  }
  return [commands] {
    for (const auto& [subcommand, command] : commands) {
      if (subcommand->parsed()) return command();
    }
    return static_cast<int>(kUsage);
  };
}

}  // namespace sehlab::cli
