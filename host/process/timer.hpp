// Timer: a waitable timer, which time alone signals.
#pragma once

#include <cstdint>
#include <optional>

#include "host/services/kernel.hpp"

namespace sehlab::process {

/// A call that a timer makes: in the thread that set it.
struct TimerCall {
  std::uint32_t thread_id = 0;
  services::Apc apc;
};

/// Times are in Kernel::now units, 100 ns.
struct Timer {
  bool manual_reset = false;
  bool signalled = false;
  std::optional<std::uint64_t> due;  ///< not set, or over
  std::uint64_t period = 0;          ///< 0: once
  std::optional<TimerCall> call = std::nullopt;

  void set(std::uint64_t at, std::uint64_t every) {
    signalled = false;
    due = at;
    period = every;
  }
  /// Signalled if it is due: true; a periodic one is set again for its next time after `now`.
  bool pass(std::uint64_t now) {
    if (!due || *due > now) return false;
    signalled = true;
    if (period == 0) {
      due.reset();
    } else {
      *due += (now - *due) / period * period + period;
    }
    return true;
  }
};

}  // namespace sehlab::process
