#include "host/seh/profile.hpp"

#include <array>

#include "host/win32/context.hpp"

namespace sehlab::seh {
namespace {

/// A 32-bit process on 64-bit Windows 10; also where the facts name no version.
constexpr Profile windows_10() {
  Profile profile;
  profile.name = "windows-10";
  return profile;
}

/// 32-bit Windows itself: its own selectors, and BREAKPOINT as its kernel treats it.
constexpr Profile native(std::string_view name) {
  Profile profile = windows_10();
  profile.name = name;
  profile.wow64 = false;
  profile.software_breakpoint_backs_up = true;
  profile.code_selector = 0x1b;
  profile.data_selector = 0x23;
  profile.teb_selector = 0x3b;
  profile.gs_selector = 0;
  return profile;
}

/// "Classic" in the facts. UNSURE for XP: 3.5 has it dispatch RtlRaiseException in process, 4 has
/// it back up a software BREAKPOINT, which is the kernel's doing; each field follows its own row.
constexpr Profile windows_xp() {
  Profile profile = native("windows-xp");
  profile.context_flags = win32::CONTEXT_FULL | win32::CONTEXT_DEBUG_REGISTERS;
  profile.raise_context_flags = win32::CONTEXT_FULL;
  profile.raise_dispatches_in_process = true;
  profile.calls_continue_handlers = false;
  profile.capture_context_sets_flags = false;
  profile.clears_direction_flag = false;
  return profile;
}

/// Wine checks no handler, calls no continue handler, keeps the registers in RtlUnwind and returns
/// from it at the chain's end (3.3, 3.6, 4).
constexpr Profile wine() {
  Profile profile = windows_10();
  profile.name = "wine";
  profile.safeseh = false;
  profile.handler_on_stack_check = false;
  profile.bad_handler_page = BadHandlerPage::Call;
  profile.calls_continue_handlers = false;
  profile.unwind_preserves_nonvolatile = true;
  profile.unwind_end_of_chain_returns = true;
  profile.div_overflow_is_integer_overflow = false;
  profile.x87_denormal_has_own_code = true;
  profile.x87_has_parameters = false;
  return profile;
}

constexpr std::array<Profile, 5> kProfiles{windows_10(), native("windows-10-native"),
                                           native("windows-7"), windows_xp(), wine()};

}  // namespace

const Profile* find_profile(std::string_view name) {
  for (const Profile& profile : kProfiles) {
    if (profile.name == name) return &profile;
  }
  return nullptr;
}

std::span<const Profile> profiles() {
  return kProfiles;
}

}  // namespace sehlab::seh
