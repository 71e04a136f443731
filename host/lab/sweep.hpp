// lab::sweep: a scenario's sweep, or one of the command line, from its window to its tally.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "emu/result.hpp"
#include "host/process/options.hpp"
#include "host/scenario/scenario.hpp"
#include "host/scenario/sweep_report.hpp"
#include "host/scenario/sweep_tally.hpp"

namespace sehlab::lab {

struct SweepRequest {
  /// Its budget is that of the run without a fault; 0: 200 million instructions.
  process::Options options;
  const scenario::Sweep* sweep = nullptr;  ///< outlives the answer
  std::string where;                       ///< of errors: "scenario x.toml", "sweep"
  std::uint64_t patience = 0;  ///< instructions after a fault; 0: four times the whole run
  unsigned jobs = 1;
  /// Told now and then of how many of how many instructions are done; may be empty.
  std::function<void(std::uint64_t done, std::uint64_t of)> progress;
};

struct SweepAnswer {
  scenario::SweepTally tally;
  scenario::SweptWhat what;
};

/// Whether that is a fault that a sweep can inject; the Error says what is wrong with it.
[[nodiscard]] Result<> check_sweep_fault(const std::string& text);

/// Errors: the program cannot be run, a place of a window is never reached, a fault has no such
/// name or cannot be where it was to be.
[[nodiscard]] Result<SweepAnswer> sweep(const SweepRequest& request);

}  // namespace sehlab::lab
