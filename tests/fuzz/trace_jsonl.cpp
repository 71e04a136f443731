// JSON Lines traces. What is read is written again as the same events, as text without a control
// character, and can be judged and reported, in whatever order the events come.
#include <algorithm>
#include <sstream>

#include "host/report/crash_report.hpp"
#include "host/report/crash_story.hpp"
#include "host/report/defect_report.hpp"
#include "host/report/walk_report.hpp"
#include "host/scenario/judge.hpp"
#include "host/scenario/read_scenario.hpp"
#include "host/trace/jsonl_reader.hpp"
#include "host/trace/jsonl_writer.hpp"
#include "host/trace/plain.hpp"
#include "host/trace/text_writer.hpp"
#include "host/trace/trace.hpp"
#include "tests/fuzz/property.hpp"

namespace sehlab::fuzzing {
namespace {

/// One expectation of each kind that listens to events.
constexpr std::string_view kExpectsEverything = R"(
title = "everything"
guest = "go.exe"
[[inject]]
at = "go!f"
fault = "read"
[expect]
exit = 0
code = 0
handlers = ["sigtramp@mstart"]
unwound = ["sigtramp"]
handled_by = ["sigtramp@mstart", "nobody"]
chain = "restored"
watch = ["dangling@go!f"]
exposures = 1
dispatches = 1
stdout = "PASS"
stderr_contains = ["panic"]
reached = {recovery = 1}
[[expect.handlers_after]]
symbol = "recovery"
handlers = ["sigtramp"]
)";

const scenario::Scenario& expecting_everything() {
  static const auto parsed = scenario::parse_scenario(kExpectsEverything, "everything.toml");
  holds(parsed.has_value(), "the scenario of this target is one",
        parsed ? "" : parsed.error().text());
  return *parsed;
}

void errors_name_file_and_line(const Error& error, std::size_t lines) {
  const std::string& where = error.where;
  if (where == "fuzz.jsonl") return holds(lines == 0, "only an empty file has no line to blame");
  holds(where.starts_with("fuzz.jsonl:") && !error.what.empty(), "an error names file and line",
        error.text());
  const unsigned long line = std::stoul(where.substr(where.find(':') + 1));
  holds(line >= 1 && line <= lines, "an error names a line of the file", error.text());
}

void an_event_is_read_as_it_was_written(const trace::Event& event) {
  const std::string line = trace::jsonl_line(event);
  std::istringstream in(trace::jsonl_header() + "\n" + line + "\n");
  const auto again = trace::read_jsonl(in, "written");
  holds(again.has_value(), "what was written can be read", again ? "" : again.error().text());
  holds(again->size() == 1 && again->front() == event, "an event is read as it was written", line);
}

/// UTF-8, and nothing that a terminal would obey.
void text_is_harmless(std::string_view text, bool of_lines) {
  const std::string_view whole = text;
  while (!text.empty()) {
    const std::size_t length = trace::utf8_sequence(text);
    holds(length != 0, "text is UTF-8", whole);
    const auto first = static_cast<unsigned char>(text[0]);
    const bool control =
        first < 0x20 || first == 0x7f ||
        (length == 2 && first == 0xc2 && static_cast<unsigned char>(text[1]) < 0xa0);
    holds(!control || (of_lines && text[0] == '\n'), "text has no control characters", whole);
    text.remove_prefix(length);
  }
}

void a_trace_can_be_judged(const std::vector<trace::Event>& events) {
  scenario::RunResult result;
  result.not_fired = {""};
  for (const auto& failure : scenario::judge(expecting_everything(), result, events)) {
    holds(!failure.expectation.empty() && failure.line > 0, "a failure names its line",
          failure.expectation);
  }
}

void a_trace_can_be_reported(const std::vector<trace::Event>& events) {
  report::CrashStory story;
  for (const trace::Event& event : events) {
    story.on_event(event);
    if (std::holds_alternative<trace::DefectFound>(event.payload)) {
      text_is_harmless(report::defect_report(event), true);
    }
  }
  if (!story.crashed()) return;
  text_is_harmless(report::crash_report(story, std::nullopt, {}), true);
  text_is_harmless(report::walk_report(story, {}), true);
}

}  // namespace
}  // namespace sehlab::fuzzing

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sehlab;
  const std::string text(fuzzing::text_of(data, size));
  std::istringstream in(text);
  trace::Trace trace;
  const auto read = trace::read_jsonl(in, "fuzz.jsonl", trace);
  const auto newlines = static_cast<std::size_t>(std::ranges::count(text, '\n'));
  const bool open_end = !text.empty() && text.back() != '\n';
  if (!read) fuzzing::errors_name_file_and_line(read.error(), newlines + (open_end ? 1 : 0));
  trace::TextLines lines;
  for (const trace::Event& event : trace.events) {
    fuzzing::an_event_is_read_as_it_was_written(event);
    fuzzing::text_is_harmless(lines.line(event), false);
  }
  fuzzing::a_trace_can_be_judged(trace.events);
  fuzzing::a_trace_can_be_reported(trace.events);
  return 0;
}
