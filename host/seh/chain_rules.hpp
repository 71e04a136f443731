// The rules that both passes have for a registration record's place. Facts 3.2 E1, 3.6.
#pragma once

#include <cstdint>
#include <optional>

#include "emu/guest_addr.hpp"
#include "host/seh/guest_words.hpp"
#include "host/trace/event.hpp"
#include "host/win32/exception_registration.hpp"

namespace sehlab::seh {

/// The record must lie within the thread's stack and be aligned. That records ascend, or that
/// ESP is on that stack at all, is not asked.
[[nodiscard]] inline std::optional<trace::Refusal> misplaced(const StackTib& tib, GuestAddr frame) {
  const std::uint64_t end = std::uint64_t{frame.value} + sizeof(win32::ExceptionRegistrationRecord);
  if (frame.value < tib.StackLimit || end > tib.StackBase) return trace::Refusal::OutsideStack;
  if (!frame.aligned(4)) return trace::Refusal::Misaligned;
  return std::nullopt;
}

}  // namespace sehlab::seh
