// The commands and options that the parser knows, for what is written from them.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <utility>
#include <vector>

namespace sehlab::cli {

struct TreeOption {
  std::vector<std::string> names;  ///< "-o", "--report"; of a word without a dash its name
  std::string description;
  std::string type;  ///< of its value: "FILE"; may be empty
  bool takes_value = false;
  bool positional = false;
};

/// One place in the tree of commands: "", "run", "fuzz run".
struct CommandPlace {
  std::vector<std::string> words;
  std::string description, footer;
  std::vector<std::pair<std::string, std::string>> commands;  ///< name, description
  std::vector<TreeOption> options;
};

/// The program itself first, each command before those below it.
[[nodiscard]] std::vector<CommandPlace> command_tree(const CLI::App& app);

}  // namespace sehlab::cli
