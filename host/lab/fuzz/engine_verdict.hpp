// What an executable with an engine in it says of one input: for bugs that are in the executable
// itself.
#pragma once

#include <filesystem>
#include <string>

#include "emu/result.hpp"

namespace sehlab::lab {

struct EngineVerdict {
  std::string signature;  ///< its first line about the input; empty: the input is as it should be
  std::string report;     ///< the lines behind it, up to the engine's own words
};

/// Runs a libFuzzer executable on a file. An Error: it cannot be started, or does not come to the
/// file.
[[nodiscard]] Result<EngineVerdict> ask_engine(const std::filesystem::path& program,
                                               const std::filesystem::path& file);

}  // namespace sehlab::lab
