// When a wait ends: the timeout of a kernel function as a time of Kernel::now.
#pragma once

#include <cstdint>
#include <optional>

#include "host/services/kernel.hpp"

namespace sehlab::services {

/// Never, or at a time in Kernel::now units; or the timeout could not be read.
struct Deadline {
  std::optional<std::uint64_t> at;
  std::optional<emu::Fault> fault;
};

/// A relative (negative) or absolute time as the kernel takes it, units of 100 ns.
[[nodiscard]] std::uint64_t time_of(std::int64_t value, std::uint64_t now);

/// `timeout`: null for ever, negative from now, positive a system time. A retried call keeps the
/// deadline of its first try.
[[nodiscard]] Deadline deadline_of(GateCall& call, GuestAddr timeout);

[[nodiscard]] bool passed(GateCall& call, const Deadline& deadline);

}  // namespace sehlab::services
