// RtlUnwind seen from inside: its steps between two handlers. unwind.hpp has the gate.
#pragma once

#include <cstdint>

#include "emu/registers.hpp"
#include "host/seh/guest_words.hpp"
#include "host/seh/handler_frame.hpp"
#include "host/seh/outcome.hpp"
#include "host/seh/system.hpp"

namespace sehlab::seh {

/// What RtlUnwind does with a handler's disposition. The protecting registration is off the
/// chain (`tib` says so too); `general` are the registers as the handler left them, EBP restored.
[[nodiscard]] Outcome continue_unwinding(const Cpu& cpu, const emu::GeneralRegisters& general,
                                         StackTib tib, const ReturnedHandler& returned,
                                         std::uint32_t disposition);

}  // namespace sehlab::seh
