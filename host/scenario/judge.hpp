// Judge: listens to a run of a scenario and says which expectations do not hold. It sees events
// and what the run left, never a machine: a saved trace can be judged as well.
#pragma once

#include <span>
#include <vector>

#include "host/scenario/check.hpp"
#include "host/scenario/scenario.hpp"
#include "host/scenario/verdict.hpp"
#include "host/trace/listener.hpp"

namespace sehlab::scenario {

class Judge final : public trace::Listener {
 public:
  /// `with_golden`: the golden trace is an expectation too; false while it is written anew.
  explicit Judge(const Scenario& scenario, bool with_golden = true);
  void on_event(const trace::Event& event) override;
  /// The expectations that do not hold, in the order of the file's keys. To be called once.
  [[nodiscard]] std::vector<Failure> conclude(const RunResult& result);

 private:
  Checks checks_;
};

/// A run whose events are all there.
[[nodiscard]] std::vector<Failure> judge(const Scenario& scenario, const RunResult& result,
                                         std::span<const trace::Event> events);

}  // namespace sehlab::scenario
