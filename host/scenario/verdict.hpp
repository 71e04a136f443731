// RunResult and Failure: what a run gave, and what of it was not as expected.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/scenario/scenario.hpp"

namespace sehlab::scenario {

/// What a run leaves besides its events.
struct RunResult {
  End end = End::Exited;
  std::uint32_t code = 0;  ///< the process' exit code, or the exception's
  int exit = 0;            ///< what `sehlab run` exits with, watch off
  std::string out, err;    ///< as `sehlab run` writes them: the guest's and the lab's own words
  std::string detail;      ///< Unmodelled, Refused: what
  /// For each injection of the scenario, why it did not fire; empty: it did, or nobody knows.
  std::vector<std::string> not_fired{};
};

/// One expectation that does not hold.
struct Failure {
  std::string expectation;  ///< the key: "handlers", "trace", …
  int line = 0;             ///< of the scenario file
  std::string expected, got;
};

}  // namespace sehlab::scenario
