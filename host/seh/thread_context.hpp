// A thread's registers as a CONTEXT and back. The groups of ContextFlags say which fields of a
// CONTEXT hold anything; the others are neither written nor believed. Facts 1.3.
#pragma once

#include <cstdint>

#include "emu/registers.hpp"
#include "host/win32/context.hpp"

namespace sehlab::seh {

/// CONTROL, INTEGER and SEGMENTS, as far as the context's own flags name them; the rest stays.
void fill_general(const emu::GeneralRegisters& general, win32::Context& context);

/// The same for all groups.
void fill_context(const emu::Registers& registers, const emu::GeneralRegisters& general,
                  win32::Context& context);

/// Writes the groups of `flags` into `context` and zeros elsewhere. `general` stands for the
/// register file's general registers, so that a caller may give them as they would be elsewhere.
void capture_context(const emu::Registers& registers, const emu::GeneralRegisters& general,
                     std::uint32_t flags, win32::Context& context);

/// CONTROL, INTEGER and SEGMENTS of `context` on top of `general`, as the kernel would let user
/// mode have them: CS, SS and FS with RPL 3, of EFLAGS only what user mode may change (facts 3.8).
void put_general(const win32::Context& context, emu::GeneralRegisters& general);

/// Makes `context` the thread's state, group by group; `general` is what holds where a group is
/// missing. False when the processor refuses a selector: then `general` is the thread's state.
[[nodiscard]] bool restore_context(emu::Registers& registers, const emu::GeneralRegisters& general,
                                   const win32::Context& context);

/// True when every bit of `group` (CONTEXT_CONTROL and its kin) is in the context's flags.
[[nodiscard]] constexpr bool has_group(const win32::Context& context, std::uint32_t group) {
  return (context.ContextFlags & group) == group;
}

}  // namespace sehlab::seh
