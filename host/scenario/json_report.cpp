#include "host/scenario/json_report.hpp"

#include <nlohmann/json.hpp>
#include <string_view>

namespace sehlab::scenario {
namespace {

using Json = nlohmann::ordered_json;

std::string_view status_word(Status status) {
  switch (status) {
    case Status::Passed:
      return "passed";
    case Status::Failed:
      return "failed";
    case Status::Skipped:
      return "skipped";
    case Status::Broken:
      return "broken";
  }
  return {};
}

Json object(const Outcome& outcome) {
  Json json = {{"file", outcome.file.generic_string()},
               {"title", outcome.title},
               {"status", status_word(outcome.status)},
               {"seconds", outcome.seconds}};
  if (!outcome.message.empty()) json["message"] = outcome.message;
  if (!outcome.notes.empty()) json["notes"] = outcome.notes;
  if (outcome.golden_changed) json["golden_changed"] = *outcome.golden_changed;
  if (outcome.status == Status::Failed) {
    json["reproduce"] = outcome.reproduce;
    if (!outcome.report.empty()) json["report"] = outcome.report;
    for (const Failure& failure : outcome.failures) {
      json["failures"].push_back({{"expectation", failure.expectation},
                                  {"line", failure.line},
                                  {"expected", failure.expected},
                                  {"got", failure.got}});
    }
  }
  return json;
}

}  // namespace

void JsonReport::end(const Summary& summary) {
  Json json = {{"schema_version", 1},       {"passed", summary.passed},
               {"failed", summary.failed},  {"skipped", summary.skipped},
               {"broken", summary.broken},  {"seconds", summary.seconds},
               {"scenarios", Json::array()}};
  for (const Outcome& outcome : outcomes_) json["scenarios"].push_back(object(outcome));
  // Titles and paths may hold any bytes; what is no UTF-8 is replaced rather than thrown at.
  out_ << json.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
  out_.flush();
}

}  // namespace sehlab::scenario
