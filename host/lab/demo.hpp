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

}  // namespace sehlab::lab
