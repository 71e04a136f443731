// SweepTally: what all runs of a sweep came to: by expectation, by function and line, and which
// positions were not as expected.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
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

  /// Where the sweep's `failing` lies.
  void expect_failing(const CountWindow& window) { failing_ = window; }

  /// "(no function)" outside of every image.
  [[nodiscard]] static std::string function_of(const SweptRun& run) {
    return run.function.empty() ? "(no function)" : run.function;
  }

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
  /// All positions are as expected, or those that are not are just those of the sweep's `failing`.
  [[nodiscard]] bool holds() const { return unforeseen() == nullptr && foreseen_ == 0; }
  /// What is not as expected and not in `failing`, the first of it; or null.
  [[nodiscard]] const SweepFailure* unforeseen() const {
    return unforeseen_ ? &failures_[*unforeseen_] : nullptr;
  }
  [[nodiscard]] bool is_foreseen(const SweepFailure& failure) const {
    return failing_.contains(failure.run.instruction);
  }
  /// Positions in `failing` that are as expected after all.
  [[nodiscard]] std::uint64_t foreseen_but_good() const { return foreseen_; }

 private:
  const Sweep& sweep_;
  SweepCounts total_;
  std::vector<SweepCounts> by_expectation_;
  std::map<std::string, SweepCounts> by_function_;
  std::map<std::string, std::map<std::string, SweepCounts>> by_line_;
  std::vector<std::uint64_t> instructions_;  ///< of all positions
  std::vector<SweepFailure> failures_;
  std::vector<FailingInterval> intervals_;
  CountWindow failing_{0, 0};
  std::optional<std::size_t> unforeseen_;  ///< in `failures_`
  std::uint64_t foreseen_ = 0;
};

}  // namespace sehlab::scenario
