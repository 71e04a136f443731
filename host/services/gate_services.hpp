// The services themselves, one function a gate, under the gates' own names. A service checks
// everything before it changes anything, so that a call that blocked can be tried again.
#pragma once

#include "host/services/kernel.hpp"
#include "lab/gates.h"

namespace sehlab::services::gates {

#define LAB_SERVICE_DECLARATION(dll, name, bytes, convention) Outcome name(GateCall& call);
LAB_GATES_PROCESS(LAB_SERVICE_DECLARATION)
LAB_GATES_WAITS(LAB_SERVICE_DECLARATION)
LAB_GATES_THREADS(LAB_SERVICE_DECLARATION)
LAB_GATES_MEMORY(LAB_SERVICE_DECLARATION)
LAB_GATES_FILES(LAB_SERVICE_DECLARATION)
LAB_GATES_TIMERS_AND_PORTS(LAB_SERVICE_DECLARATION)
LAB_GATES_LOADER(LAB_SERVICE_DECLARATION)
#undef LAB_SERVICE_DECLARATION

/// NtWriteFile and NtReadFile of a handle that is no standard stream.
Outcome write_disk_file(GateCall& call, std::span<const std::byte> data);
Outcome read_disk_file(GateCall& call);
/// The same of a pipe's ends.
Outcome write_pipe(GateCall& call, const PipeEnd& end, std::span<const std::byte> data);
Outcome read_pipe(GateCall& call, const PipeEnd& end);

}  // namespace sehlab::services::gates
