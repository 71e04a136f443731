// Artifacts: the files into which engines put inputs that are findings, told apart from those of
// earlier runs in the same folders.
#pragma once

#include <filesystem>
#include <map>
#include <vector>

namespace sehlab::lab {

class Artifacts {
 public:
  /// Files in these folders: each that is named as engines name findings (libFuzzer: crash-,
  /// timeout-, oom-, slow-unit- not among them; AFL++: id:). Folders may come to be later.
  /// What is there now belongs to earlier runs.
  explicit Artifacts(std::vector<std::filesystem::path> folders);

  /// What came since, oldest first.
  [[nodiscard]] std::vector<std::filesystem::path> fresh() const;

 private:
  using Times = std::map<std::filesystem::path, std::filesystem::file_time_type>;
  [[nodiscard]] Times all() const;

  std::vector<std::filesystem::path> folders_;
  Times before_;
};

}  // namespace sehlab::lab
