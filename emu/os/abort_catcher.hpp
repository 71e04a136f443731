// AbortCatcher: the engine aborts the process where it cannot translate an instruction (a far
// jump through a register, say). Random code must not end the lab: while one of these lives, an
// abort on its thread comes back to it instead.
#pragma once

#include <csetjmp>

namespace sehlab::os {

class AbortCatcher {
 public:
  /// Puts the signal handler in place, for the whole process; anything else that aborts is
  /// treated as before. To be called whenever somebody else may have changed it.
  static void install();

  AbortCatcher();
  ~AbortCatcher();
  AbortCatcher(const AbortCatcher&) = delete;
  AbortCatcher& operator=(const AbortCatcher&) = delete;

  /// For sigsetjmp, in the function that owns the catcher. Between it and the abort there must
  /// be no frame with anything to destroy.
  [[nodiscard]] sigjmp_buf& point() { return point_; }
  /// After sigsetjmp came back a second time.
  void caught();

 private:
  sigjmp_buf point_;
  AbortCatcher* outer_;
};

}  // namespace sehlab::os
