#include "tests/architecture/tree_rules.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>

#include "tests/architecture/include_rules.hpp"

namespace sehlab::architecture {

namespace {

bool is_word_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// The words of a line (letters, digits, '_'), its comment from '#' on left out.
std::vector<std::string_view> words_of(std::string_view line) {
  line = line.substr(0, line.find('#'));
  std::vector<std::string_view> words;
  std::size_t start = 0;
  while (start < line.size()) {
    std::size_t end = start;
    while (end < line.size() && is_word_character(line[end])) ++end;
    if (end > start) words.push_back(line.substr(start, end - start));
    start = end + 1;
  }
  return words;
}

/// The folder of a library of ours: "host/seh" for "sehlab_seh"; empty for anything else.
std::string_view folder_of_target(std::string_view target) {
  constexpr std::string_view kPrefix = "sehlab_";
  if (!target.starts_with(kPrefix)) return {};
  const std::string_view name = target.substr(kPrefix.size());
  for (const FolderRule& rule : folder_rules()) {
    if (rule.folder.starts_with("host/") && rule.folder.substr(5) == name) return rule.folder;
    if (rule.folder == "emu" && name == "emu") return rule.folder;
    if (rule.folder == "emu/os" && name == "os") return rule.folder;
  }
  return {};
}

/// May files of `rule`'s folder include anything of `folder`?
bool sees(const FolderRule& rule, std::string_view folder) {
  return std::ranges::any_of(rule.may_include, [&](std::string_view entry) {
    return (std::string(folder) + "/").starts_with(entry) ||
           entry.starts_with(std::string(folder) + "/");
  });
}

bool contains_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool starts = at == 0 || !is_word_character(text[at - 1]);
    const bool ends = end == text.size() || !is_word_character(text[end]);
    if (starts && ends) return true;
  }
  return false;
}

}  // namespace

std::vector<Finding> check_links(std::span<const SourceFile> tree) {
  std::vector<Finding> findings;
  for (const SourceFile& file : tree) {
    const std::string_view folder = folder_of(file.path);
    if (!file.path.ends_with("/CMakeLists.txt")) continue;
    if (folder != "emu" && !folder.starts_with("host/")) continue;
    const FolderRule* rule = rule_of(file.path);
    if (rule == nullptr) continue;  // check_includes reports a folder without a rule
    std::size_t number = 0;
    for (const std::string_view line : lines_of(file.text)) {
      ++number;
      for (const std::string_view word : words_of(line)) {
        const std::string_view linked = folder_of_target(word);
        if (linked.empty() || linked == rule->folder || sees(*rule, linked)) continue;
        findings.push_back(
            {file.path, number, std::string(rule->folder) + " may not link " + std::string(word)});
      }
    }
  }
  return findings;
}

std::vector<Finding> check_listed(std::span<const SourceFile> tree) {
  std::vector<Finding> findings;
  for (const SourceFile& file : tree) {
    if (!file.path.ends_with(".cpp") || file.path.starts_with("guest/")) continue;
    if (file.path.starts_with("fixtures/"))
      continue;  // data: `sehlab learn` builds lessons' guests
    const std::string_view folder = folder_of(file.path);
    const std::string list = std::string(folder) + "/CMakeLists.txt";
    const auto cmake = std::ranges::find(tree, list, &SourceFile::path);
    const std::string_view leaf = std::string_view(file.path).substr(folder.size() + 1);
    if (cmake != tree.end() && contains_word(cmake->text, leaf)) continue;
    findings.push_back({file.path, 0, "is not built: " + list + " does not list it"});
  }
  return findings;
}

std::vector<Finding> check_system_calls(std::span<const SourceFile> tree) {
  // Of the standard headers that are allowed everywhere; the other headers are the table's affair.
  constexpr std::array kPosix{"mkdtemp",  "mkstemp", "fileno",  "isatty", "popen",    "waitpid",
                              "realpath", "setenv",  "environ", "getpid", "sigaction"};
  // linux.cpp: what macOS does not have either.
  constexpr std::array kLinux{
      "memfd_create",  "MAP_NORESERVE", "MAP_POPULATE", "madvise", "MADV_DONTNEED", "pipe2",
      "accept4",       "SOCK_CLOEXEC",  "MSG_NOSIGNAL", "prctl",   "dladdr",        "eventfd",
      "epoll_create1", "signalfd",      "gettid",       "execvpe", "__linux__",     "proc"};
  std::vector<Finding> findings;
  const auto look = [&](const SourceFile& file, std::span<const char* const> words,
                        const char* where) {
    std::size_t number = 0;
    for (const std::string_view line : lines_of(file.text)) {
      ++number;
      const std::string_view code = line.substr(0, line.find("//"));
      for (const std::string_view word : words) {
        const bool found =
            word == "proc" ? code.find("\"/proc/") != code.npos : contains_word(code, word);
        if (found) findings.push_back({file.path, number, std::string(word) + " is for " + where});
      }
    }
  };
  for (const SourceFile& file : tree) {
    const bool source = file.path.ends_with(".cpp") || file.path.ends_with(".hpp");
    const bool ours = file.path.starts_with("emu/") || file.path.starts_with("host/");
    if (!source || !ours || file.path == "emu/os/linux.cpp") continue;
    look(file, kLinux, "emu/os/linux.cpp");
    if (!file.path.starts_with("emu/os/")) look(file, kPosix, "emu/os");
  }
  return findings;
}

std::vector<Finding> check_unfinished(std::span<const SourceFile> tree) {
  // In halves, so that this file has none of them.
  static const std::array<std::string, 3> kMarks{
      std::string("TO") + "DO", std::string("FIX") + "ME", std::string("XX") + "X"};
  std::vector<Finding> findings;
  for (const SourceFile& file : tree) {
    if (file.path.ends_with(".png")) continue;  // a picture's bytes may spell anything
    std::size_t number = 0;
    for (const std::string_view line : lines_of(file.text)) {
      ++number;
      for (const std::string& mark : kMarks) {
        if (contains_word(line, mark)) findings.push_back({file.path, number, mark});
      }
    }
  }
  return findings;
}

namespace {

/// An odd number of lines before it begin with ```.
bool in_fenced_code(std::string_view text, std::size_t at) {
  bool inside = false;
  for (std::size_t line = 0; line < at; line = text.find('\n', line) + 1) {
    if (text.substr(line).starts_with("```")) inside = !inside;
    if (text.find('\n', line) >= at) break;
  }
  return inside;
}

}  // namespace

std::vector<Finding> check_documents(std::span<const SourceFile> tree) {
  std::vector<Finding> findings;
  for (const SourceFile& file : tree) {
    if (!file.path.ends_with(".md")) continue;
    for (std::size_t at = file.text.find("]("); at != file.text.npos;
         at = file.text.find("](", at + 1)) {
      if (at > 0 && file.text[at - 1] == '[') continue;  // no text: a lambda's "[](int n)"
      if (in_fenced_code(file.text, at)) continue;
      const std::size_t end = file.text.find_first_of(")#", at + 2);
      const std::string target = file.text.substr(at + 2, end - at - 2);
      if (target.empty() || target.find("://") != target.npos) continue;
      const std::string path = (std::filesystem::path(folder_of(file.path)) / target)
                                   .lexically_normal()
                                   .generic_string();
      if (std::ranges::find(tree, path, &SourceFile::path) != tree.end()) continue;
      const auto line =
          std::count(file.text.begin(), file.text.begin() + static_cast<long>(at), '\n');
      findings.push_back(
          {file.path, static_cast<std::size_t>(line) + 1, "links to nothing: " + target});
    }
  }
  return findings;
}

std::vector<Finding> long_files(std::span<const SourceFile> tree, std::size_t limit) {
  constexpr std::array<std::string_view, 5> kEndings{".hpp", ".cpp", ".h", ".c", ".S"};
  std::vector<Finding> findings;
  for (const SourceFile& file : tree) {
    const bool source = std::ranges::any_of(
        kEndings, [&](std::string_view ending) { return file.path.ends_with(ending); });
    const std::size_t lines = lines_of(file.text).size();
    if (source && lines > limit) findings.push_back({file.path, lines, "one concept each?"});
  }
  return findings;
}

}  // namespace sehlab::architecture
