// Exceptions that dispatch and unwinding raise themselves: INVALID_DISPOSITION and its kin, chained
// to the record that was being dispatched. Facts 3.1, 3.2 E5 and 3.6.
#pragma once

#include <cstdint>

#include "emu/guest_addr.hpp"
#include "emu/registers.hpp"
#include "host/seh/outcome.hpp"
#include "host/seh/system.hpp"

namespace sehlab::seh {

/// RtlRaiseException{code, NONCONTINUABLE, chained} called by ntdll from a frame that ends at
/// `stack`, with fs:[0] as it is.
[[nodiscard]] Outcome raise_secondary(const Cpu& cpu, emu::GeneralRegisters general,
                                      GuestAddr stack, std::uint32_t code, GuestAddr chained);

}  // namespace sehlab::seh
