#include "tests/architecture/include_graph.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>

#include "tests/architecture/include_rules.hpp"

namespace sehlab::architecture {

namespace {

constexpr std::string_view kBlanks = " \t";

std::string_view without_leading_blanks(std::string_view text) {
  return text.substr(std::min(text.find_first_not_of(kBlanks), text.size()));
}

bool is_preprocessed(std::string_view path) {
  constexpr std::array<std::string_view, 7> kEndings{".hpp", ".cpp", ".h",  ".c",
                                                     ".S",   ".inc", ".def"};
  return std::ranges::any_of(kEndings,
                             [&](std::string_view ending) { return path.ends_with(ending); });
}

/// A C++ standard header has neither a folder nor an ending: <vector>, <cstdint>.
bool is_standard(std::string_view name) {
  return name.find_first_of("/.") == std::string_view::npos;
}

/// Guest programs have the C runtime's own headers; those that mingw-w64 compiles have its.
bool is_guest_runtime(const SourceFile& file, const Include& include,
                      std::span<const SourceFile> tree) {
  if (!file.path.starts_with("guest/") || file.path.starts_with("guest/system/")) return false;
  if (file.path.starts_with("guest/mingw/")) return true;
  const std::string path = "guest/crt/include/" + include.name;
  return std::ranges::any_of(tree, [&](const SourceFile& one) { return one.path == path; });
}

void check_library(const SourceFile& file, const Include& include, std::span<const SourceFile> tree,
                   std::vector<Finding>& findings) {
  if (is_guest_runtime(file, include, tree)) return;
  if (is_standard(include.name)) {
    if (file.path.starts_with("guest/")) {
      findings.push_back(
          {file.path, include.line, "guest code has no C++ library: <" + include.name + ">"});
    }
    return;
  }
  bool known = false;
  for (const LibraryRule& rule : library_rules()) {
    if (!include.name.starts_with(rule.prefix)) continue;
    if (matches(file.path, rule.where)) return;
    known = true;
  }
  findings.push_back(
      {file.path, include.line,
       known ? "<" + include.name + "> has no place in " + std::string(folder_of(file.path))
             : "<" + include.name + "> is of no library that the table knows"});
}

void check_own(const SourceFile& file, const FolderRule& rule, const Include& include,
               std::span<const SourceFile> tree, std::vector<Finding>& findings) {
  const std::string target = resolve(file.path, include, tree);
  if (target.empty()) {
    findings.push_back(
        {file.path, include.line, "\"" + include.name + "\" names no file of the tree"});
    return;
  }
  const bool same_folder = target.starts_with(std::string(rule.folder) + "/");
  if (same_folder || matches(target, rule.may_include)) return;
  findings.push_back(
      {file.path, include.line, std::string(rule.folder) + " may not include " + target});
}

void check_single_users(const std::map<std::string_view, std::vector<std::string>>& users,
                        std::vector<Finding>& findings) {
  for (const LibraryRule& rule : library_rules()) {
    if (!rule.in_one_source_file) continue;
    const auto found = users.find(rule.prefix);
    const std::size_t count = found == users.end() ? 0 : found->second.size();
    if (count == 1 && found->second.front().ends_with(".cpp")) continue;
    std::string what = "exactly one source file must include <" + std::string(rule.prefix) +
                       "...>, but it is included by " + std::to_string(count) + ":";
    if (count > 0) {
      for (const std::string& path : found->second) what += " " + path;
    }
    findings.push_back({"", 0, what});
  }
}

}  // namespace

std::vector<Include> includes_of(const SourceFile& file) {
  std::vector<Include> includes;
  std::size_t number = 0;
  for (std::string_view line : lines_of(file.text)) {
    ++number;
    line = without_leading_blanks(line);
    if (!line.starts_with('#')) continue;
    line = without_leading_blanks(line.substr(1));
    if (!line.starts_with("include")) continue;
    line = without_leading_blanks(line.substr(std::string_view("include").size()));
    const bool angle = line.starts_with('<');
    const std::size_t end = line.find(angle ? '>' : '"', 1);
    const bool written_out = (angle || line.starts_with('"')) && end != std::string_view::npos;
    // A macro's name in place of a file's is kept whole: it resolves to nothing and is reported.
    includes.push_back({std::string(written_out ? line.substr(1, end - 1) : line), angle, number});
  }
  return includes;
}

std::string resolve(std::string_view from, const Include& include,
                    std::span<const SourceFile> tree) {
  const std::array<std::string, 4> folders{std::string(folder_of(from)), "", "guest/include",
                                           "guest"};
  for (const std::string& folder : folders) {
    const std::string path =
        (std::filesystem::path(folder) / include.name).lexically_normal().generic_string();
    if (std::ranges::any_of(tree, [&](const SourceFile& file) { return file.path == path; })) {
      return path;
    }
  }
  return "";
}

std::vector<Finding> check_includes(std::span<const SourceFile> tree) {
  std::vector<Finding> findings;
  std::map<std::string_view, std::vector<std::string>> users;
  for (const SourceFile& file : tree) {
    if (!is_preprocessed(file.path)) continue;
    const FolderRule* rule = rule_of(file.path);
    if (rule == nullptr) {
      findings.push_back({file.path, 0, "no rule speaks of this folder"});
      continue;
    }
    for (const Include& include : includes_of(file)) {
      if (!include.angle) {
        check_own(file, *rule, include, tree, findings);
        continue;
      }
      check_library(file, include, tree, findings);
      for (const LibraryRule& library : library_rules()) {
        if (!library.in_one_source_file || !include.name.starts_with(library.prefix)) continue;
        if (!matches(file.path, library.where)) continue;  // another rule's, or reported already
        std::vector<std::string>& of_library = users[library.prefix];
        if (std::ranges::find(of_library, file.path) == of_library.end()) {
          of_library.push_back(file.path);
        }
      }
    }
  }
  check_single_users(users, findings);
  return findings;
}

}  // namespace sehlab::architecture
