#include "tests/architecture/source_tree.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace sehlab::architecture {

std::vector<SourceFile> read_tree(const std::string& root,
                                  std::span<const std::string_view> names) {
  namespace fs = std::filesystem;
  std::vector<SourceFile> files;
  const auto add = [&](const fs::path& path) {
    std::ifstream in;
    in.exceptions(std::ios::failbit |
                  std::ios::badbit);  // a name that is not there is no empty file
    in.open(path, std::ios::binary);
    files.push_back({path.lexically_relative(root).generic_string(),
                     std::string(std::istreambuf_iterator<char>(in), {})});
  };
  for (const std::string_view name : names) {
    const fs::path path = fs::path(root) / name;
    if (!fs::is_directory(path)) {
      add(path);
      continue;
    }
    for (const auto& entry : fs::recursive_directory_iterator(path)) {
      if (entry.is_regular_file()) add(entry.path());
    }
  }
  std::ranges::sort(files, {}, &SourceFile::path);
  return files;
}

std::string to_text(std::span<const Finding> findings) {
  std::string text;
  for (const Finding& finding : findings) {
    text += finding.path + ":" + std::to_string(finding.line) + ": " + finding.what + "\n";
  }
  return text;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

}  // namespace sehlab::architecture
