// A sweep for programs: JSON, and JUnit's XML for CI.
#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "host/scenario/sweep_report.hpp"
#include "host/scenario/xml.hpp"

namespace sehlab::scenario {
namespace {

using Json = nlohmann::ordered_json;

Json counts_of(const SweepCounts& counts) {
  return {{"positions", counts.positions}, {"as_expected", counts.as_expected},
          {"survived", counts.survived},   {"died", counts.died},
          {"hung", counts.hung},           {"unmodelled", counts.unmodelled},
          {"handled_by", counts.takers}};
}

Json failure_of(const SweepFailure& failure) {
  const SweptRun& run = failure.run;
  Json json = {{"instruction", run.instruction},
               {"at", run.at},
               {"function", run.function},
               {"source", run.source},
               {"fault", run.fault},
               {"end", end_word(run.end)},
               {"exit", run.exit},
               {"handled_by", run.taken.name()},
               {"watch", run.defects},
               {"expected", failure.verdict.expected},
               {"got", failure.verdict.got}};
  if (!run.chain.empty()) json["chain"] = run.chain;
  if (!run.detail.empty()) json["detail"] = run.detail;
  return json;
}

}  // namespace

void write_sweep_json(const SweptWhat& what, const SweepTally& tally, std::ostream& out) {
  const SweepCounts& total = tally.total();
  Json json = {{"schema_version", 1},
               {"title", what.title},
               {"program", what.program},
               {"without_fault", {{"end", what.unfaulted}, {"instructions", what.instructions}}},
               {"window", {{"from", what.from}, {"to", what.to}}},
               {"faults", Json::array()},
               {"positions", total.positions},
               {"as_expected", total.as_expected},
               {"survived", total.survived},
               {"died", total.died},
               {"hung", total.hung},
               {"unmodelled", total.unmodelled},
               {"passed_over", what.passed_over},
               {"seconds", what.seconds},
               {"jobs", what.jobs},
               {"expectations", Json::array()},
               {"functions", Json::array()},
               {"failing", Json::array()},
               {"failures", Json::array()}};
  for (const Text& fault : tally.sweep().faults) json["faults"].push_back(fault.value);
  for (std::size_t i = 0; i < tally.sweep().expect.size(); ++i) {
    const SweepExpectation& expect = tally.sweep().expect[i];
    Json one = {{"title", expect.title}};
    if (!expect.reason.empty()) one["reason"] = expect.reason;
    one.update(counts_of(tally.by_expectation()[i]));
    json["expectations"].push_back(std::move(one));
  }
  for (const auto& [name, counts] : tally.by_function()) {
    Json one = {{"function", name}};
    one.update(counts_of(counts));
    for (const auto& [line, line_counts] : tally.lines_of(name)) {
      Json of_line = {{"source", line}};
      of_line.update(counts_of(line_counts));
      one["lines"].push_back(std::move(of_line));
    }
    json["functions"].push_back(std::move(one));
  }
  for (const FailingInterval& interval : tally.intervals()) {
    json["failing"].push_back(
        {{"from", interval.from}, {"to", interval.to}, {"positions", interval.positions}});
  }
  for (const SweepFailure& failure : tally.failures()) {
    json["failures"].push_back(failure_of(failure));
  }
  json["holds"] = tally.holds();
  if (!what.scenario.empty()) json["scenario"] = what.scenario;
  // Symbols may hold any bytes; what is no UTF-8 is replaced rather than thrown at.
  out << json.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
  out.flush();
}

namespace {

std::string failure_text(const SweepFailure& failure) {
  return fmt::format("{} before {} @{}&#10;expected {}&#10;got {}", xml(failure.run.fault),
                     xml(failure.run.at), failure.run.instruction, xml(failure.verdict.expected),
                     xml(failure.verdict.got));
}

/// One that was not to be: a function's number of them, and the first.
struct FunctionFailures {
  std::uint64_t count = 0;
  const SweepFailure* first = nullptr;
};

std::map<std::string, FunctionFailures> failures_by_function(const SweepTally& tally) {
  std::map<std::string, FunctionFailures> all;
  for (const SweepFailure& failure : tally.failures()) {
    if (tally.is_foreseen(failure)) continue;
    FunctionFailures& of = all[SweepTally::function_of(failure.run)];
    ++of.count;
    if (of.first == nullptr) of.first = &failure;
  }
  return all;
}

}  // namespace

void write_sweep_junit(const SweptWhat& what, const SweepTally& tally, std::ostream& out) {
  const auto failures = failures_by_function(tally);
  const bool wrongly_good = tally.foreseen_but_good() != 0;
  const std::string counts = fmt::format(
      "tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"0\" time=\"{:.3f}\"",
      tally.by_function().size() + wrongly_good, failures.size() + wrongly_good, what.seconds);
  const std::string title = xml(what.title);
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      << fmt::format("<testsuites {}>\n  <testsuite name=\"{}\" {}>\n", counts, title, counts);
  for (const auto& [name, of_function] : tally.by_function()) {
    out << fmt::format("    <testcase classname=\"{}\" name=\"{}\" time=\"0\"", title, xml(name));
    const auto found = failures.find(name);
    if (found == failures.end()) {
      out << "/>\n";
      continue;
    }
    out << fmt::format(
        ">\n      <failure message=\"{} of {} positions\">{}</failure>\n    </testcase>\n",
        found->second.count, of_function.positions, failure_text(*found->second.first));
  }
  if (wrongly_good) {
    out << fmt::format(
        "    <testcase classname=\"{}\" name=\"failing\" time=\"0\">\n"
        "      <failure message=\"{} positions are as expected where none was to be\"/>\n"
        "    </testcase>\n",
        title, tally.foreseen_but_good());
  }
  out << "  </testsuite>\n</testsuites>\n";
  out.flush();
}

}  // namespace sehlab::scenario
