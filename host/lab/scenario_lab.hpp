// What scenarios need of the lab: running a guest as a scenario says, and knowing its symbols.
#pragma once

#include <filesystem>

#include "emu/result.hpp"
#include "host/lab/injections.hpp"
#include "host/process/options.hpp"
#include "host/scenario/suite.hpp"

namespace sehlab::lab {

/// The scenario's guest: beside the scenario file, else among the lab's own guests.
[[nodiscard]] std::filesystem::path guest_file(const scenario::Scenario& scenario);

/// What the scenario says about a run, as options of a process.
[[nodiscard]] process::Options options_of(const scenario::Scenario& scenario);

/// The same with its suppressions read, and its injections. An Error names file and line.
struct PreparedRun {
  process::Options options;
  Injections injections;  ///< the options' intervention
};
[[nodiscard]] Result<PreparedRun> prepare_run(const scenario::Scenario& scenario);

/// Everything that scenario::run_all wants to have plugged in.
[[nodiscard]] scenario::Lab scenario_lab();

}  // namespace sehlab::lab
