// RtlUnwind: the second pass. Calls every handler up to the target frame with the UNWINDING flag
// and takes its record off the chain, then returns to its caller. Facts 3.6.
#pragma once

#include "host/seh/outcome.hpp"
#include "host/seh/system.hpp"

namespace sehlab::seh {

/// Gate RtlUnwind(TargetFrame, TargetIp, record, ReturnValue): ESP on the return address,
/// stdcall, 16 bytes. Handlers' returns arrive at handler_returned.
[[nodiscard]] Outcome rtl_unwind(const Cpu& cpu);

}  // namespace sehlab::seh
