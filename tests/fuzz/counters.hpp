// Counters of a target's own, for what no compiler can instrument: blocks of guest code, kinds of
// events, states of a model. The engine that is linked keeps an input that raises one of them as
// it keeps one that reaches new host code.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace sehlab::fuzzing {

/// As fuzz_target(... COUNTERS n) says. Fewer make a faster fuzzer: engines clear and read them
/// all for each input.
inline constexpr std::size_t kCounters = SEHLAB_FUZZ_COUNTERS;

/// The counters, kCounters of them. The engine clears them before each input; to be asked for anew
/// then, since AFL++ may have moved them. A count should stop at 255: engines go by orders of
/// magnitude (1, 2, 3, 4-7, 8-15, ... 128-255), and 0 is "not reached".
[[nodiscard]] std::span<std::uint8_t> counters();

/// One more, at most 255. `index` counts modulo kCounters.
inline void count(std::size_t index) {
  std::uint8_t& counter = counters()[index % kCounters];
  if (counter != 0xff) ++counter;
}

}  // namespace sehlab::fuzzing
