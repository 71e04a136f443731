#include "host/scenario/judge.hpp"

#include "host/scenario/golden.hpp"

namespace sehlab::scenario {

Judge::Judge(const Scenario& scenario, bool with_golden) {
  add_inject_checks(scenario, checks_);
  add_result_checks(scenario.expect, checks_);
  add_handler_checks(scenario, checks_);
  add_chain_checks(scenario.expect, checks_);
  add_count_checks(scenario, checks_);
  if (scenario.golden && with_golden) {
    checks_.push_back(std::make_unique<GoldenTrace>(*scenario.golden));
  }
}

void Judge::on_event(const trace::Event& event) {
  for (const auto& check : checks_) check->on_event(event);
}

std::vector<Failure> Judge::conclude(const RunResult& result) {
  std::vector<Failure> failures;
  for (const auto& check : checks_) check->conclude(result, failures);
  return failures;
}

std::vector<Failure> judge(const Scenario& scenario, const RunResult& result,
                           std::span<const trace::Event> events) {
  Judge judge(scenario);
  for (const trace::Event& event : events) judge.on_event(event);
  return judge.conclude(result);
}

}  // namespace sehlab::scenario
