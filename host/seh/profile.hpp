// Profile: what differs between systems, as data. One named field a difference, each with its
// source in docs/facts/seh-x86.md; docs/profiles.md has the whole table.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace sehlab::seh {

/// What happens to a handler that lies in no image and in a page that the processor would not
/// execute (facts 3.3 step 2; the write-ups differ, so this is a choice of policy).
enum class BadHandlerPage : std::uint8_t {
  Refuse,  ///< the record is refused, STACK_INVALID
  Call,    ///< the handler is called, and faults
  Raise    ///< the dispatcher raises an access violation (execute) at the handler's address
};

struct Profile {
  std::string_view name;

  // ---- which records are trusted (3.2 D, E2; 3.3) ----
  /// RtlIsValidHandler asks the images' SafeSEH tables and NO_SEH, and the execute flags (XP SP2).
  bool safeseh = true;
  /// A handler within StackLimit..StackBase is refused (XP SP2).
  bool handler_on_stack_check = true;
  /// The chain is walked to its end before dispatch (Vista SP1; off on clients unless asked for).
  bool sehop = false;
  BadHandlerPage bad_handler_page = BadHandlerPage::Refuse;

  // ---- who is told (3.2 B, 4) ----
  /// Vectored continue handlers are called; if not, they can be added and are never called.
  bool calls_continue_handlers = true;

  // ---- what a handler is given (1.4, 3.5, 4) ----
  /// ContextFlags of a context that the kernel delivers (1.4).
  std::uint32_t context_flags = 0x1003f;
  /// ContextFlags of a context that RtlRaiseException captures when it dispatches in process (3.5).
  std::uint32_t raise_context_flags = 0x1003f;
  /// RtlCaptureContext sets ContextFlags to CONTEXT_FULL; if not, it leaves them (3.8, 4: up to
  /// Vista).
  bool capture_context_sets_flags = true;
  /// RtlRaiseException dispatches by itself; if not, it goes through NtRaiseException and
  /// KiUserExceptionDispatcher (3.5).
  bool raise_dispatches_in_process = false;
  /// The context's EIP of a BREAKPOINT that software raised is one less (2.1; 4: not under WOW64).
  bool software_breakpoint_backs_up = false;
  /// EFLAGS.DF is clear when KiUserExceptionDispatcher is entered (4: older systems leave it).
  bool clears_direction_flag = true;
  /// A 32-bit process on a 64-bit system: parameter counts of several exceptions (2.1, 4).
  bool wow64 = true;

  // ---- the flat selectors of user mode, RPL included ----
  std::uint16_t code_selector = 0x23, data_selector = 0x2b, teb_selector = 0x53;
  std::uint16_t gs_selector = 0x2b;  ///< GS when KiUserExceptionDispatcher is entered

  // ---- RtlUnwind (3.6, 4) ----
  /// EBX, ECX, EDX, ESI and EDI have their old values after RtlUnwind; if not, they are zero.
  bool unwind_preserves_nonvolatile = false;
  /// RtlUnwind that comes to the end of the chain without meeting its target returns; if not, the
  /// exception gets its second chance.
  bool unwind_end_of_chain_returns = false;

  // ---- faults (2.1) ----
  /// A quotient that does not fit is INTEGER_OVERFLOW; if not, INTEGER_DIVIDE_BY_ZERO.
  bool div_overflow_is_integer_overflow = true;
  /// An x87 denormal operand has a code of its own, asked before division by zero; if not, it is
  /// FLOAT_INVALID_OPERATION, asked after it (2.3, 4).
  bool x87_denormal_has_own_code = false;
  /// x87 exceptions have parameters (2.1 row 10, 2.3).
  bool x87_has_parameters = true;
};

/// The profile of that name, or nullptr.
[[nodiscard]] const Profile* find_profile(std::string_view name);
/// All of them, the default first.
[[nodiscard]] std::span<const Profile> profiles();

}  // namespace sehlab::seh
