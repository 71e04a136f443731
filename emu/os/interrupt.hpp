// Interrupt: as long as there is one, the first Ctrl-C (or SIGTERM) is only noted; the second ends
// us.
#pragma once

namespace sehlab::os {

class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;
  [[nodiscard]] static bool came();
};

}  // namespace sehlab::os
