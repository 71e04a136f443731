// NtContinue: the thread goes on with a CONTEXT, as far as its ContextFlags say that it holds
// something. Facts: seh-x86.md 1.3 and 3.8.
#pragma once

#include "host/seh/outcome.hpp"
#include "host/seh/system.hpp"

namespace sehlab::seh {

/// Gate NtContinue(context, test_alert): ESP on the return address, stdcall, 8 bytes. Returns to
/// its caller only to report a bad pointer, with the status in EAX.
[[nodiscard]] Outcome nt_continue(const Cpu& cpu);

}  // namespace sehlab::seh
