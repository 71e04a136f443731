// Programs of the host that the lab starts: a fuzzing engine, a compiler, a debugger.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "emu/os/descriptor.hpp"
#include "emu/result.hpp"

namespace sehlab::os {

using ProcessId = int;

struct StartedProgram {
  ProcessId id = -1;
  Descriptor output;  ///< to read its standard output and error from
};

/// `words` are the program (found by PATH without a '/') and its arguments; `environment` is added
/// to ours, or in place of what is there. Its standard input is empty, standard output and error
/// are one stream. It leads a process group of its own and has no signal blocked or ignored.
[[nodiscard]] Result<StartedProgram> start_program(
    const std::vector<std::string>& words,
    const std::vector<std::pair<std::string, std::string>>& environment);

/// The same, with our own standard streams, process group and environment.
[[nodiscard]] Result<ProcessId> start_on_our_terminal(const std::vector<std::string>& words);

/// How it ended: its exit code, 1000 + N when signal N ended it; nullopt: it runs. Until forget()
/// nobody else can get its number.
[[nodiscard]] std::optional<int> ending_of(ProcessId id);
/// The same once it has ended.
[[nodiscard]] int wait_for(ProcessId id);
/// After it has ended.
void forget(ProcessId id);

/// Asks it and all that it started to end (as Ctrl-C does), and ends them.
void interrupt_group(ProcessId id);
void kill_group(ProcessId id);

/// From here on a terminal's Ctrl-C is for the programs that we started, not for us.
void leave_interrupts_to_children();

}  // namespace sehlab::os
