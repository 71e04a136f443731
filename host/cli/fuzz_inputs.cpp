// sehlab fuzz replay, shrink, show: inputs looked at, without an engine.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "host/cli/console.hpp"
#include "host/cli/fuzz_options.hpp"
#include "host/lab/fuzz/findings.hpp"
#include "host/lab/fuzz/fuzz_text.hpp"
#include "host/lab/fuzz/input_files.hpp"
#include "host/lab/fuzz/sequence_text.hpp"
#include "host/lab/fuzz/told_run.hpp"

namespace sehlab::cli {
namespace {

struct ReplayArguments {
  GuestArguments guest;
  std::vector<std::string> inputs;
  std::string trace;
  bool json = false;
};

/// All files, in the order of the command line.
Result<std::vector<std::filesystem::path>> all_files(const std::vector<std::string>& inputs) {
  std::vector<std::filesystem::path> all;
  for (const std::string& input : inputs) {
    const auto files = lab::input_files(input);
    if (!files) return tl::make_unexpected(files.error());
    all.insert(all.end(), files->begin(), files->end());
  }
  if (all.empty()) return fail(inputs.front(), "there is no input in it");
  return all;
}

/// A run of an input, traced, on standard output.
Result<> show_trace(lab::FuzzedGuest& guest, const lab::InputBytes& input,
                    const std::string& form) {
  const auto told =
      guest.tell(input, form == "jsonl" ? lab::TraceForm::Jsonl : lab::TraceForm::Text, std::cout);
  if (!told) return tl::make_unexpected(told.error());
  std::fputs(told->c_str(), stderr);
  return {};
}

int run_replay(const ReplayArguments& arguments) {
  const auto files = all_files(arguments.inputs);
  if (!files) return complain("fuzz: " + files.error().text(), kUsage);
  auto guest = lab::make_guest(arguments.guest.choice());
  if (!guest) return complain("fuzz: " + guest.error().text(), kUsage);
  std::vector<lab::Replayed> all;
  std::size_t found = 0;
  for (const auto& file : *files) {
    const auto input = lab::read_input(file);
    if (!input) return complain("fuzz: " + input.error().text(), kUsage);
    lab::Replayed one{file.string(), {}, {}, {}};
    if (const auto* finding = (*guest)->judge(*input)) {
      one = {file.string(), finding->rule, finding->signature, finding->report};
      ++found;
    }
    if (arguments.json) {
      all.push_back(std::move(one));
      continue;
    }
    std::FILE* const to = arguments.trace.empty() ? stdout : stderr;
    std::fputs(lab::replay_text(one).c_str(), to);
    if (arguments.trace.empty()) continue;
    if (auto shown = show_trace(**guest, *input, arguments.trace); !shown) {
      return complain("fuzz: " + shown.error().text(), kLabFailed);
    }
  }
  if (arguments.json) {
    std::cout << lab::replay_json(all);
  } else {
    fmt::print(stderr, "{} as it should be, {} not\n", files->size() - found, found);
  }
  return finish(found != 0);
}

struct ShrinkArguments {
  GuestArguments guest;
  std::string input, output;
};

int run_shrink(const ShrinkArguments& arguments) {
  auto input = lab::read_input(arguments.input);
  if (!input) return complain("fuzz: " + input.error().text(), kUsage);
  auto guest = lab::make_guest(arguments.guest.choice());
  if (!guest) return complain("fuzz: " + guest.error().text(), kUsage);
  const auto* finding = (*guest)->judge(*input);
  if (finding == nullptr) {
    return complain("fuzz: " + arguments.input + ": is as it should be: nothing to shrink", kUsage);
  }
  lab::Bug bug;
  bug.finding = *finding;
  bug.original = bug.shrunk = std::move(*input);
  FuzzProgress progress;
  lab::shrink_bug(**guest, bug, [&](std::size_t bytes, std::size_t tried) {
    progress(fmt::format("shrinking: {} bytes, {} tried", bytes, tried));
  });
  progress.clear();
  if (auto written = lab::write_file(arguments.output, bug.shrunk); !written) {
    return complain("fuzz: " + written.error().text(), kUsage);
  }
  fmt::print(stderr, "{}: {}, shrunk from {}\n", arguments.output, (*guest)->size_text(bug.shrunk),
             (*guest)->size_text(bug.original));
  std::cout << (*guest)->listing(bug.shrunk);
  return finish(false);
}

struct ShowArguments {
  GuestArguments guest;
  std::string input, output;
};

int run_show(const ShowArguments& arguments) {
  const auto input = lab::read_sequence(arguments.input);
  if (!input) return complain("fuzz: " + input.error().text(), kUsage);
  if (!arguments.output.empty()) {
    if (auto written = lab::write_file(arguments.output, *input); !written) {
      return complain("fuzz: " + written.error().text(), kUsage);
    }
  }
  auto guest = lab::make_guest(arguments.guest.choice());
  if (!guest) return complain("fuzz: " + guest.error().text(), kUsage);
  std::cout << (*guest)->listing(*input);
  return finish(false);
}

}  // namespace

Command add_fuzz_replay(CLI::App& fuzz) {
  auto arguments = std::make_shared<ReplayArguments>();
  CLI::App* replay =
      fuzz.add_subcommand("replay", "Run inputs again, watched, and say what each shows");
  replay->add_option("INPUT", arguments->inputs, "Files, and folders of them")->required();
  arguments->guest.add_to(*replay);
  replay
      ->add_flag("--trace{text}", arguments->trace,
                 "Tell each event on standard output: --trace, --trace=text or --trace=jsonl")
      ->check(CLI::IsMember({"text", "jsonl"}));
  replay->add_flag("--json", arguments->json, "Print the results as JSON");
  replay->footer("Exit code: 0 no finding, 1 a finding, 2 bad input or usage, 125 the lab failed.");
  return [arguments] {
    if (arguments->json && !arguments->trace.empty()) {
      return complain("fuzz: --json and --trace both want standard output", kUsage);
    }
    return run_replay(*arguments);
  };
}

Command add_fuzz_shrink(CLI::App& fuzz) {
  auto arguments = std::make_shared<ShrinkArguments>();
  CLI::App* shrink =
      fuzz.add_subcommand("shrink", "Make an input smaller that still shows the same");
  shrink->add_option("INPUT", arguments->input, "A file that shows something")->required();
  shrink->add_option("-o", arguments->output, "Where the smaller one goes")
      ->required()
      ->type_name("FILE");
  arguments->guest.add_to(*shrink);
  return [arguments] { return run_shrink(*arguments); };
}

Command add_fuzz_show(CLI::App& fuzz) {
  auto arguments = std::make_shared<ShowArguments>();
  CLI::App* show = fuzz.add_subcommand("show", "Say what a sequence does, line by line");
  show->add_option("INPUT", arguments->input,
                   "A sequence; FILE.txt, or - for standard input: its text form")
      ->required();
  show->add_option("-o", arguments->output, "Write the sequence's bytes")->type_name("FILE");
  arguments->guest.add_to(*show);
  return [arguments] { return run_show(*arguments); };
}

}  // namespace sehlab::cli
