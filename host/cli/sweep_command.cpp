// sehlab sweep SCENARIO.toml | PROGRAM.exe [ARG...]: one fault before each instruction of a window.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "emu/os/terminal.hpp"
#include "host/cli/command.hpp"
#include "host/cli/console.hpp"
#include "host/lab/run.hpp"
#include "host/lab/scenario_lab.hpp"
#include "host/lab/sweep.hpp"
#include "host/lab/sweep_scenario.hpp"
#include "host/scenario/read_scenario.hpp"
#include "host/seh/profile.hpp"

namespace sehlab::cli {
namespace {

struct SweepArguments {
  std::vector<std::string> rest;  ///< SCENARIO.toml, or PROGRAM.exe and its arguments
  std::string window;
  std::vector<std::string> faults;
  unsigned jobs = std::max(1u, std::thread::hardware_concurrency());
  bool json = false, lines = false;
  std::string junit, output;
  std::uint64_t patience = 0, seed = 0, budget = 0;
  std::string profile;
  bool sehop = false;
  std::vector<std::string> dll_folders;
};

/// A line that says how far it is, on a terminal, once it takes longer than a second.
class Progress {
 public:
  void operator()(std::uint64_t done, std::uint64_t of) {
    const auto now = std::chrono::steady_clock::now();
    if (!os::is_terminal(stderr) || now - start_ < std::chrono::seconds(1)) return;
    if (done != of && now - told_ < std::chrono::milliseconds(100)) return;
    told_ = now;
    constexpr int kWidth = 32;
    const int full = static_cast<int>(done * kWidth / std::max<std::uint64_t>(of, 1));
    std::string bar;
    for (int i = 0; i < kWidth; ++i) bar += i < full ? "█" : "·";
    const double seconds = std::chrono::duration<double>(now - start_).count();
    fmt::print(stderr, "\r  {}  {}/{}  {:.0f} s ", bar, done, of, seconds);
    std::fflush(stderr);
  }
  /// Takes the line away, if there is one.
  void clear() {
    if (told_ != std::chrono::steady_clock::time_point{}) fmt::print(stderr, "\r\x1b[K");
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now(), told_{};
};

/// What is to be swept: a scenario's or the command line's.
struct Subject {
  lab::SweepRequest request;
  scenario::Sweep sweep;
  std::string title;
};

std::optional<int> from_scenario(const SweepArguments& arguments, const std::string& file,
                                 Subject& subject) {
  const scenario::Lab lab = lab::scenario_lab();
  const auto read = scenario::read_scenario(file, lab.profiles);
  if (!read) return complain(read.error().text(), kUsage);
  if (read->sweep) {
    subject.sweep = *read->sweep;
  } else if (arguments.window.empty()) {
    return complain("sweep: " + file + " has no [sweep]: --window is missing", kUsage);
  }
  if (read->listed_builds || read->guests.size() > 1) {
    return complain(
        "sweep: " + file + " has several guests; a sweep takes one (sehlab test sweeps each)",
        kUsage);
  }
  if (read->profiles.size() > 1 && arguments.profile.empty()) {
    return complain("sweep: " + file + " has several profiles; choose one with --profile", kUsage);
  }
  const auto named = scenario::check_names(*read, lab);
  if (!named) return complain(named.error().text(), kUsage);
  subject.request.options = lab::options_of(*read);
  subject.request.where = "scenario " + file;
  subject.title = read->title;
  return std::nullopt;
}

void from_program(const std::vector<std::string>& rest, Subject& subject) {
  process::Options& options = subject.request.options;
  options.program = rest.front();
  options.arguments.assign(rest.begin() + 1, rest.end());
  options.system_folder = lab::system_folder();
  options.watch = watch::Mode::Report;
  subject.request.where = "sweep";
}

/// "sweep-0001.toml", or the next one that is not there.
std::string free_name() {
  for (int i = 1; i < 10'000; ++i) {
    const std::string name = fmt::format("sweep-{:04}.toml", i);
    std::error_code error;
    if (!std::filesystem::exists(name, error)) return name;
  }
  return "sweep.toml";
}

/// Stands before each word behind --; no argument of a person's begins with it.
constexpr char kGuestWord = '\x1f';

/// "--fault read write PROGRAM.exe" leaves the program among the faults.
void tell_program_from_faults(SweepArguments& arguments) {
  const auto program = std::ranges::find_if(arguments.faults, [](const std::string& word) {
    if (word.starts_with(kGuestWord)) return true;
    if (word.ends_with(".exe") || word.ends_with(".EXE") || word.ends_with(".toml")) return true;
    std::error_code error;
    return !lab::check_sweep_fault(word) && std::filesystem::is_regular_file(word, error);
  });
  arguments.rest.insert(arguments.rest.begin(), program, arguments.faults.end());
  arguments.faults.erase(program, arguments.faults.end());
  for (std::string& word : arguments.rest) {
    if (word.starts_with(kGuestWord)) word.erase(0, 1);
  }
}

/// Empty: a file can be written there.
std::string cannot_write(const std::string& name) {
  std::error_code error;
  const bool was_there = std::filesystem::exists(name, error);
  const bool good = std::ofstream(name, std::ios::binary | std::ios::app).is_open();
  if (good && !was_there) std::filesystem::remove(name, error);
  return good ? "" : "cannot write " + name;
}

int run_sweep(SweepArguments& arguments) {
  tell_program_from_faults(arguments);
  const std::vector<std::string>& rest = arguments.rest;
  if (rest.empty()) {
    for (const std::string& word : arguments.faults) {
      const auto fault = lab::check_sweep_fault(word);
      if (!fault)
        return complain("sweep: neither a file nor a fault: " + fault.error().text(), kUsage);
    }
    return complain("sweep: SCENARIO.toml or PROGRAM.exe is missing (see sehlab sweep --help)",
                    kUsage);
  }
  Subject subject;
  if (rest.front().ends_with(".toml")) {
    if (rest.size() > 1) {
      return complain("sweep: a scenario has its guest's arguments itself", kUsage);
    }
    if (const auto refused = from_scenario(arguments, rest.front(), subject)) return *refused;
  } else {
    from_program(rest, subject);
  }
  process::Options& options = subject.request.options;
  if (!arguments.profile.empty()) options.profile = seh::find_profile(arguments.profile);
  if (arguments.sehop) options.sehop = true;
  if (arguments.seed != 0) options.seed = arguments.seed;
  if (arguments.budget != 0) options.budget = arguments.budget;
  options.dll_folders.insert(options.dll_folders.end(), arguments.dll_folders.begin(),
                             arguments.dll_folders.end());
  if (!arguments.window.empty()) {
    const auto window = scenario::parse_window(arguments.window);
    if (!window) return complain("sweep: --window must be FROM..TO", kUsage);
    subject.sweep.window = *window;
  } else if (subject.sweep.faults.empty()) {
    return complain("sweep: --window FROM..TO is missing", kUsage);
  }
  if (!arguments.faults.empty()) {
    subject.sweep.faults.clear();
    for (const std::string& fault : arguments.faults) subject.sweep.faults.push_back({fault, 0});
  }
  if (subject.sweep.faults.empty()) return complain("sweep: --fault KIND is missing", kUsage);

  if (!arguments.output.empty()) {
    const std::string complaint = cannot_write(arguments.output);
    if (!complaint.empty()) return complain(complaint, kUsage);
  }
  std::ofstream junit;
  if (!arguments.junit.empty()) {
    junit.open(arguments.junit, std::ios::binary | std::ios::trunc);
    if (!junit) return complain("cannot write " + arguments.junit, kUsage);
  }
  Progress progress;
  subject.request.sweep = &subject.sweep;
  subject.request.jobs = arguments.jobs;
  subject.request.patience = arguments.patience;
  subject.request.progress = [&](std::uint64_t done, std::uint64_t of) { progress(done, of); };
  auto answer = lab::sweep(subject.request);
  progress.clear();
  if (!answer) return complain(answer.error().text(), kUsage);
  if (!subject.title.empty()) answer->what.title = subject.title;

  const bool good = answer->tally.holds();
  std::string unwritten;
  if (const scenario::SweepFailure* first = answer->tally.unforeseen()) {
    const std::string name = arguments.output.empty() ? free_name() : arguments.output;
    std::ofstream file(name, std::ios::binary | std::ios::trunc);
    file << lab::sweep_scenario(options, subject.sweep, *first);
    file.flush() ? answer->what.scenario = name : unwritten = name;
  }
  if (arguments.json) {
    scenario::write_sweep_json(answer->what, answer->tally, std::cout);
  } else {
    scenario::write_sweep_text(answer->what, answer->tally, arguments.lines,
                               style_of(stdout).colour, std::cout);
  }
  if (junit.is_open()) {
    scenario::write_sweep_junit(answer->what, answer->tally, junit);
    if (!junit) return complain("cannot write " + arguments.junit, kLabFailed);
  }
  if (!std::cout) return complain("standard output cannot be written", kLabFailed);
  if (!unwritten.empty()) return complain("cannot write " + unwritten, kLabFailed);
  return good ? kOk : kFailed;
}

}  // namespace

std::vector<std::string> with_guest_words_marked(int argc, char** argv) {
  std::vector<std::string> words(argv, argv + argc);
  if (words.size() < 2 || words[1] != "sweep") return words;
  const auto dashes = std::find(words.begin(), words.end(), "--");
  for (auto word = dashes; word != words.end(); ++word) *word = kGuestWord + *word;
  if (dashes != words.end()) words.erase(dashes);
  return words;
}

Command add_sweep(CLI::App& app) {
  auto arguments = std::make_shared<SweepArguments>();
  CLI::App* sweep =
      app.add_subcommand("sweep", "Inject one fault before each instruction of a window");
  sweep->add_option("SCENARIO.toml|PROGRAM.exe", arguments->rest,
                    "What is swept, and the program's arguments; behind -- they may begin with -");
  sweep
      ->add_option("--window", arguments->window,
                   "Where: symbols (\"symbol#N\": its Nth time) or counts of instructions")
      ->type_name("FROM..TO");
  sweep
      ->add_option("--fault", arguments->faults,
                   "What: read, write, divide, … or \"fault=read address=0x10\"; repeatable")
      ->type_name("KIND");
  sweep->add_option("--jobs,-j", arguments->jobs, "Runs made at the same time")
      ->type_name("N")
      ->check(CLI::Range(1u, 256u))
      ->capture_default_str();
  sweep->add_flag("--json", arguments->json, "Print the results as JSON");
  sweep->add_option("--junit", arguments->junit, "Write the results as JUnit XML, too")
      ->type_name("FILE");
  sweep->add_flag("--lines", arguments->lines,
                  "Show every source line, not only those that differ");
  sweep
      ->add_option("-o", arguments->output,
                   "Where the first failing position goes, as a scenario (sweep-0001.toml)")
      ->type_name("FILE");
  sweep
      ->add_option("--patience", arguments->patience,
                   "Instructions after a fault until a run counts as hung (four whole runs)")
      ->check(CLI::NonNegativeNumber)
      ->type_name("N");
  sweep
      ->add_option("--budget", arguments->budget,
                   "Instructions the program may take without a fault (200 million)")
      ->check(CLI::PositiveNumber)
      ->type_name("N");
  std::vector<std::string> profile_names;
  for (const seh::Profile& profile : seh::profiles()) profile_names.emplace_back(profile.name);
  sweep->add_option("--profile", arguments->profile, "Whose rules apply")
      ->check(CLI::IsMember(profile_names));
  sweep->add_flag("--sehop", arguments->sehop,
                  "Walk the whole chain before each dispatch, as where SEHOP is switched on");
  sweep->add_option("--seed", arguments->seed, "Seed of schedule and random numbers")
      ->check(CLI::NonNegativeNumber)
      ->type_name("N");
  sweep->add_option("--dll-path", arguments->dll_folders, "Folder to search for DLLs, repeatable")
      ->type_name("DIR")
      ->allow_extra_args(false);
  sweep->footer(
      "Without a scenario each run must survive, with the chain restored and the watch silent.\n"
      "Exit code: 0 all as expected, 1 something was not, 2 bad input or usage, 125 the lab "
      "failed.");
  return [arguments] { return run_sweep(*arguments); };
}

}  // namespace sehlab::cli
