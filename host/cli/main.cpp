// sehlab: the command line.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "emu/os/standard_streams.hpp"
#include "host/cli/command.hpp"
#include "host/cli/console.hpp"
#include "host/cli/version.hpp"

namespace sehlab::cli {
namespace {

/// What was printed is there to be read, or it was not done.
int printed(int code) {
  const bool whole = std::cout.flush().good() && std::fflush(stdout) == 0 && !std::ferror(stdout);
  if (whole || code != kOk) return code;
  return complain("standard output cannot be written", kLabFailed);
}

}  // namespace
}  // namespace sehlab::cli

int main(int argc, char** argv) {
  using namespace sehlab::cli;
  sehlab::os::hold_standard_streams();
  CLI::App app{"A lab for 32-bit x86 structured exception handling that needs no Windows."};
  app.require_subcommand(1);
  app.set_version_flag("--version", version_text);
  app.get_formatter()->column_width(34);

  std::vector<std::pair<CLI::App*, Command>> commands;
  for (Command (*add)(CLI::App&) :
       {add_demo, add_learn, add_run, add_report, add_test, add_sweep, add_replay, add_gdb,
        add_debug, add_fuzz, add_explain, add_completions, add_manual}) {
    Command command = add(app);
    commands.emplace_back(app.get_subcommands({}).back(), std::move(command));
  }
  try {
    const std::vector<std::string> words = with_guest_words_marked(argc, argv);
    std::vector<const char*> pointers;
    for (const std::string& word : words) pointers.push_back(word.c_str());
    app.parse(static_cast<int>(pointers.size()), pointers.data());
  } catch (const CLI::ParseError& error) {
    // CLI11 would say that a command is required, not which word was none.
    const std::vector<std::string> unknown = app.remaining();
    if (app.get_subcommands().empty() && !unknown.empty() && error.get_exit_code() != 0) {
      std::fprintf(stderr, "sehlab: there is no command or option \"%s\"; try sehlab --help\n",
                   unknown.front().c_str());
      return kUsage;
    }
    // CLI11's own exit codes would collide with the guest's: usage is 2, help and version are 0.
    return app.exit(error) == 0 ? printed(kOk) : kUsage;
  }
  for (const auto& [subcommand, command] : commands) {
    if (subcommand->parsed()) return printed(command());
  }
  return kUsage;
}
