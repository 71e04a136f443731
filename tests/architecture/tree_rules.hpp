// Rules over the tree beside the includes: what CMake links, what CMake was told of, and words
// that say that something is unfinished.
#pragma once

#include <span>
#include <vector>

#include "tests/architecture/source_tree.hpp"

namespace sehlab::architecture {

/// A folder's CMakeLists.txt that links a folder which the include rules keep from it.
[[nodiscard]] std::vector<Finding> check_links(std::span<const SourceFile> tree);

/// A source file of emu/, host/ or tests/ that its folder's CMakeLists.txt does not list.
[[nodiscard]] std::vector<Finding> check_listed(std::span<const SourceFile> tree);

/// A call of the operating system outside emu/os, or one that only Linux has outside its one file.
[[nodiscard]] std::vector<Finding> check_system_calls(std::span<const SourceFile> tree);

/// A line with a mark of unfinished work.
[[nodiscard]] std::vector<Finding> check_unfinished(std::span<const SourceFile> tree);

/// A link in a Markdown file to a file that the tree does not have. Links to the web and within
/// a page are not looked at.
[[nodiscard]] std::vector<Finding> check_documents(std::span<const SourceFile> tree);

/// Source files of more than `limit` lines: a question to answer, not a crime (docs/style).
[[nodiscard]] std::vector<Finding> long_files(std::span<const SourceFile> tree, std::size_t limit);

}  // namespace sehlab::architecture
