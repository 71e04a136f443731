// RtlIsValidHandler and the check before it: may this address be called as a frame handler?
// Facts 3.2 E2 and 3.3. All of it is published policy, switched by the profile.
#pragma once

#include <optional>

#include "emu/guest_addr.hpp"
#include "host/seh/guest_words.hpp"
#include "host/seh/system.hpp"
#include "host/trace/event.hpp"

namespace sehlab::seh {

/// ProcessExecuteFlags, MEM_EXECUTE_OPTION_* (facts 3.3).
inline constexpr std::uint32_t kExecuteDispatchEnable = 0x10, kImageDispatchEnable = 0x20,
                               kDisableExceptionChainValidation = 0x40;

struct HandlerVerdict {
  std::optional<trace::Refusal> refused;  ///< why it may not be called; nullopt: it may
  bool raise = false;  ///< not refused: the dispatcher raises an execute fault at the handler
};

[[nodiscard]] HandlerVerdict judge_handler(const System& system, const StackTib& tib,
                                           GuestAddr handler);

}  // namespace sehlab::seh
