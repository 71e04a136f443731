// Exceptions of Windows as a debugger of Unix shows them: by a signal, and in words.
#pragma once

#include <cstdint>
#include <string>

#include "host/gdb/target.hpp"
#include "host/trace/event.hpp"

namespace sehlab::lab {

/// SIGSEGV for an access violation, SIGFPE for a division by zero, …, as GDB on Windows has them;
/// SIGUSR1 for what software raises with a code of its own.
[[nodiscard]] gdb::Signal signal_of(std::uint32_t exception_code);

/// What is about to happen to it: the vectored handlers, if any, then the chain.
[[nodiscard]] std::string first_chance_text(const trace::Event& fault);

}  // namespace sehlab::lab
