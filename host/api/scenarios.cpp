#include "host/api/sehlab/scenarios.hpp"

#include <fstream>
#include <ostream>
#include <sstream>
#include <utility>

#include "host/api/or_throw.hpp"
#include "host/lab/scenario_lab.hpp"
#include "host/scenario/console_report.hpp"
#include "host/scenario/json_report.hpp"
#include "host/scenario/junit_report.hpp"
#include "host/scenario/suite.hpp"

namespace sehlab {
namespace {

Verdict::Status status_of(scenario::Status status) {
  switch (status) {
    case scenario::Status::Failed:
      return Verdict::Status::Failed;
    case scenario::Status::Skipped:
      return Verdict::Status::Skipped;
    case scenario::Status::Broken:
      return Verdict::Status::Broken;
    case scenario::Status::Passed:
      break;
  }
  return Verdict::Status::Passed;
}

Verdict verdict_of(const scenario::Outcome& outcome) {
  Verdict verdict;
  verdict.file = outcome.file;
  verdict.title = outcome.title;
  verdict.status = status_of(outcome.status);
  for (const scenario::Failure& one : outcome.failures) {
    verdict.failures.push_back({one.expectation, one.line, one.expected, one.got});
  }
  verdict.message = outcome.message;
  verdict.notes = outcome.notes;
  verdict.reproduce = outcome.reproduce;
  verdict.seconds = outcome.seconds;
  std::ostringstream out, err;
  scenario::ConsoleReport(out, err, false).done(outcome);
  verdict.report = out.str() + err.str();
  return verdict;
}

class Verdicts final : public scenario::Reporter {
 public:
  explicit Verdicts(const std::function<void(const Verdict&)>& each) : each_(each) {}
  void done(const scenario::Outcome& outcome) override {
    all.push_back(verdict_of(outcome));
    if (each_) each_(all.back());
  }
  void end(const scenario::Summary&) override {}

  std::vector<Verdict> all;

 private:
  const std::function<void(const Verdict&)>& each_;
};

std::vector<Verdict> run_with(const std::vector<std::filesystem::path>& paths,
                              const ScenarioOptions& options, scenario::Reporter* other) {
  const auto files = or_throw(scenario::find_scenarios(paths));
  Verdicts verdicts(options.each);
  std::vector<scenario::Reporter*> reporters{&verdicts};
  if (other != nullptr) reporters.push_back(other);
  std::ofstream junit_file;
  scenario::JunitReport junit(junit_file);
  const std::string unwritten = options.junit.string() + ": cannot be written";
  if (!options.junit.empty()) {
    junit_file.open(options.junit, std::ios::binary | std::ios::trunc);
    if (!junit_file) throw LabError(unwritten);
    reporters.push_back(&junit);
  }
  scenario::run_all(files, lab::scenario_lab(),
                    {options.update, options.jobs, options.all_builds, options.golden}, reporters);
  if (!options.junit.empty() && !junit_file.flush()) throw LabError(unwritten);
  return std::move(verdicts.all);
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const Verdict& verdict) {
  return out << verdict.report;
}

std::vector<Verdict> run_scenarios(const std::vector<std::filesystem::path>& paths,
                                   const ScenarioOptions& options) {
  return run_with(paths, options, nullptr);
}

std::string run_scenarios_json(const std::vector<std::filesystem::path>& paths,
                               const ScenarioOptions& options) {
  std::ostringstream out;
  scenario::JsonReport json(out);
  static_cast<void>(run_with(paths, options, &json));
  return out.str();
}

}  // namespace sehlab
