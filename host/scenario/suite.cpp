#include "host/scenario/suite.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <system_error>

#include "host/scenario/golden.hpp"
#include "host/scenario/in_order.hpp"
#include "host/scenario/judge.hpp"
#include "host/scenario/read_scenario.hpp"
#include "host/scenario/symbol_check.hpp"
#include "host/trace/plain.hpp"

namespace sehlab::scenario {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int kFailed = 1, kUsage = 2, kSkipped = 77;  // docs/cli.md

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

Result<> add_folder(const fs::path& folder, std::vector<fs::path>& files) {
  std::error_code error;
  std::vector<fs::path> found;
  auto entry = fs::recursive_directory_iterator(folder, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    std::error_code ignored;  // a link to nowhere is no scenario
    if (entry->path().extension() == ".toml" && entry->is_regular_file(ignored)) {
      found.push_back(entry->path());
    }
  }
  if (error) return fail(folder.generic_string(), "cannot be read: " + error.message());
  std::sort(found.begin(), found.end());
  files.insert(files.end(), found.begin(), found.end());
  return {};
}

std::string quoted(const std::string& word) {
  const bool plain = !word.empty() && word.find_first_not_of(
                                          "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                          "0123456789_-./=+:,%@") == std::string::npos;
  if (plain) return word;
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

std::string reproduce(const Scenario& scenario) {
  if (scenario.sweep)
    return trace::harmless("sehlab sweep " + quoted(scenario.file.generic_string()));
  std::string command = "sehlab run --trace --watch=" + scenario.watch;
  if (scenario.profile) command += " --profile=" + quoted(scenario.profile->value);
  if (scenario.seed) command += " --seed=" + std::to_string(*scenario.seed);
  if (scenario.budget) command += " --budget=" + std::to_string(*scenario.budget);
  for (const Injection& injection : scenario.injections) {
    command += " --inject=" + quoted(injection.text());
  }
  for (const std::string& folder : scenario.dll_path) {
    command += " --dll-path=" + quoted((scenario.file.parent_path() / folder).generic_string());
  }
  // As the lab looks for it: beside the scenario, then among its own.
  std::error_code error;
  const fs::path beside = scenario.file.parent_path() / scenario.guest.value;
  const bool found = fs::exists(beside, error);
  command += " " + quoted(found ? beside.generic_string() : scenario.guest.value);
  for (const std::string& argument : scenario.run) command += " " + quoted(argument);
  return trace::harmless(command);
}

void broken(Outcome& outcome, const Error& error) {
  outcome.status = Status::Broken;
  outcome.message = error.text();
}

/// Tells two listeners.
class Both final : public trace::Listener {
 public:
  Both(trace::Listener& first, trace::Listener& second) : first_(first), second_(second) {}
  void on_event(const trace::Event& event) override {
    first_.on_event(event);
    second_.on_event(event);
  }

 private:
  trace::Listener& first_;
  trace::Listener& second_;
};

/// Runs and judges; false when the lab could not run it.
bool run_and_judge(const Scenario& scenario, const Lab& lab, Judge& judge,
                   trace::Listener& listener, Outcome& outcome) {
  const auto result = lab.run(scenario, listener);
  if (!result) {
    broken(outcome, result.error());
    return false;
  }
  outcome.failures = judge.conclude(*result);
  if (!outcome.failures.empty()) outcome.status = Status::Failed;
  return true;
}

void run_updating(const Scenario& scenario, const Lab& lab, Outcome& outcome) {
  Judge judge(scenario, /*with_golden=*/false);
  NewGolden golden(*scenario.golden);
  Both both(judge, golden);
  if (!run_and_judge(scenario, lab, judge, both, outcome)) return;
  // A run that is not as expected is no model for later ones.
  if (outcome.status == Status::Failed) return;
  const auto changed = golden.write();
  changed ? void(outcome.golden_changed = *changed) : broken(outcome, changed.error());
}

}  // namespace

Result<> check_names(const Scenario& scenario, const Lab& lab) {
  if (lab.injections && !scenario.injections.empty()) {
    if (auto checked = lab.injections(scenario); !checked) return checked;
  }
  if (!lab.symbols || !names_symbols(scenario)) return {};
  const auto known = lab.symbols(scenario);
  return known ? check_symbols(scenario, *known) : Result<>{};
}

Result<std::vector<fs::path>> find_scenarios(const std::vector<fs::path>& paths) {
  std::vector<fs::path> files;
  for (const fs::path& path : paths) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) return fail(path.generic_string(), "there is no such file or folder");
    if (!fs::is_directory(status)) {
      files.push_back(path);
    } else if (auto added = add_folder(path, files); !added) {
      return tl::make_unexpected(added.error());
    }
  }
  std::set<fs::path> seen;
  std::erase_if(files, [&seen](const fs::path& file) {
    return !seen.insert(file.lexically_normal()).second;
  });
  if (files.empty()) return fail("", "there is no scenario (*.toml) to run");
  return files;
}

namespace {

void run_sweep(const Scenario& scenario, const Lab& lab, Outcome& outcome) {
  const auto failures = lab.sweep(scenario);
  if (!failures) return broken(outcome, failures.error());
  outcome.failures.insert(outcome.failures.end(), failures->begin(), failures->end());
  if (!outcome.failures.empty()) outcome.status = Status::Failed;
}

void run_under(const Scenario& scenario, const Lab& lab, bool update, Outcome& outcome) {
  if (!scenario.expects) {
    // A sweep and nothing else.
  } else if (update && scenario.golden) {
    run_updating(scenario, lab, outcome);
  } else {
    Judge judge(scenario);
    run_and_judge(scenario, lab, judge, judge, outcome);
  }
  if (scenario.sweep && outcome.status != Status::Broken) run_sweep(scenario, lab, outcome);
}

/// A scenario with one guest and one profile, and what tells it from the file's others.
struct Variant {
  Scenario scenario;
  std::string name;  ///< " with GUEST", " under PROFILE"
};

std::vector<Variant> variants(const Scenario& scenario, const std::vector<Text>& guests) {
  std::vector<Variant> with, all;
  for (const Text& guest : guests) {
    with.push_back({scenario.with(guest), " with " + guest.value});
  }
  if (with.empty()) with.push_back({scenario, ""});
  for (const Variant& one : with) {
    for (const std::string& profile : scenario.profiles) {
      all.push_back({one.scenario.under(profile), one.name + " under " + profile});
    }
  }
  return all.empty() ? with : all;
}

/// "12 builds are not there: clang-19 is not installed", each reason once.
std::vector<std::string> absences(const std::vector<Build>& builds) {
  std::vector<std::pair<std::string, std::size_t>> reasons;
  for (const Build& build : builds) {
    if (build.absent.empty()) continue;
    const auto same = [&](const auto& reason) { return reason.first == build.absent; };
    const auto known = std::find_if(reasons.begin(), reasons.end(), same);
    known == reasons.end() ? void(reasons.emplace_back(build.absent, 1)) : void(++known->second);
  }
  std::vector<std::string> notes;
  for (const auto& [reason, count] : reasons) {
    notes.push_back(std::to_string(count) + (count == 1 ? " build is" : " builds are") +
                    " not there: " + reason);
  }
  return notes;
}

/// The guests to run with; empty when there is but `guest` itself.
Result<std::vector<Text>> guests_of(const Scenario& scenario, const Lab& lab, bool all_builds,
                                    Outcome& outcome) {
  if (!scenario.listed_builds) return scenario.guests;
  const auto where = scenario.where(scenario.guest.line);
  if (!lab.builds) return fail(where, "guests: nobody knows the builds of a program");
  auto builds = lab.builds(scenario.guest.value);
  if (!builds) return fail(where, "guests: " + builds.error().text());
  std::erase_if(*builds, [&](const Build& build) { return !build.always && !all_builds; });
  outcome.notes = absences(*builds);
  std::vector<Text> guests;
  for (const Build& build : *builds) {
    if (build.absent.empty()) guests.push_back(Text{build.guest, scenario.guest.line});
  }
  if (guests.empty()) return fail(where, "guests: there is no build to run");
  return guests;
}

/// A sweep without expectations of its own has no one run to show.
void keep_report(const Scenario& scenario, const Lab& lab, Outcome& outcome) {
  if (!lab.report || !scenario.expects) return;
  const auto kept = lab.report(scenario);
  kept ? void(outcome.report = *kept)
       : outcome.notes.push_back("no report: " + kept.error().text());
}

/// One after the other, to the end: what differs between them shows in which of them fail.
void run_variants(const Scenario& scenario, const std::vector<Text>& guests, const Lab& lab,
                  bool update, Outcome& outcome) {
  std::vector<Failure> failures;
  for (const auto& [one, name] : variants(scenario, guests)) {
    Outcome result;
    if (auto checked = check_names(one, lab); !checked) {
      broken(outcome, checked.error());
      return;
    }
    run_under(one, lab, update, result);
    if (result.golden_changed) {
      outcome.golden_changed = outcome.golden_changed.value_or(false) || *result.golden_changed;
    }
    if (result.status == Status::Broken) {
      outcome.status = Status::Broken;
      outcome.message = (name.empty() ? "" : one.guest.value + name + ": ") + result.message;
      return;
    }
    if (result.status != Status::Failed) continue;
    if (failures.empty()) {
      outcome.reproduce = reproduce(one);
      keep_report(one, lab, outcome);
    }
    for (Failure& failure : result.failures) {
      failure.expectation += name;
      failures.push_back(std::move(failure));
    }
  }
  outcome.failures = std::move(failures);
  if (!outcome.failures.empty()) outcome.status = Status::Failed;
}

}  // namespace

Outcome run_one(const fs::path& file, const Lab& lab, Running running) {
  const auto start = Clock::now();
  Outcome outcome;
  outcome.file = file;
  outcome.title = file.filename().generic_string();
  auto scenario = read_scenario(file, lab.profiles);
  if (!scenario) {
    broken(outcome, scenario.error());
    return outcome;
  }
  if (!running.golden) scenario->golden.reset();
  outcome.title = scenario->title;
  outcome.reproduce = reproduce(*scenario);
  if (!scenario->skip.empty()) {
    outcome.status = Status::Skipped;
    outcome.message = scenario->skip;
    return outcome;
  }
  if (const auto guests = guests_of(*scenario, lab, running.all_builds, outcome); guests) {
    run_variants(*scenario, *guests, lab, running.update, outcome);
  } else {
    broken(outcome, guests.error());
  }
  outcome.seconds = seconds_since(start);
  return outcome;
}

Summary run_all(const std::vector<fs::path>& files, const Lab& lab, Running running,
                const std::vector<Reporter*>& reporters) {
  const auto start = Clock::now();
  Summary summary;
  const auto run = [&](std::size_t i) { return run_one(files[i], lab, running); };
  in_order<Outcome>(files.size(), running.jobs, run, [&](const Outcome& outcome) {
    summary.passed += outcome.status == Status::Passed;
    summary.failed += outcome.status == Status::Failed;
    summary.skipped += outcome.status == Status::Skipped;
    summary.broken += outcome.status == Status::Broken;
    for (Reporter* reporter : reporters) reporter->done(outcome);
  });
  summary.seconds = seconds_since(start);
  for (Reporter* reporter : reporters) reporter->end(summary);
  return summary;
}

int exit_code(const Summary& summary) {
  if (summary.broken > 0) return kUsage;
  if (summary.failed > 0) return kFailed;
  return summary.passed == 0 ? kSkipped : 0;
}

}  // namespace sehlab::scenario
