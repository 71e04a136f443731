// sehlab completions SHELL: what the shell needs to complete our commands.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>

#include "host/cli/command.hpp"
#include "host/cli/completions.hpp"

namespace sehlab::cli {

Command add_completions(CLI::App& app) {
  auto shell = std::make_shared<std::string>();
  CLI::App* completions = app.add_subcommand(
      "completions", "Print what makes a shell complete sehlab's commands and options");
  completions->add_option("SHELL", *shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  completions->footer(
      "  sehlab completions bash > ~/.local/share/bash-completion/completions/sehlab");
  return [shell, &app] {
    const std::string text = *shell == "bash"  ? bash_completions(app)
                             : *shell == "zsh" ? zsh_completions(app)
                                               : fish_completions(app);
    std::fputs(text.c_str(), stdout);
    return kOk;
  };
}

}  // namespace sehlab::cli
