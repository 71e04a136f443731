// Exceptions: the gates of exception dispatch and unwinding, each with the step of host/seh that
// serves it.
#pragma once

#include "host/seh/outcome.hpp"
#include "host/seh/system.hpp"
#include "host/services/gate_table.hpp"

namespace sehlab::process {

using ExceptionStep = seh::Outcome (*)(const seh::Cpu&);

/// The step behind a gate, or nullptr when the gate is a service's.
[[nodiscard]] ExceptionStep exception_step(services::Gate gate);

}  // namespace sehlab::process
