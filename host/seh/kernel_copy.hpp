// How the kernel takes a record or a context from a program: copied and checked first, so that a
// bad pointer is a status and not a fault. Facts 3.1, 3.5.
#pragma once

#include <cstdint>
#include <optional>

#include "emu/guest_addr.hpp"
#include "host/seh/outcome.hpp"
#include "host/seh/system.hpp"
#include "host/win32/context.hpp"
#include "host/win32/exception_record.hpp"

namespace sehlab::seh {

/// A status that says why it could not be copied; nullopt: it was.
using MaybeStatus = std::optional<std::uint32_t>;

[[nodiscard]] MaybeStatus copy_context(const Cpu& cpu, GuestAddr from, win32::Context& to);

/// Header and parameters; more than fifteen are STATUS_INVALID_PARAMETER.
[[nodiscard]] MaybeStatus copy_record(const Cpu& cpu, GuestAddr from, win32::ExceptionRecord& to);

/// The outcome of a context with a selector that the processor refuses.
[[nodiscard]] Unmodelled bad_selector(const win32::Context& context);

}  // namespace sehlab::seh
