// Where the windows of a sweep lie: counts of instructions, found in a run of the program that
// nothing is injected into.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "emu/result.hpp"
#include "host/process/options.hpp"
#include "host/scenario/scenario.hpp"
#include "host/scenario/sweep_judge.hpp"

namespace sehlab::lab {

struct SweepWindows {
  scenario::CountWindow whole;
  std::vector<scenario::CountWindow> parts;  ///< of each expectation
  scenario::CountWindow failing{0, 0};       ///< empty: nowhere
  std::uint64_t instructions = 0;            ///< of the run
  std::string end;                           ///< of the run: "exit 0", "dies of C0000005"
};

/// Runs the program to its end, for at most `options.budget` instructions. An Error names the
/// window and the place that is not reached, or why the run says nothing: it has no end, or meets
/// what the lab does not model.
[[nodiscard]] Result<SweepWindows> find_windows(const process::Options& options,
                                                const scenario::Sweep& sweep,
                                                const std::string& where);

}  // namespace sehlab::lab
