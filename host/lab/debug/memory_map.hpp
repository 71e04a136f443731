// What is where in a guest's memory, in Windows' own terms.
#pragma once

#include <string>

#include "host/process/process.hpp"

namespace sehlab::lab {

/// A line for each region that is committed or reserved: from, to, rights, what it is: an image's
/// section, a thread's stack or TEB, the PEB, the process heap, …. Bounded.
[[nodiscard]] std::string memory_map(process::Process& process);

}  // namespace sehlab::lab
