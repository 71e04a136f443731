// Check: one expectation of a scenario, as something that listens to the run and concludes. A
// run is judged as it goes: nothing keeps all its events.
#pragma once

#include <memory>
#include <vector>

#include "host/scenario/scenario.hpp"
#include "host/scenario/verdict.hpp"
#include "host/trace/listener.hpp"

namespace sehlab::scenario {

class Check : public trace::Listener {
 public:
  /// Called once, after the last event.
  virtual void conclude(const RunResult& result, std::vector<Failure>& failures) = 0;
};

using Checks = std::vector<std::unique_ptr<Check>>;

// Each adds a check for every expectation of its kind that the scenario has.
void add_result_checks(const Expectations& expect, Checks& checks);
void add_handler_checks(const Scenario& scenario, Checks& checks);
void add_chain_checks(const Expectations& expect, Checks& checks);
void add_count_checks(const Scenario& scenario, Checks& checks);
void add_inject_checks(const Scenario& scenario, Checks& checks);

}  // namespace sehlab::scenario
