#include "host/services/deadline.hpp"

#include <limits>

#include "host/services/system_time.hpp"

namespace sehlab::services {

std::uint64_t time_of(std::int64_t value, std::uint64_t now) {
  // Negated as an unsigned number: the lowest one has no positive counterpart.
  if (value <= 0) return now + (0 - static_cast<std::uint64_t>(value));
  const auto absolute = static_cast<std::uint64_t>(value);
  return absolute > kStartTime ? absolute - kStartTime : 0;
}

Deadline deadline_of(GateCall& call, GuestAddr timeout) {
  if (call.kernel.retrying()) return {call.kernel.wait_in_progress(), std::nullopt};
  if (timeout == GuestAddr{}) return {};
  std::int64_t value = 0;
  if (auto fault = call.memory.read_object(timeout, value)) return {std::nullopt, fault};
  if (value == std::numeric_limits<std::int64_t>::min()) return {};  // INFINITE of Sleep
  return {time_of(value, call.kernel.now()), std::nullopt};
}

bool passed(GateCall& call, const Deadline& deadline) {
  return deadline.at && call.kernel.now() >= *deadline.at;
}

}  // namespace sehlab::services
