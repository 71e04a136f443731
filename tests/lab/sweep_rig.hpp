// Options and sweeps for guests of the lab's own.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "host/process/options.hpp"
#include "host/scenario/scenario.hpp"

namespace sehlab::lab {

inline process::Options own_guest(const char* program, std::vector<std::string> arguments = {}) {
  process::Options options;
  options.system_folder = SEHLAB_BINARY_DIR "/guest";
  options.program = options.system_folder / program;
  options.arguments = std::move(arguments);
  options.watch = watch::Mode::Report;
  options.budget = 10'000'000;
  return options;
}

/// Of read faults in that window.
inline scenario::Sweep sweep_of(const std::string& window) {
  scenario::Sweep sweep;
  sweep.window = *scenario::parse_window(window);
  sweep.faults = {{"read", 1}};
  return sweep;
}

}  // namespace sehlab::lab
