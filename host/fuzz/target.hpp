// Target: what a fuzzing engine runs inputs against, and Finding: what it says about one that is
// not as it should be.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace sehlab::fuzz {

struct Finding {
  /// Which rule was broken: one word, "log", "ending", "chain", "registers", "steps", "watch",
  /// "exception", "budget", "unmodelled" or "unrepeatable".
  std::string rule;
  /// One line that is the same for each input that shows the same bug, as far as can be told: the
  /// rule and what happened, without what differs from input to input (addresses, ids).
  std::string signature;
  /// Lines for people: what was expected, what came, and where.
  std::string report;
};

class Target {
 public:
  virtual ~Target() = default;
  /// Runs an input, from the same beginning each time. Null: nothing to say. The target's until the
  /// next run. Nothing is allocated for an input that is as it should be.
  virtual const Finding* run(std::span<const std::byte> input) = 0;
};

}  // namespace sehlab::fuzz
