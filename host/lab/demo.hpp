// The demo: both images run, the story told in four acts, every claim checked against the traces.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "host/lab/run.hpp"
#include "host/report/style.hpp"

namespace sehlab::lab {

struct Demo {
  /// The acts whose claims hold, up to the first one with a claim that does not.
  std::string text;
  std::vector<std::string> failed;  ///< claims that do not hold, in order
};

[[nodiscard]] tl::expected<Demo, StartError> play_demo(const std::filesystem::path& buggy,
                                                       const std::filesystem::path& fixed,
                                                       report::Style style);

/// Writes the page of the run that acts 1 to 3 tell of: `buggy`'s, with instruction steps around
/// its turning points. Fails when the file cannot be written or the image cannot be run.
[[nodiscard]] Result<> report_demo(const std::filesystem::path& buggy, const std::string& file);

}  // namespace sehlab::lab
