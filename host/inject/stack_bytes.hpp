// How many bytes of arguments a function takes off the stack when it returns: what has to be known
// to return in its place.
#pragma once

#include <cstdint>
#include <optional>

#include "emu/guest_access.hpp"
#include "emu/guest_addr.hpp"
#include "host/process/modules.hpp"

namespace sehlab::inject {

/// Of the function that begins at `entry`: by its name in the symbol table (`_f@8`), else by its
/// return instructions, as far as jumps lead to them and if they agree. nullopt: it cannot be
/// known.
[[nodiscard]] std::optional<std::uint32_t> stack_bytes(const process::Modules& modules,
                                                       const emu::RawAccess& memory,
                                                       GuestAddr entry);

}  // namespace sehlab::inject
