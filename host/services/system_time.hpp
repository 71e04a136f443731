// The guest's calendar: what the system's clock says when the process starts.
#pragma once

#include <cstdint>

namespace sehlab::services {

/// Units of 100 ns since 1601: 2014-03-04 17:00 UTC, the stamp of the lab's own images, so that no
/// run depends on the day. Kernel::now counts from here.
inline constexpr std::uint64_t kStartTime = (1393952400ull + 11644473600ull) * 10'000'000;

inline constexpr std::uint64_t kTicksPerMillisecond = 10'000;

/// One instruction is taken to last 1 ns.
inline constexpr std::uint64_t kInstructionsPer100ns = 100;

}  // namespace sehlab::services
