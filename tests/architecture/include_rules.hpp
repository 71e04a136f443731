// The rules of who may include whom, as data: this table is the architecture that
// docs/architecture.md draws.
#pragma once

#include <span>
#include <string_view>

namespace sehlab::architecture {

/// What the files of one folder may include with quotes, beside their own folder. An entry that
/// ends in '/' is a whole folder with all below it; any other is one file.
struct FolderRule {
  std::string_view folder;
  std::span<const std::string_view> may_include;
};

/// A library from outside: which includes are its, and where they may stand.
struct LibraryRule {
  std::string_view prefix;                  ///< of the name between < and >
  std::span<const std::string_view> where;  ///< folders (ending in '/') or files
  bool in_one_source_file = false;          ///< exactly one file in there
};

/// The rule for the longest folder that holds `path`, or nullptr.
[[nodiscard]] const FolderRule* rule_of(std::string_view path);
[[nodiscard]] std::span<const FolderRule> folder_rules();
[[nodiscard]] std::span<const LibraryRule> library_rules();

/// Is `path` one of `entries`, or below one that is a folder?
[[nodiscard]] bool matches(std::string_view path, std::span<const std::string_view> entries);

}  // namespace sehlab::architecture
