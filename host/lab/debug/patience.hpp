// Patience: whether the debugger wants the guest to stop.
#pragma once

#include <chrono>

#include "host/gdb/target.hpp"

namespace sehlab::lab {

/// Looks at the debugger not more often than a person would notice.
class Patience {
 public:
  explicit Patience(gdb::Control& control) : control_(control) {}
  [[nodiscard]] bool over() {
    const auto now = std::chrono::steady_clock::now();
    if (now < next_) return interrupted_;
    next_ = now + std::chrono::milliseconds(20);
    interrupted_ = interrupted_ || control_.interrupted();
    return interrupted_;
  }

 private:
  gdb::Control& control_;
  std::chrono::steady_clock::time_point next_;
  bool interrupted_ = false;
};

}  // namespace sehlab::lab
