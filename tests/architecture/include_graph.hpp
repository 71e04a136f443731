// The #include graph of a tree of sources, checked against the table of include_rules.hpp.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tests/architecture/source_tree.hpp"

namespace sehlab::architecture {

struct Include {
  std::string name;    ///< as written, without its quotes or brackets
  bool angle = false;  ///< <name>, not "name"
  std::size_t line = 0;
};

/// Every #include line of a C, C++ or preprocessed assembly file.
[[nodiscard]] std::vector<Include> includes_of(const SourceFile& file);

/// Path of the file that `include` means when it stands in `from`: beside it, from the top, or
/// from one of the two folders on the guest's path; empty when the tree has none.
[[nodiscard]] std::string resolve(std::string_view from, const Include& include,
                                  std::span<const SourceFile> tree);

/// Everything in `tree` that breaks a rule.
[[nodiscard]] std::vector<Finding> check_includes(std::span<const SourceFile> tree);

}  // namespace sehlab::architecture
