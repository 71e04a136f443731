#include "host/scenario/read_scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "host/scenario/read_expectations.hpp"
#include "host/scenario/read_injections.hpp"
#include "host/scenario/read_sweep.hpp"
#include "host/scenario/table_reader.hpp"
#include "host/scenario/text_file.hpp"
#include "host/trace/near_miss.hpp"
#include "host/trace/plain.hpp"

namespace sehlab::scenario {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

void read_watch_mode(TableReader& table, Scenario& scenario) {
  const auto mode = table.words("watch");
  if (!mode) return;
  constexpr std::array<std::string_view, 4> kModes = {"off", "report", "strict", "stop"};
  if (std::find(kModes.begin(), kModes.end(), mode->value) == kModes.end()) {
    table.complain("watch", mode->line,
                   "must be \"off\", \"report\", \"strict\" or \"stop\"; what the watch must "
                   "find is expect.watch");
  }
  scenario.watch = mode->value;
}

/// Complains of a name that is no profile's; nothing is known when `profiles` is empty.
bool is_profile(TableReader& table, std::string_view key, const Text& name,
                const std::vector<std::string>& profiles) {
  if (profiles.empty() || std::find(profiles.begin(), profiles.end(), name.value) != profiles.end())
    return true;
  table.complain(key, name.line,
                 fmt::format("\"{}\" is no profile{}", trace::printable(name.value),
                             trace::did_you_mean(name.value, std::span(profiles))));
  return false;
}

void read_profile(TableReader& table, const std::vector<std::string>& profiles,
                  Scenario& scenario) {
  scenario.profile = table.words("profile");
  if (scenario.profile) is_profile(table, "profile", *scenario.profile, profiles);
}

/// "all", or an array of names: the scenario runs under each.
void read_profiles(TableReader& table, const std::vector<std::string>& profiles,
                   Scenario& scenario) {
  const TomlValue* value = table.take("profiles");
  if (value == nullptr) return;
  if (scenario.profile) {
    return table.complain("profiles", value->line, "there is a profile already");
  }
  if (const auto* word = std::get_if<std::string>(&value->value); word && *word == "all") {
    scenario.profiles = profiles;
    return;
  }
  const auto* names = std::get_if<TomlArray>(&value->value);
  if (names == nullptr || names->empty()) {
    return table.complain("profiles", value->line, "must be \"all\" or an array of names");
  }
  for (const TomlValue& element : *names) {
    const auto* name = std::get_if<std::string>(&element.value);
    if (name == nullptr) return table.complain("profiles", element.line, "must hold strings");
    if (!is_profile(table, "profiles", Text{*name, element.line}, profiles)) return;
    scenario.profiles.push_back(*name);
  }
}

/// Builds of the guest, by name, or the program whose builds the lab knows; each must hold what is
/// expected.
void read_guests(TableReader& table, Scenario& scenario) {
  const auto guest = table.words("guest");
  const TomlValue* value = table.take("guests");
  if (value == nullptr) {
    guest ? void(scenario.guest = *guest) : table.missing("guest");
    return;
  }
  if (guest) return table.complain("guests", value->line, "there is a guest already");
  scenario.listed_builds = std::holds_alternative<std::string>(value->value);
  scenario.guests = table.some_texts("guests");
  if (!scenario.guests.empty()) scenario.guest = scenario.guests.front();
  if (scenario.listed_builds) scenario.guests.clear();
}

void read_golden(TableReader& table, Scenario& scenario) {
  const auto name = table.words("trace");
  const auto kinds = table.texts("trace_kinds");
  if (kinds && !name) {
    return table.complain("trace_kinds", kinds->line, "there is no trace to choose kinds for");
  }
  if (!name) return;
  if (scenario.guests.size() > 1 || scenario.listed_builds) {
    return table.complain("trace", name->line, "each of several guests has a trace of its own");
  }
  const std::filesystem::path path = name->value;
  if (path.is_absolute()) {
    return table.complain("trace", name->line, "must be relative to the scenario's folder");
  }
  const bool each = name->value.find(kProfileInTrace) != std::string::npos;
  if (each != (scenario.profiles.size() > 1)) {
    return table.complain("trace", name->line,
                          each
                              ? "{profile} goes with several profiles"
                              : "needs {profile} in its name: each profile has a trace of its own");
  }
  scenario.golden = Golden{scenario.file.parent_path() / path, trace::KindSet::all(), name->line};
  if (!kinds) return;
  std::string list;
  for (const Text& kind : kinds->value) list += (list.empty() ? "" : ",") + kind.value;
  const auto set = trace::KindSet::parse(list);
  if (!set) return table.complain("trace_kinds", kinds->line, set.error().what);
  if (*set == trace::KindSet::none()) {
    return table.complain("trace_kinds", kinds->line, "a trace of no kinds says nothing");
  }
  scenario.golden->kinds = *set;
}

/// An array of strings, any of which may be empty, other than a name. `what` says what they are.
std::vector<std::string> read_strings(TableReader& table, std::string_view key,
                                      std::string_view what) {
  std::vector<std::string> strings;
  const TomlValue* value = table.take(key);
  if (value == nullptr) return strings;
  const auto* array = std::get_if<TomlArray>(&value->value);
  if (array == nullptr) {
    table.complain(key, value->line, fmt::format("must be an array of strings, {}", what));
    return strings;
  }
  for (const TomlValue& element : *array) {
    const auto* text = std::get_if<std::string>(&element.value);
    if (text == nullptr) {
      table.complain(key, element.line, "must hold strings");
    } else if (text->find('\0') != std::string::npos) {
      table.complain(key, element.line, "a string here cannot hold a zero");
    } else {
      strings.push_back(*text);
    }
  }
  return strings;
}

std::optional<std::uint64_t> read_number(TableReader& table, std::string_view key,
                                         std::int64_t from) {
  const auto number = table.number(key, from, kMost);
  if (!number) return std::nullopt;
  return static_cast<std::uint64_t>(number->value);
}

bool expects_nothing(const Expectations& e) {
  return !e.exit && !e.end && !e.code && !e.handlers && !e.unwound && e.handlers_after.empty() &&
         e.handled_by.empty() && !e.chain && !e.watch && !e.exposures && !e.dispatches &&
         e.reached.empty() && !e.out && !e.err && e.out_contains.empty() && e.err_contains.empty();
}

/// What can only be said of the whole: expectations that nothing could violate.
void check_whole(const Scenario& scenario, TableReader& table, int expect_line) {
  const Expectations& expect = scenario.expect;
  if (!scenario.expects && !scenario.sweep) {
    table.complain("expect", expect_line, "nothing is expected, so nothing could fail");
  }
  if (scenario.sweep && !scenario.injections.empty()) {
    table.complain("inject", scenario.injections.front().line,
                   "a sweep injects its own faults: give the injection a scenario of its own");
  }
  if (scenario.watch != "off") return;
  const std::string why = "the watch is off, so nothing could violate this";
  if (scenario.sweep) {
    for (const SweepExpectation& one : scenario.sweep->expect) {
      if (one.watch || one.restored) table.complain("sweep.expect", one.line, why);
    }
    if (scenario.sweep->expect.empty()) {
      table.complain("sweep", scenario.sweep->line,
                     "without expectations the watch must be silent, and it is off");
    }
  }
  if (expect.watch) table.complain("expect.watch", expect.watch->line, why);
  if (expect.exposures) table.complain("expect.exposures", expect.exposures->line, why);
  if (expect.chain && std::holds_alternative<Restored>(expect.chain->value)) {
    table.complain("expect.chain", expect.chain->line, why);
  }
}

void read_members(TableReader& table, const std::vector<std::string>& profiles, Scenario& scenario,
                  Complaint& complaint) {
  const auto title = table.words("title");
  title ? void(scenario.title = title->value) : table.missing("title");
  read_guests(table, scenario);
  scenario.run = read_strings(table, "run", "the arguments");
  scenario.dll_path = read_strings(table, "dll_path", "folders to search for DLLs");
  read_profile(table, profiles, scenario);
  read_profiles(table, profiles, scenario);
  if (const auto source = table.words("source")) scenario.source = source->value;
  if (const auto skip = table.words("skip")) scenario.skip = skip->value;
  read_watch_mode(table, scenario);
  scenario.suppressions = table.words("suppressions");
  if (const auto sehop = table.flag("sehop")) scenario.sehop = sehop->value;
  scenario.seed = read_number(table, "seed", 0);
  scenario.budget = read_number(table, "budget", 1);
  read_golden(table, scenario);
  scenario.injections = read_injections(table);
  const TomlValue* expect = table.take("expect");
  if (expect != nullptr) scenario.expect = read_expectations(*expect, complaint);
  scenario.expects = !expects_nothing(scenario.expect) || scenario.golden;
  if (const TomlValue* sweep = table.take("sweep")) {
    scenario.sweep = read_sweep(*sweep, complaint);
  }
  table.finish();
  const int expect_line = expect == nullptr ? table.line() : expect->line;
  check_whole(scenario, table, expect_line);
  // A guest that dies must not pass because nobody asked how it ended.
  Expectations& e = scenario.expect;
  if (!e.exit && !e.end && !e.code) e.end = At<End>{End::Exited, expect_line};
}

}  // namespace

Result<Scenario> parse_scenario(std::string_view text, const std::filesystem::path& file,
                                const std::vector<std::string>& profiles) {
  Scenario scenario;
  scenario.file = file;
  auto document = parse_toml(text, "scenario " + file.generic_string());
  if (!document) return tl::make_unexpected(document.error());
  document->line = 1;
  Complaint complaint;
  TableReader table(*document, "", complaint);
  read_members(table, profiles, scenario, complaint);
  if (complaint) return fail(scenario.where(complaint.line), complaint.what);
  return scenario;
}

Result<Scenario> read_scenario(const std::filesystem::path& file,
                               const std::vector<std::string>& profiles) {
  const std::string where = "scenario " + file.generic_string();
  const auto text = read_text_file(file, where);
  if (!text) return tl::make_unexpected(text.error());
  return parse_scenario(*text, file, profiles);
}

}  // namespace sehlab::scenario
