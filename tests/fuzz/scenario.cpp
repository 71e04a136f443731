// Files that people write: scenarios and suppressions. Any text is one or is refused with file and
// line; what is read names lines that the file has, and its injections say the same on a command
// line.
#include <algorithm>

#include "host/inject/spec.hpp"
#include "host/scenario/judge.hpp"
#include "host/scenario/read_scenario.hpp"
#include "host/scenario/read_suppressions.hpp"
#include "tests/fuzz/property.hpp"

namespace sehlab::fuzzing {
namespace {

/// Lines that a message may name: one behind the last for what is missing at the end.
int lines_of(std::string_view text) {
  return 2 + static_cast<int>(std::ranges::count(text, '\n'));
}

/// `where` is "FILE:LINE", with a line that the text has.
void errors_name_file_and_line(const Error& error, const std::string& file, int lines) {
  const std::string text = error.text();
  holds(error.where.starts_with(file + ":") && !error.what.empty(), "an error names the file",
        text);
  const std::string line = error.where.substr(file.size() + 1);
  const bool number =
      !line.empty() && line.size() < 9 && line.find_first_not_of("0123456789") == std::string::npos;
  holds(number && std::stoi(line) >= 1 && std::stoi(line) <= lines, "an error names a line", text);
}

template <class T>
void stands_in_the_file(const scenario::At<T>& value, int lines) {
  holds(value.line >= 1 && value.line <= lines, "what is read stands on a line of the file",
        std::to_string(value.line));
}

void expectations_stand_in_the_file(const scenario::Expectations& expect, int lines) {
  if (expect.exit) stands_in_the_file(*expect.exit, lines);
  if (expect.end) stands_in_the_file(*expect.end, lines);
  if (expect.code) stands_in_the_file(*expect.code, lines);
  if (expect.handlers) stands_in_the_file(*expect.handlers, lines);
  if (expect.unwound) stands_in_the_file(*expect.unwound, lines);
  if (expect.chain) stands_in_the_file(*expect.chain, lines);
  if (expect.watch) stands_in_the_file(*expect.watch, lines);
  if (expect.exposures) stands_in_the_file(*expect.exposures, lines);
  if (expect.dispatches) stands_in_the_file(*expect.dispatches, lines);
  for (const auto& reached : expect.reached) stands_in_the_file(reached.symbol, lines);
  for (const auto& text : expect.handled_by) stands_in_the_file(text, lines);
  for (const auto& text : expect.out_contains) stands_in_the_file(text, lines);
}

void an_injection_says_the_same_on_a_command_line(const scenario::Injection& injection) {
  const auto members = inject::split_members(injection.text());
  holds(members.has_value(), "an injection's text is one", injection.text());
  holds(members->size() == injection.members.size(), "no key is lost or found", injection.text());
  for (std::size_t i = 0; i < members->size(); ++i) {
    holds((*members)[i].key == injection.members[i].first &&
              (*members)[i].value == injection.members[i].second.value,
          "keys and values stay what they were", injection.text());
  }
}

/// A run without events that just exits.
void a_scenario_can_be_judged(const scenario::Scenario& scenario, int lines) {
  scenario::Judge judge(scenario, /*with_golden=*/false);
  scenario::RunResult result;
  result.not_fired.resize(scenario.injections.size());
  for (const scenario::Failure& failure : judge.conclude(result)) {
    holds(failure.line >= 1 && failure.line <= lines && !failure.expectation.empty(),
          "a failure names the expectation and its line", failure.expectation);
  }
}

void a_scenario_makes_sense(const scenario::Scenario& scenario, int lines) {
  holds(!scenario.title.empty(), "a scenario has a title");
  holds(scenario.expects || scenario.sweep, "a scenario expects something", scenario.title);
  stands_in_the_file(scenario.guest, lines);
  expectations_stand_in_the_file(scenario.expect, lines);
  for (const auto& injection : scenario.injections) {
    an_injection_says_the_same_on_a_command_line(injection);
  }
  for (const std::string& symbol : scenario.observed_symbols()) {
    holds(symbol.find('!') != std::string::npos, "a symbol names its image", symbol);
  }
  const auto one = scenario.under("windows-7").with(scenario.guest);
  holds(one.profiles.empty() && one.guests.empty(), "one run has one profile and one guest");
  a_scenario_can_be_judged(one, lines);
}

void read_as_scenario(std::string_view text, int lines) {
  static const std::vector<std::string> kProfiles = {"windows-xp", "windows-7", "windows-10"};
  const auto scenario = scenario::parse_scenario(text, "fuzz.toml", kProfiles);
  if (scenario) return a_scenario_makes_sense(*scenario, lines);
  errors_name_file_and_line(scenario.error(), "scenario fuzz.toml", lines);
}

void read_as_suppressions(std::string_view text, int lines) {
  const auto all = scenario::parse_suppressions(text, "fuzz.toml");
  if (!all) return errors_name_file_and_line(all.error(), "suppressions fuzz.toml", lines);
  for (const scenario::Suppress& one : *all) {
    holds(!one.defect.empty() && !one.owner.empty() && !one.reason.empty(),
          "a suppression says what, where and why", one.defect + one.owner + one.reason);
  }
}

}  // namespace
}  // namespace sehlab::fuzzing

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = sehlab::fuzzing::text_of(data, size);
  const int lines = sehlab::fuzzing::lines_of(text);
  sehlab::fuzzing::read_as_scenario(text, lines);
  sehlab::fuzzing::read_as_suppressions(text, lines);
  return 0;
}
