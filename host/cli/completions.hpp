// Completion scripts for shells, made from the parser: they know what it knows.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace sehlab::cli {

// Commands, their commands (`fuzz run`) and options; anything else is completed as a file name.
[[nodiscard]] std::string bash_completions(const CLI::App& app);
[[nodiscard]] std::string zsh_completions(const CLI::App& app);
[[nodiscard]] std::string fish_completions(const CLI::App& app);

}  // namespace sehlab::cli
