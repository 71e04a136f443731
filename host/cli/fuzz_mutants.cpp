// sehlab fuzz mutants: does fuzzing find the bugs that were planted?
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "emu/os/interrupt.hpp"
#include "host/cli/console.hpp"
#include "host/cli/fuzz_options.hpp"
#include "host/lab/fuzz/mutants.hpp"

namespace sehlab::cli {
namespace {

struct MutantArguments {
  std::vector<std::string> names;
  std::uint64_t seconds = 60, seed = 0;
  bool json = false;
};

int run_mutants(const MutantArguments& arguments) {
  const auto mutants = lab::find_mutants(lab::engine_folder(), arguments.names);
  if (!mutants) return complain("fuzz: " + mutants.error().text(), kUsage);
  const os::Interrupt interrupt;
  FuzzProgress progress;
  std::vector<lab::Hunt> hunts;
  bool all = true;
  for (const lab::Mutant& mutant : *mutants) {
    lab::HuntRequest request;
    request.folder = lab::engine_folder();
    request.mutant = mutant;
    request.seconds = arguments.seconds;
    request.seed = arguments.seed;
    request.stopped = os::Interrupt::came;
    request.progress = [&](const std::string& text) {
      progress(
          fmt::format("{} of {}: {}: {}", hunts.size() + 1, mutants->size(), mutant.name, text));
    };
    auto hunt = lab::hunt(request);
    if (!hunt) {
      progress.clear();
      return complain("fuzz: " + hunt.error().text(), kLabFailed);
    }
    all = all && hunt->found;
    hunts.push_back(std::move(*hunt));
    if (os::Interrupt::came()) break;
  }
  progress.clear();
  const auto hunted = std::span(*mutants).first(hunts.size());
  std::cout << (arguments.json ? lab::hunts_json(hunted, hunts) : lab::hunts_text(hunted, hunts));
  return finish(!all || hunts.size() != mutants->size());
}

}  // namespace

Command add_fuzz_mutants(CLI::App& fuzz) {
  auto arguments = std::make_shared<MutantArguments>();
  CLI::App* mutants =
      fuzz.add_subcommand("mutants", "Fuzz the lab with a bug planted in it, for each of them");
  mutants->add_option("NAME", arguments->names, "Which; all of them if none is given");
  mutants->add_option("--time", arguments->seconds, "Seconds for each")
      ->check(CLI::PositiveNumber)
      ->type_name("SECONDS")
      ->capture_default_str();
  mutants->add_option("--seed", arguments->seed, "The engine's seed (0: by the clock)")
      ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{0x7fffffff}))
      ->type_name("N");
  mutants->add_flag("--json", arguments->json, "Print the results as JSON");
  mutants->footer(
      "Exit code: 0 all were found, 1 one was not, 2 bad input or usage,\n"
      "125 the lab failed.");
  return [arguments] { return run_mutants(*arguments); };
}

}  // namespace sehlab::cli
