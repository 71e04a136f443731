// Recording a run while it runs, and comparing another one with it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/lab/recording.hpp"
#include "host/process/options.hpp"
#include "host/process/process.hpp"

namespace sehlab::lab {

/// What a recording says of how a run is started. `injections` as --inject has them.
[[nodiscard]] Recording recording_of(const process::Options& options,
                                     const std::vector<std::string>& injections);

/// Of all registers and all of guest memory, as they stand.
[[nodiscard]] std::uint64_t state_digest(process::Process& process);

/// What the guest has as C:\lab.
[[nodiscard]] std::vector<Recording::File> files_of(process::Process& process);
/// Makes it so in a process that has nothing there yet. An Error names the file.
[[nodiscard]] Result<> lay_files(const std::vector<Recording::File>& files,
                                 process::Process& process);

/// Runs to the end, and notes what the run was like in between. Files are the process's as it
/// begins.
[[nodiscard]] process::End run_recorded(process::Process& process, Recording& recording);

}  // namespace sehlab::lab
