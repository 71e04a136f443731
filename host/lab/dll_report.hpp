// What became of one input of a fuzzed DLL, told as `sehlab run` tells of a program.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "host/fuzz/dll_target.hpp"
#include "host/report/style.hpp"

namespace sehlab::lab {

/// Runs the DLL once more with this input, watched: the crash report, and what the watch found.
/// Empty when the function returned and the chain is sound. An Error: the DLL does not load.
[[nodiscard]] Result<std::string> dll_report(fuzz::DllOptions options,
                                             std::span<const std::byte> input, report::Style style);

}  // namespace sehlab::lab
