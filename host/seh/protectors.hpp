// ntdll's own two handlers, which guard a handler that runs. They are called like any other
// handler, by way of their gates: a chain that leads through them for ever costs guest time, as
// it does on Windows, and cannot hang the host. Facts 1.5 and 3.4.
#pragma once

#include "host/seh/outcome.hpp"
#include "host/seh/system.hpp"

namespace sehlab::seh {

/// Gate RtlpExceptionProtector(record, frame, context, dispatcher context), cdecl: an exception
/// came while a handler of the first pass ran. Tells the dispatcher which frame's handler it was.
[[nodiscard]] Outcome exception_protector(const Cpu& cpu);

/// Gate RtlpUnwindProtector, cdecl: an unwinding came across another one in progress. Tells it
/// how far the other had come.
[[nodiscard]] Outcome unwind_protector(const Cpu& cpu);

}  // namespace sehlab::seh
