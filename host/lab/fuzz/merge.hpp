// lab::merge_corpora: inputs of several corpora that reach what one does not, added to it by
// libFuzzer's -merge.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "emu/result.hpp"

namespace sehlab::lab {

struct MergeRequest {
  std::string guest;
  std::filesystem::path into;
  std::vector<std::filesystem::path> from;
  std::function<bool()> stopped;                    ///< may be empty
  std::function<void(const std::string&)> said;     ///< each line of the engine's; may be empty
  std::function<void(const std::string&)> command;  ///< its command line; may be empty
};

struct MergeAnswer {
  std::size_t looked_at = 0, added = 0, inputs = 0;  ///< inputs: in the corpus afterwards
  std::size_t crashed = 0;  ///< inputs that stop the target, and are left out
  std::string failure;      ///< what the engine said last, when it failed; empty: all is well
};

/// Errors: a folder is missing or cannot be made, there is no engine.
[[nodiscard]] Result<MergeAnswer> merge_corpora(const MergeRequest& request);

}  // namespace sehlab::lab
