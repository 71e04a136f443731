#include "host/lab/source_files.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <sstream>
#include <system_error>

#include "host/lab/run.hpp"

namespace sehlab::lab {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 16> kEndings{".c",   ".cc",  ".cpp", ".cxx", ".c++", ".h",
                                                    ".hh",  ".hpp", ".hxx", ".inc", ".inl", ".s",
                                                    ".asm", ".d",   ".go",  ".rs"};

bool is_source_name(const fs::path& file) {
  std::string ending = file.extension().string();
  std::ranges::transform(ending, ending.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::ranges::find(kEndings, ending) != kEndings.end();
}

bool below(const fs::path& folder, const fs::path& file) {
  return std::mismatch(folder.begin(), folder.end(), file.begin(), file.end()).first ==
         folder.end();
}

}  // namespace

SourceFiles::SourceFiles(const std::vector<fs::path>& folders) {
  for (const fs::path& folder : folders) {
    std::error_code error;
    fs::path real = fs::canonical(folder, error);
    if (!error && fs::is_directory(real, error)) folders_.push_back(std::move(real));
  }
}

fs::path SourceFiles::find(std::string_view file) const {
  if (file.empty() || file.size() > 4096 || file.find('\0') != file.npos) return {};
  std::string name(file);
  std::ranges::replace(name, '\\', '/');
  for (const fs::path& folder : folders_) {
    std::error_code error;
    // An absolute name stands for itself here; links are followed before it is asked where it is.
    const fs::path real = fs::canonical(folder / name, error);
    if (!error && below(folder, real) && is_source_name(real) && fs::is_regular_file(real, error)) {
      return real;
    }
  }
  return {};
}

const std::vector<std::string>& SourceFiles::lines(std::string_view file) {
  static const std::vector<std::string> kNone;
  if (const auto known = read_.find(file); known != read_.end()) return known->second;
  if (read_.size() >= kMost) return kNone;
  std::vector<std::string>& lines = read_[std::string(file)];
  const fs::path found = find(file);
  if (found.empty()) return lines;
  std::ifstream in(found, std::ios::binary);
  std::string bytes(kLargest + 1, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  if (bytes.size() > kLargest || bytes.find('\0') != bytes.npos) return lines;
  std::istringstream text(bytes);
  for (std::string line; std::getline(text, line);) {
    if (line.ends_with('\r')) line.pop_back();
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<fs::path> source_folders(const std::vector<std::string>& given,
                                     const fs::path& program) {
  std::vector<fs::path> folders(given.begin(), given.end());
  folders.emplace_back(".");
  folders.push_back(program.has_parent_path() ? program.parent_path() : ".");
  const fs::path tree = system_folder() / ".." / "..";
  std::error_code error;
  if (fs::exists(tree / "guest" / "system" / "ntdll", error)) folders.push_back(tree);
  return folders;
}

}  // namespace sehlab::lab
