// What is said of a process that a host drives: how it ended, and whether it has the DLL that was
// meant.
#pragma once

#include <filesystem>
#include <string>

#include "emu/result.hpp"
#include "host/process/modules.hpp"
#include "host/process/options.hpp"

namespace sehlab::process {

/// "exited with code 1", "died of exception 0xc0000005", "stopped: …".
[[nodiscard]] std::string how_ended(const End& end);

/// The DLL that is loaded under the file's name must be that file. An Error names the other one.
[[nodiscard]] Result<> check_loaded(const Modules& modules, const std::filesystem::path& dll);

}  // namespace sehlab::process
