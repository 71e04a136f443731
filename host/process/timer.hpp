// Timer: a waitable timer, which time alone signals.
#pragma once

#include <cstdint>
#include <optional>

namespace sehlab::process {

/// Times are in Kernel::now units, 100 ns.
struct Timer {
  bool manual_reset = false;
  bool signalled = false;
  std::optional<std::uint64_t> due;  ///< not set, or over
  std::uint64_t period = 0;          ///< 0: once

  void set(std::uint64_t at, std::uint64_t every) {
    signalled = false;
    due = at;
    period = every;
  }
  /// Signalled if it is due; a periodic one is set again for its next time after `now`.
  void pass(std::uint64_t now) {
    if (!due || *due > now) return;
    signalled = true;
    if (period == 0) {
      due.reset();
    } else {
      *due += (now - *due) / period * period + period;
    }
  }
};

}  // namespace sehlab::process
