// The scenario of a finding: fails exactly as long as the bug is there.
#pragma once

#include <string>

#include "host/process/options.hpp"

namespace sehlab::lab {

/// A scenario file (docs/scenarios.md) that makes that run; `expectations` are the lines of its
/// [expect]. `finding`: its line, a comment.
[[nodiscard]] std::string finding_scenario(const process::Options& run, const std::string& finding,
                                           const std::string& expectations);

}  // namespace sehlab::lab
