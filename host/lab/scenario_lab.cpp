#include "host/lab/scenario_lab.hpp"

#include <system_error>
#include <utility>

#include "host/lab/builds.hpp"
#include "host/lab/crash.hpp"
#include "host/lab/result_file.hpp"
#include "host/lab/run.hpp"
#include "host/lab/suppressions.hpp"
#include "host/lab/sweep.hpp"
#include "host/process/process.hpp"
#include "host/seh/profile.hpp"

namespace sehlab::lab {
namespace {

scenario::End end_of(trace::EndKind kind) {
  switch (kind) {
    case trace::EndKind::Exited:
      return scenario::End::Exited;
    case trace::EndKind::UnhandledException:
      return scenario::End::Unhandled;
    case trace::EndKind::BudgetSpent:
      return scenario::End::Budget;
    case trace::EndKind::Unmodelled:
      return scenario::End::Unmodelled;
    case trace::EndKind::Stopped:
      return scenario::End::Stopped;
  }
  return scenario::End::Refused;
}

Result<scenario::RunResult> run_scenario(const scenario::Scenario& scenario,
                                         trace::Listener& listener) {
  CapturedOutput output;
  report::CrashStory crash;
  auto prepared = prepare_run(scenario);
  if (!prepared) return tl::make_unexpected(prepared.error());
  process::Options& options = prepared->options;
  options.observed = scenario.observed_symbols();
  scenario::RunResult result;
  auto end = run(options, output, {&listener, &crash});
  if (!end) {
    result.end = scenario::End::Refused;
    result.exit = end.error().missing ? 127 : 126;
    result.detail = end.error().error.text();
    result.err = "sehlab: " + refusal(end.error()) + "\n";
    return result;
  }
  result.end = end_of(end->kind);
  result.code = end->code;
  result.out = output.out();
  result.err = output.error() + last_words(*end, crash, {});
  result.detail = end->detail;
  // What the watch found is expected by its own key, not by the exit code.
  end->defects = 0;
  result.exit = exit_code(*end);
  for (const inject::Outcome& outcome : prepared->injections.outcomes(*end)) {
    result.not_fired.push_back(outcome.why);
  }
  return result;
}

/// A guest that cannot be read is told of by the run.
Result<> check_injections(const scenario::Scenario& scenario) {
  class None final : public process::Output {
    void write(int, std::span<const std::byte>) override {}
  } none;
  auto injections = Injections::of(scenario);
  if (!injections) return tl::make_unexpected(injections.error());
  process::Options options = options_of(scenario);
  options.watch = watch::Mode::Off;
  options.intervention = injections->intervention();
  const auto process = process::Process::create(options, none, {});
  return process ? (*process)->begin_intervention() : Result<>{};
}

Result<std::vector<std::string>> symbols_of(const scenario::Scenario& scenario) {
  class None final : public process::Output {
    void write(int, std::span<const std::byte>) override {}
  } none;
  const auto process = process::Process::create(options_of(scenario), none, {});
  if (!process) return tl::make_unexpected(Error(process.error()));
  // DLLs beside the program may be loaded while it runs; one that cannot be has no symbols.
  std::error_code error;
  for (const auto& entry :
       std::filesystem::directory_iterator(guest_file(scenario).parent_path(), error)) {
    if (entry.path().extension() != ".dll") continue;
    static_cast<void>((*process)->modules().load_dll(entry.path().filename().string()));
  }
  std::vector<std::string> symbols;
  for (const process::Module& module : (*process)->modules().all()) {
    if (module.symbols == nullptr) continue;
    for (const std::string_view name : module.symbols->names()) {
      symbols.push_back(module.stem + "!" + std::string(name));
    }
  }
  return symbols;
}

/// By one thread: scenarios run side by side.
Result<std::vector<scenario::Failure>> sweep_scenario_file(const scenario::Scenario& scenario) {
  SweepRequest request;
  request.options = options_of(scenario);
  request.sweep = &*scenario.sweep;
  request.where = "scenario " + scenario.file.generic_string();
  const auto answer = sweep(request);
  if (!answer) return tl::make_unexpected(answer.error());
  const scenario::SweepTally& tally = answer->tally;
  std::vector<scenario::Failure> failures;
  if (const scenario::SweepFailure* first = tally.unforeseen()) {
    const auto& rule = first->verdict.expectation;
    failures.push_back(
        {"sweep", rule ? scenario.sweep->expect[*rule].line : scenario.sweep->line,
         first->verdict.expected + " (" + first->run.fault + " before " + first->run.at + ")",
         first->verdict.got});
  }
  if (tally.foreseen_but_good() != 0) {
    failures.push_back({"sweep", scenario.sweep->failing->line, "no position as expected",
                        std::to_string(tally.foreseen_but_good()) + " are"});
  }
  return failures;
}

}  // namespace

std::filesystem::path guest_file(const scenario::Scenario& scenario) {
  std::error_code error;
  const auto beside = scenario.file.parent_path() / scenario.guest.value;
  if (std::filesystem::exists(beside, error)) return beside;
  return system_folder() / scenario.guest.value;
}

process::Options options_of(const scenario::Scenario& scenario) {
  process::Options options;
  options.program = guest_file(scenario);
  options.arguments = scenario.run;
  for (const std::string& folder : scenario.dll_path) {
    options.dll_folders.push_back(scenario.file.parent_path() / folder);
  }
  options.system_folder = system_folder();
  if (scenario.profile) options.profile = seh::find_profile(scenario.profile->value);
  options.sehop = scenario.sehop;
  options.seed = scenario.seed.value_or(0);
  options.budget = scenario.budget.value_or(0);
  options.watch = watch_mode(scenario.watch).value_or(watch::Mode::Report);
  return options;
}

Result<PreparedRun> prepare_run(const scenario::Scenario& scenario) {
  PreparedRun prepared;
  prepared.options = options_of(scenario);
  auto injections = Injections::of(scenario);
  if (!injections) return tl::make_unexpected(injections.error());
  prepared.injections = std::move(*injections);
  prepared.options.intervention = prepared.injections.intervention();
  if (scenario.suppressions) {
    auto read = read_suppressions(scenario.file.parent_path() / scenario.suppressions->value);
    if (!read) return tl::make_unexpected(read.error());
    prepared.options.suppressions = std::move(*read);
  }
  return prepared;
}

scenario::Lab scenario_lab() {
  scenario::Lab lab;
  lab.run = run_scenario;
  lab.symbols = symbols_of;
  lab.injections = check_injections;
  lab.sweep = sweep_scenario_file;
  lab.builds = [](const std::string& program) { return builds_of(system_folder(), program); };
  for (const seh::Profile& profile : seh::profiles()) lab.profiles.emplace_back(profile.name);
  return lab;
}

}  // namespace sehlab::lab
