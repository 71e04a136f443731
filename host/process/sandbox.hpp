// Sandbox: a folder of the host that the guest has as C:\lab. Its files are copied into the guest's
// tree before the run and back after it; while the guest runs no path of the host is touched.
#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <utility>

#include "emu/result.hpp"
#include "host/services/file_tree.hpp"

namespace sehlab::process {

class Sandbox {
 public:
  explicit Sandbox(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// Files and folders, in the order of their names, as made at `now` (system time, 100 ns). Links
  /// and what else is neither are left out. An Error names what Windows could not have.
  [[nodiscard]] Result<> fill(services::FileTree& tree, std::uint64_t now);
  /// Writes what is new or different, and removes what was filled in and is gone. Never through a
  /// link: an Error names it.
  [[nodiscard]] Result<> store(const services::FileTree& tree) const;
  /// store() at the end of a run, for whoever asks later what became of it.
  void finish(const services::FileTree& tree) { stored_ = store(tree); }
  [[nodiscard]] const Result<>& stored() const { return stored_; }

 private:
  [[nodiscard]] Result<> fill_folder(services::FileTree& tree, const std::filesystem::path& below,
                                     std::uint64_t now);

  std::filesystem::path folder_;
  Result<> stored_;
  std::set<std::filesystem::path> filled_;  ///< relative to the folder
};

}  // namespace sehlab::process
