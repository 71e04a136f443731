// A position of a sweep as a scenario file of its own, ready to run.
#pragma once

#include <string>

#include "host/process/options.hpp"
#include "host/scenario/sweep_tally.hpp"

namespace sehlab::lab {

/// TOML that `sehlab test` reads: the program, the injection, and what was to be.
[[nodiscard]] std::string sweep_scenario(const process::Options& options,
                                         const scenario::Sweep& sweep,
                                         const scenario::SweepFailure& failure);

}  // namespace sehlab::lab
