// Profile: what differs between systems, as data. One named field a difference; the facts are
// in docs/profiles.md.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace sehlab::seh {

/// What happens to a handler in a page that is not executable and in no image.
enum class BadHandlerPage : std::uint8_t {
  Refuse,  ///< the record is refused, STACK_INVALID
  Call     ///< the handler is called, and faults
};

struct Profile {
  std::string_view name;
  bool safeseh = true;                ///< RtlIsValidHandler's tables are consulted (XP SP2)
  bool handler_on_stack_check = true; ///< a handler within the stack is refused (XP SP2)
  bool sehop = false;                 ///< the chain is walked to its end before dispatch
  BadHandlerPage bad_handler_page = BadHandlerPage::Refuse;
  std::uint32_t context_flags = 0x1003f;  ///< ContextFlags that a handler sees
  bool wow64 = true;                  ///< a 32-bit process on a 64-bit system
  bool unwind_preserves_nonvolatile = true;  ///< EBX, ESI, EDI after RtlUnwind
  bool unwind_end_of_chain_returns = false;  ///< RtlUnwind that misses its target returns
  bool div_overflow_is_integer_overflow = true;
};

/// The profile of that name, or nullptr.
[[nodiscard]] const Profile* find_profile(std::string_view name);
/// All of them, the default first.
[[nodiscard]] std::span<const Profile> profiles();

}  // namespace sehlab::seh
