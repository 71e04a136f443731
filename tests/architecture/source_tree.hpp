// SourceFile: one file of the project as text, with its path from the top of the tree. The checks
// of tests/architecture work on lists of these, so that a made-up tree can be checked as well.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sehlab::architecture {

struct SourceFile {
  std::string path;  ///< from the top of the tree, with '/': "host/seh/chain.hpp"
  std::string text;
};

/// What a check has against a line. `line` 0 speaks of the file, or of the tree when `path` is
/// empty.
struct Finding {
  std::string path;
  std::size_t line = 0;
  std::string what;
  bool operator==(const Finding&) const = default;
};

/// Each of `names` under `root`, a file or a folder with every regular file in it; in order of
/// path.
[[nodiscard]] std::vector<SourceFile> read_tree(const std::string& root,
                                                std::span<const std::string_view> names);

/// "path:line: what", one a line.
[[nodiscard]] std::string to_text(std::span<const Finding> findings);

[[nodiscard]] std::vector<std::string_view> lines_of(std::string_view text);
/// "host/seh" of "host/seh/chain.hpp"; empty for a file at the top.
[[nodiscard]] std::string_view folder_of(std::string_view path);

}  // namespace sehlab::architecture
