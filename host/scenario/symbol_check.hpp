// Checking that the symbols a scenario names exist, before it runs: a misspelt handler would
// otherwise only look like a handler that was not reached.
#pragma once

#include <string>
#include <vector>

#include "emu/result.hpp"
#include "host/scenario/scenario.hpp"

namespace sehlab::scenario {

/// True when the scenario names any symbol, so that `check_symbols` has something to look up.
[[nodiscard]] bool names_symbols(const Scenario& scenario);

/// `known`: all symbols of the guest and of the DLLs it starts with, as "image!symbol". The Error
/// names the line, the unknown symbol and the nearest known one. A symbol whose image is not
/// among these is believed: the program may load it.
[[nodiscard]] Result<> check_symbols(const Scenario& scenario,
                                     const std::vector<std::string>& known);

}  // namespace sehlab::scenario
