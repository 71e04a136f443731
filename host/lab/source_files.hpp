// SourceFiles: lines of the source files that debug information names, for a report. Debug
// information is the guest's word: files are read below the folders that were allowed, and nowhere
// else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sehlab::lab {

class SourceFiles {
 public:
  static constexpr std::size_t kLargest = 4u
                                          << 20;  ///< bytes of one file; a larger one is not read
  static constexpr std::size_t kMost = 512;       ///< files; those named later are not read

  /// A relative name is looked for in each of `folders`, in their order; an absolute one has to lie
  /// below one of them. Only regular files with a name as sources have it (".c", ".S", …) count.
  explicit SourceFiles(const std::vector<std::filesystem::path>& folders);

  /// The lines of `file`, the first one at [0], as bytes; none when it cannot be had.
  [[nodiscard]] const std::vector<std::string>& lines(std::string_view file);

 private:
  [[nodiscard]] std::filesystem::path find(std::string_view file) const;

  std::vector<std::filesystem::path> folders_;  ///< canonical
  std::map<std::string, std::vector<std::string>, std::less<>> read_;
};

/// Where the sources of `program` may be: `given` by the user, the current folder, the program's
/// own; and the tree that the lab was built in, for the lab's own programs and DLLs.
[[nodiscard]] std::vector<std::filesystem::path> source_folders(
    const std::vector<std::string>& given, const std::filesystem::path& program);

}  // namespace sehlab::lab
