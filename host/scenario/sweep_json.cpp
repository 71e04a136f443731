// A sweep for programs: JSON, and JUnit's XML for CI.
#include <fmt/format.h>

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

void write_sweep_junit(const SweptWhat& what, const SweepTally& tally, std::ostream& out) {
  std::size_t failing = 0;
  for (const auto& [name, counts] : tally.by_function()) {
    failing += counts.as_expected != counts.positions;
  }
  const std::string counts =
      fmt::format("tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"0\" time=\"{:.3f}\"",
                  tally.by_function().size(), failing, what.seconds);
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      << fmt::format("<testsuites {}>\n  <testsuite name=\"{}\" {}>\n", counts, xml(what.title),
                     counts);
  for (const auto& [name, of_function] : tally.by_function()) {
    out << fmt::format("    <testcase classname=\"{}\" name=\"{}\" time=\"0\"", xml(what.title),
                       xml(name));
    if (of_function.as_expected == of_function.positions) {
      out << "/>\n";
      continue;
    }
    out << ">\n";
    for (const SweepFailure& failure : tally.failures()) {
      if (failure.run.function != name && !(failure.run.function.empty() && name[0] == '(')) {
        continue;
      }
      out << fmt::format(
          "      <failure message=\"{} of {} positions\">{} before {} @{}&#10;expected {}&#10;got "
          "{}</failure>\n",
          of_function.positions - of_function.as_expected, of_function.positions,
          xml(failure.run.fault), xml(failure.run.at), failure.run.instruction,
          xml(failure.verdict.expected), xml(failure.verdict.got));
      break;
    }
    out << "    </testcase>\n";
  }
  out << "  </testsuite>\n</testsuites>\n";
  out.flush();
}

}  // namespace sehlab::scenario
