// What the steps that raise exceptions share: delivery from registers that are not yet the
// thread's, and the event that says that something was raised.
#pragma once

#include <cstdint>

#include "emu/registers.hpp"
#include "host/seh/delivery.hpp"
#include "host/seh/outcome.hpp"
#include "host/seh/system.hpp"
#include "host/win32/exception_record.hpp"

namespace sehlab::seh {

/// Bit 28 of a code is the system's own; the kernel clears it in what programs raise
/// (Microsoft's documentation of RaiseException).
inline constexpr std::uint32_t kInternalCodeBit = 0x10000000;

/// deliver_and_dispatch with `general` in place of the register file's general registers.
[[nodiscard]] Outcome deliver_from(const Cpu& cpu, const emu::GeneralRegisters& general,
                                   const RaisedException& raised);

void report_raised(const Cpu& cpu, const win32::ExceptionRecord& record, Origin origin);

}  // namespace sehlab::seh
