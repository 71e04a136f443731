// What a sweep came to, for people, for programs and for CI.
#pragma once

#include <ostream>
#include <string>

#include "host/scenario/sweep_tally.hpp"

namespace sehlab::scenario {

/// What was swept, and how long it took.
struct SweptWhat {
  std::string title;               ///< "go_fixed.exe TestCallbackPanicLocked"
  std::string program;             ///< as on the command line
  std::string unfaulted;           ///< how it ends without a fault: "exit 0"
  std::uint64_t instructions = 0;  ///< that it takes then
  std::uint64_t from = 0, to = 0;  ///< instructions
  std::uint64_t passed_over = 0;   ///< other threads' instructions in the window
  double seconds = 0;
  unsigned jobs = 1;
  std::string scenario;  ///< of the first failing position, when it was written; else empty
};

/// Tables by expectation and by function, with the lines where they differ (`all_lines`: always),
/// and the positions that are not as expected, as intervals.
void write_sweep_text(const SweptWhat& what, const SweepTally& tally, bool all_lines, bool colour,
                      std::ostream& out);
/// One object: `positions`, `as_expected`, `failures`, and what the tables show.
void write_sweep_json(const SweptWhat& what, const SweepTally& tally, std::ostream& out);
/// A test case for each function.
void write_sweep_junit(const SweptWhat& what, const SweepTally& tally, std::ostream& out);

}  // namespace sehlab::scenario
