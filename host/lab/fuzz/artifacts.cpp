#include "host/lab/fuzz/artifacts.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace sehlab::lab {
namespace {

namespace fs = std::filesystem;

bool is_artifact(const fs::path& file) {
  constexpr std::array<std::string_view, 4> kNames{"crash-", "timeout-", "oom-", "id:"};
  const std::string name = file.filename().string();
  return std::ranges::any_of(kNames, [&](auto begin) { return name.starts_with(begin); });
}

}  // namespace

Artifacts::Artifacts(std::vector<fs::path> folders) : folders_(std::move(folders)) {
  before_ = all();
}

Artifacts::Times Artifacts::all() const {
  Times times;
  for (const fs::path& folder : folders_) {
    std::error_code error;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
      if (!is_artifact(at->path())) continue;
      std::error_code gone;
      const auto time = at->last_write_time(gone);
      if (!gone) times.emplace(at->path(), time);
    }
  }
  return times;
}

std::vector<fs::path> Artifacts::fresh() const {
  std::vector<std::pair<fs::file_time_type, fs::path>> found;
  for (const auto& [file, time] : all()) {
    const auto old = before_.find(file);
    if (old == before_.end() || old->second != time) found.emplace_back(time, file);
  }
  std::ranges::sort(found);
  std::vector<fs::path> files;
  for (auto& [time, file] : found) files.push_back(std::move(file));
  return files;
}

}  // namespace sehlab::lab
