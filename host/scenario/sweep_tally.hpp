// SweepTally: what all runs of a sweep came to: by expectation, by function and line, and which
// positions were not as expected.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "host/scenario/scenario.hpp"
#include "host/scenario/sweep_judge.hpp"

namespace sehlab::scenario {

struct SweepCounts {
  std::uint64_t positions = 0, as_expected = 0, survived = 0, died = 0, hung = 0, unmodelled = 0;
  std::map<std::string, std::uint64_t> takers;  ///< "sigtramp@mstart": positions
  std::uint64_t first = UINT64_MAX;             ///< instruction

  void add(const SweptRun& run, bool as_expected);
};

/// A position that is not as expected.
struct SweepFailure {
  SweptRun run;
  SweptVerdict verdict;
};

/// Neighbouring positions that are not as expected.
struct FailingInterval {
  std::uint64_t from = 0, to = 0;  ///< instructions; `to` is the last one
  std::uint64_t positions = 0;
};

class SweepTally {
 public:
  explicit SweepTally(const Sweep& sweep) : sweep_(sweep), by_expectation_(sweep.expect.size()) {}

  /// In any order.
  void add(SweptRun run, const SweptVerdict& verdict);
  /// After the last one.
  void finish();

  [[nodiscard]] const Sweep& sweep() const { return sweep_; }
  [[nodiscard]] const SweepCounts& total() const { return total_; }
  [[nodiscard]] const std::vector<SweepCounts>& by_expectation() const { return by_expectation_; }
  /// "go_fixed!cgocall", or "(no function)".
  [[nodiscard]] const std::map<std::string, SweepCounts>& by_function() const {
    return by_function_;
  }
  /// Of a function: "cgocall.c:57".
  [[nodiscard]] const std::map<std::string, SweepCounts>& lines_of(
      const std::string& function) const;
  /// By instruction; complete.
  [[nodiscard]] const std::vector<SweepFailure>& failures() const { return failures_; }
  [[nodiscard]] const std::vector<FailingInterval>& intervals() const { return intervals_; }

 private:
  const Sweep& sweep_;
  SweepCounts total_;
  std::vector<SweepCounts> by_expectation_;
  std::map<std::string, SweepCounts> by_function_;
  std::map<std::string, std::map<std::string, SweepCounts>> by_line_;
  std::vector<std::uint64_t> instructions_;  ///< of all positions
  std::vector<SweepFailure> failures_;
  std::vector<FailingInterval> intervals_;
};

}  // namespace sehlab::scenario
