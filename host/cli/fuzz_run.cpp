// sehlab fuzz run, sehlab fuzz merge: an engine's command line, prepared and run.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "emu/os/interrupt.hpp"
#include "host/cli/console.hpp"
#include "host/cli/fuzz_options.hpp"
#include "host/lab/fuzz/campaign.hpp"
#include "host/lab/fuzz/findings.hpp"
#include "host/lab/fuzz/fuzz_text.hpp"
#include "host/lab/fuzz/merge.hpp"

namespace sehlab::cli {
namespace {

struct RunArguments {
  GuestArguments guest;
  std::string engine = "libfuzzer";
  lab::FuzzRun run;
  std::vector<std::string> corpora;
  std::string out;
  bool verbose = false, json = false;
};

/// Paths as engines are to have them, whatever folder they work in. An Error names what is not
/// there.
Result<> resolve(RunArguments& arguments) {
  std::error_code error;
  arguments.run.out = std::filesystem::absolute(arguments.out, error);
  for (const std::string& corpus : arguments.corpora) {
    if (!std::filesystem::is_directory(corpus, error)) {
      return fail("--corpus " + corpus, "there is no such folder");
    }
    arguments.run.corpora.push_back(std::filesystem::absolute(corpus, error));
  }
  if (lab::is_dll(arguments.guest.guest) &&
      !std::filesystem::is_regular_file(arguments.guest.guest, error)) {
    return fail(arguments.guest.guest, "there is no such file");
  }
  arguments.run.guest = arguments.guest.guest;
  arguments.run.engine = arguments.engine == "afl" ? lab::Engine::Afl : lab::Engine::LibFuzzer;
  arguments.run.ending_only = arguments.guest.choice().ending_only;
  return {};
}

/// Runs what the engine kept again, shrinks it and writes it down.
Result<std::vector<lab::Bug>> look_at(lab::FuzzedGuest& guest, const lab::FuzzRun& run,
                                      const lab::CampaignAnswer& answer, FuzzProgress& progress) {
  auto bugs = lab::group_findings(guest, answer.artifacts, [&](std::size_t done) {
    progress(fmt::format("looking at input {} of {}", done + 1, answer.artifacts.size()));
  });
  if (!bugs) return bugs;
  for (lab::Bug& bug : *bugs) {
    lab::shrink_bug(guest, bug, [&](std::size_t bytes, std::size_t tried) {
      progress(fmt::format("shrinking: {} bytes, {} tried", bytes, tried));
    });
    if (auto written = lab::write_bug(guest, bug, run.out / "findings"); !written) {
      return tl::make_unexpected(written.error());
    }
  }
  return bugs;
}

int run_fuzzer(RunArguments& arguments) {
  if (auto good = resolve(arguments); !good)
    return complain("fuzz: " + good.error().text(), kUsage);
  const lab::FuzzRun& run = arguments.run;
  auto guest = lab::make_guest(arguments.guest.choice());
  if (!guest) return complain("fuzz: " + guest.error().text(), kUsage);
  const auto program = lab::engine_program(run.guest, run.engine);
  if (!program) return complain("fuzz: " + program.error().text(), kUsage);

  const os::Interrupt interrupt;
  FuzzProgress progress;
  lab::CampaignRequest request;
  request.run = run;
  request.program = *program;
  request.stopped = os::Interrupt::came;
  request.progress = [&](const lab::EngineStatus& status, double seconds) {
    progress(lab::progress_text(run, status, seconds));
  };
  if (arguments.verbose) {
    request.command = [](const std::string& line) { fmt::print(stderr, "{}\n", line); };
  }
  fmt::print(stderr, "{}\n", lab::campaign_title(run));
  const auto answer = lab::run_campaign(request);
  progress.clear();
  if (!answer) return complain("fuzz: " + answer.error().text(), kUsage);
  const auto bugs = look_at(**guest, run, *answer, progress);
  progress.clear();
  if (!bugs) return complain("fuzz: " + bugs.error().text(), kLabFailed);
  std::cout << (arguments.json ? lab::campaign_json(**guest, run, *answer, *bugs)
                               : lab::campaign_text(**guest, run, *answer, *bugs));
  if (!answer->failure.empty() && bugs->empty()) {
    return complain(
        "fuzz: the engine failed (all it said: " + answer->log.string() + ")\n" + answer->failure,
        kLabFailed);
  }
  return finish(!bugs->empty());
}

struct MergeArguments {
  GuestArguments guest;
  std::string out;
  std::vector<std::string> from;
  bool verbose = false;
};

int run_merge(const MergeArguments& arguments) {
  const os::Interrupt interrupt;
  FuzzProgress progress;
  lab::MergeRequest request;
  request.guest = arguments.guest.guest;
  request.into = arguments.out;
  request.from.assign(arguments.from.begin(), arguments.from.end());
  request.stopped = os::Interrupt::came;
  request.said = [&](const std::string& line) { progress(line); };
  if (arguments.verbose) {
    request.command = [](const std::string& line) { fmt::print(stderr, "{}\n", line); };
  }
  const auto merged = lab::merge_corpora(request);
  progress.clear();
  if (!merged) return complain("fuzz: " + merged.error().text(), kUsage);
  if (!merged->failure.empty()) {
    return complain("fuzz: the engine failed\n" + merged->failure, kLabFailed);
  }
  std::cout << fmt::format("{} of {} inputs were added to {}, which has {} now\n", merged->added,
                           merged->looked_at, arguments.out, merged->inputs);
  if (merged->crashed != 0) {
    fmt::print(stderr, "{} were left out since they show something: see sehlab fuzz replay\n",
               merged->crashed);
  }
  return finish(false);
}

}  // namespace

Command add_fuzz_run(CLI::App& fuzz) {
  auto arguments = std::make_shared<RunArguments>();
  CLI::App* run = fuzz.add_subcommand("run", "Run a fuzzing engine, and look at what it finds");
  arguments->guest.add_to(*run);
  run->add_option("--engine", arguments->engine, "libfuzzer (many runs a second) or afl (AFL++)")
      ->check(CLI::IsMember({"libfuzzer", "afl"}))
      ->capture_default_str();
  run->add_option("--time", arguments->run.seconds, "Stop after so many seconds (0: never)")
      ->check(CLI::NonNegativeNumber)
      ->type_name("SECONDS");
  run->add_option("--jobs,-j", arguments->run.jobs, "Processes that fuzz at the same time")
      ->type_name("N")
      ->check(CLI::Range(1u, 256u))
      ->capture_default_str();
  run->add_option("--seed", arguments->run.seed, "The engine's seed (0: by the clock)")
      ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{0x7fffffff}))
      ->type_name("N");
  run->add_option("--corpus", arguments->corpora, "Inputs to begin with, repeatable")
      ->type_name("DIR")
      ->allow_extra_args(false);
  run->add_option("--out", arguments->out, "Where corpus and findings go, and the corpus is kept")
      ->required()
      ->type_name("DIR");
  run->add_flag("--keep-going", arguments->run.keep_going, "Do not stop at the first finding");
  run->add_flag("--verbose", arguments->verbose, "Show the engine's command lines");
  run->add_flag("--json", arguments->json, "Print the results as JSON");
  run->footer("Exit code: 0 no finding, 1 a finding, 2 bad input or usage, 125 the lab failed.");
  return [arguments] { return run_fuzzer(*arguments); };
}

Command add_fuzz_merge(CLI::App& fuzz) {
  auto arguments = std::make_shared<MergeArguments>();
  CLI::App* merge =
      fuzz.add_subcommand("merge", "Add to a corpus the inputs of others that reach more");
  arguments->guest.add_to(*merge);
  merge->add_option("--out", arguments->out, "The corpus that is added to")
      ->required()
      ->type_name("DIR");
  merge->add_option("DIR", arguments->from, "Folders of inputs; queues of AFL++ as well")
      ->required();
  merge->add_flag("--verbose", arguments->verbose, "Show the engine's command line");
  return [arguments] { return run_merge(*arguments); };
}

}  // namespace sehlab::cli
