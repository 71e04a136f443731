// Suppression files: [[suppress]] tables of defect, owner and reason. docs/cli.md describes them.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "emu/result.hpp"

namespace sehlab::scenario {

struct Suppress {
  std::string defect;  ///< a defect's name, or a pattern with `*` and `?` that fits one
  std::string owner;   ///< "image!function", or such a pattern
  std::string reason;
};

/// An Error names file and line.
[[nodiscard]] Result<std::vector<Suppress>> parse_suppressions(std::string_view text,
                                                               const std::string& file);
/// The same of a file of a megabyte at most.
[[nodiscard]] Result<std::vector<Suppress>> read_suppressions(const std::filesystem::path& file);

}  // namespace sehlab::scenario
