#include "host/lab/profile_table.hpp"

#include <fmt/format.h>

namespace sehlab::lab {
namespace {

using seh::Profile;

/// Fails to compile when Profile has another number of fields: each needs a line below.
[[maybe_unused]] constexpr void count_fields(const Profile& profile) {
  [[maybe_unused]] const auto& [name, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14,
                                f15, f16, f17, f18, f19, f20, f21] = profile;
}

template <bool Profile::*Field>
std::string yes_or_no(const Profile& profile) {
  return profile.*Field ? "yes" : "no";
}

template <std::uint32_t Profile::*Field>
std::string bits(const Profile& profile) {
  return fmt::format("{:08x}", profile.*Field);
}

template <std::uint16_t Profile::*Field>
std::string selector(const Profile& profile) {
  return fmt::format("{:02x}", profile.*Field);
}

std::string bad_handler_page(const Profile& profile) {
  switch (profile.bad_handler_page) {
    case seh::BadHandlerPage::Refuse:
      return "refused";
    case seh::BadHandlerPage::Call:
      return "called";
    case seh::BadHandlerPage::Raise:
      return "raises";
  }
  return {};
}

constexpr ProfileField kFields[] = {
    {"safeseh", "images' SafeSEH tables, NO_SEH and the execute flags decide about handlers",
     "facts 3.3, published write-ups", yes_or_no<&Profile::safeseh>},
    {"handler_on_stack_check", "a handler within the thread's stack is refused",
     "facts 3.2 E2, published write-ups", yes_or_no<&Profile::handler_on_stack_check>},
    {"sehop", "the chain is walked to its end before dispatch (run --sehop switches it on)",
     "facts 3.2 D, MSRC 2009", yes_or_no<&Profile::sehop>},
    {"bad_handler_page", "a handler in no image, in a page without execute rights",
     "facts 3.3 step 2; write-ups differ", bad_handler_page, true},
    {"calls_continue_handlers", "vectored continue handlers are called, not only registered",
     "facts 3.2 B, 4", yes_or_no<&Profile::calls_continue_handlers>},
    {"context_flags", "ContextFlags of a context that the kernel delivers", "facts 1.4, 4",
     bits<&Profile::context_flags>},
    {"raise_context_flags", "ContextFlags where RtlRaiseException dispatches in process",
     "facts 3.5", bits<&Profile::raise_context_flags>},
    {"capture_context_sets_flags", "RtlCaptureContext sets ContextFlags to CONTEXT_FULL",
     "facts 3.8, 4", yes_or_no<&Profile::capture_context_sets_flags>},
    {"raise_dispatches_in_process",
     "RtlRaiseException does not go through KiUserExceptionDispatcher", "facts 3.5; 4 differs",
     yes_or_no<&Profile::raise_dispatches_in_process>, true},
    {"software_breakpoint_backs_up", "a BREAKPOINT that software raised has EIP one less",
     "facts 2.1, 4", yes_or_no<&Profile::software_breakpoint_backs_up>, true},
    {"clears_direction_flag", "DF is clear when KiUserExceptionDispatcher is entered", "facts 4",
     yes_or_no<&Profile::clears_direction_flag>},
    {"wow64", "a 32-bit process on a 64-bit system: parameter counts of several exceptions",
     "facts 2.1, 4", yes_or_no<&Profile::wow64>},
    {"code_selector", "CS of user mode", "public headers", selector<&Profile::code_selector>},
    {"data_selector", "DS, ES and SS of user mode", "public headers",
     selector<&Profile::data_selector>},
    {"teb_selector", "FS of user mode", "public headers", selector<&Profile::teb_selector>},
    {"gs_selector", "GS when KiUserExceptionDispatcher is entered", "facts 1.4",
     selector<&Profile::gs_selector>},
    {"unwind_preserves_nonvolatile", "EBX, ESI and EDI have their old values after RtlUnwind",
     "facts 3.6, 4", yes_or_no<&Profile::unwind_preserves_nonvolatile>},
    {"unwind_end_of_chain_returns", "RtlUnwind that misses its target returns to its caller",
     "facts 3.6, 4", yes_or_no<&Profile::unwind_end_of_chain_returns>},
    {"div_overflow_is_integer_overflow", "a quotient that does not fit is INTEGER_OVERFLOW",
     "facts 2.1, 4; R. Chen 2014", yes_or_no<&Profile::div_overflow_is_integer_overflow>},
    {"x87_denormal_has_own_code", "a denormal x87 operand is FLOAT_DENORMAL_OPERAND",
     "facts 2.3, 4", yes_or_no<&Profile::x87_denormal_has_own_code>},
    {"x87_has_parameters", "x87 exceptions have parameters", "facts 2.1, 2.3",
     yes_or_no<&Profile::x87_has_parameters>},
};

}  // namespace

std::span<const ProfileField> profile_fields() {
  static_assert(requires { count_fields(Profile{}); });
  return kFields;
}

std::string_view profile_meaning(std::string_view name) {
  constexpr struct {
    std::string_view name, meaning;
  } kMeanings[] = {
      {"windows-10", "a 32-bit process on 64-bit Windows 10 (WOW64)"},
      {"windows-10-native", "32-bit Windows 10"},
      {"windows-7", "32-bit Windows 7"},
      {"windows-xp", "32-bit Windows XP with Service Pack 2 or later"},
      {"wine", "Wine 8.0"},
  };
  for (const auto& known : kMeanings) {
    if (known.name == name) return known.meaning;
  }
  return {};
}

}  // namespace sehlab::lab
