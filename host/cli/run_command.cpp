// sehlab run PROGRAM.exe [ARG...]: run a 32-bit console program; its exit code is ours.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/cli/command.hpp"
#include "host/cli/console.hpp"
#include "host/cli/watch_report.hpp"
#include "host/lab/crash.hpp"
#include "host/lab/injections.hpp"
#include "host/lab/record.hpp"
#include "host/lab/recording.hpp"
#include "host/lab/report_page.hpp"
#include "host/lab/result_file.hpp"
#include "host/lab/run.hpp"
#include "host/lab/suppressions.hpp"
#include "host/seh/profile.hpp"
#include "host/trace/chrome_writer.hpp"
#include "host/trace/jsonl_writer.hpp"
#include "host/trace/text_writer.hpp"

namespace sehlab::cli {
namespace {

struct RunArguments {
  CLI::App* subcommand = nullptr;
  std::string trace;
  std::string output;
  std::string result;
  std::string record;
  std::string report;
  std::uint64_t report_steps = 0;
  std::vector<std::string> source_folders;
  std::string watch = "off";
  std::string profile = std::string(seh::profiles().front().name);
  bool sehop = false;
  std::uint64_t budget = 0;
  std::uint64_t seed = 0;
  std::vector<std::string> dll_folders;
  std::string sandbox;
  std::vector<std::string> injections;
  std::string suppressions;
};

/// The stream that a trace goes to: standard output ("-" or nothing) or a file of its own.
class TraceFile {
 public:
  [[nodiscard]] bool open(const std::string& path) {
    if (path.empty() || path == "-") return true;
    file_.open(path, std::ios::binary | std::ios::trunc);
    named_ = true;
    return file_.good();
  }
  [[nodiscard]] std::ostream& stream() { return named_ ? file_ : std::cout; }
  [[nodiscard]] bool on_standard_output() const { return !named_; }
  [[nodiscard]] bool written() {
    stream().flush();
    return stream().good();
  }

 private:
  std::ofstream file_;
  bool named_ = false;
};

/// Suppressions that nothing needed are told of: they may be out of date, or mistyped.
void tell_unused(const process::Options& options, const process::End& end) {
  for (std::size_t i = 0; i < end.suppression_uses.size(); ++i) {
    const watch::Suppression& one = options.suppressions[i];
    if (end.suppression_uses[i] != 0) continue;
    complain("suppressions: nothing was suppressed as " + one.defect + " of " + one.owner, 0);
  }
}

std::unique_ptr<trace::Listener> make_writer(const std::string& form, std::ostream& out) {
  if (form == "text") return std::make_unique<trace::TextWriter>(out);
  if (form == "chrome") return std::make_unique<trace::ChromeWriter>(out);
  if (form == "jsonl") return std::make_unique<trace::JsonlWriter>(out);
  return nullptr;
}

int run_program(RunArguments& arguments) {
  const std::vector<std::string> rest = arguments.subcommand->remaining();
  if (rest.empty()) return complain("run: PROGRAM.exe is missing (see sehlab run --help)", kUsage);
  if (rest.front().starts_with("-")) {
    return complain("run: unknown option " + rest.front() + " (see sehlab run --help)", kUsage);
  }
  process::Options options;
  options.program = rest.front();
  options.arguments.assign(rest.begin() + 1, rest.end());
  options.system_folder = lab::system_folder();
  options.dll_folders.assign(arguments.dll_folders.begin(), arguments.dll_folders.end());
  options.profile = seh::find_profile(arguments.profile);
  process::Sandbox sandbox(arguments.sandbox);
  if (!arguments.sandbox.empty()) options.sandbox = &sandbox;
  options.sehop = arguments.sehop;
  options.seed = arguments.seed;
  options.budget = arguments.budget;
  options.watch = lab::watch_mode(arguments.watch).value_or(watch::Mode::Off);
  options.trace_gates = !arguments.trace.empty() || !arguments.report.empty();
  auto injections = lab::Injections::parse(arguments.injections, arguments.seed);
  if (!injections) return complain(injections.error().text(), kUsage);
  options.intervention = injections->intervention();
  if (!arguments.suppressions.empty()) {
    if (options.watch == watch::Mode::Off) {
      return complain("run: --suppressions needs --watch (see sehlab run --help)", kUsage);
    }
    auto read = lab::read_suppressions(arguments.suppressions);
    if (!read) return complain(read.error().text(), kUsage);
    options.suppressions = std::move(*read);
  }

  TraceFile trace_file;
  if (!trace_file.open(arguments.output)) {
    return complain("cannot write " + arguments.output, kUsage);
  }
  auto writer = make_writer(arguments.trace, trace_file.stream());
  report::CrashStory crash;
  WatchReport defects;
  std::vector<trace::Listener*> listeners;
  const bool traced = writer != nullptr, told = traced || !arguments.report.empty();
  if (told) listeners.push_back(&crash);
  if (traced) listeners.push_back(writer.get());
  if (options.watch != watch::Mode::Off) listeners.push_back(&defects);
  std::optional<lab::RunReport> page;
  if (!arguments.report.empty()) {
    auto opened =
        lab::RunReport::open(arguments.report, options, arguments.watch,
                             lab::source_folders(arguments.source_folders, options.program));
    if (!opened) return complain(opened.error().text(), kUsage);
    page.emplace(std::move(*opened));
    for (trace::Listener* listener : page->listeners()) listeners.push_back(listener);
  }
  // With the trace on standard output, what the guest prints there would run into its lines.
  lab::ConsoleOutput output(traced && trace_file.on_standard_output() ? stderr : stdout);
  // With nobody listening, the run costs nothing extra; a crash is then told again, watched.
  lab::Recording recording;
  lab::Drive drive;
  if (!arguments.record.empty()) {
    recording = lab::recording_of(options, arguments.injections);
    // Before the program runs, not after.
    if (!std::ofstream(arguments.record, std::ios::binary | std::ios::app)) {
      return complain("cannot write " + arguments.record, kUsage);
    }
    drive = [&](process::Process& process) { return lab::run_recorded(process, recording); };
  }
  if (page) {
    drive = [&page, recorded = drive](process::Process& process) {
      page->begin(process);
      return recorded ? recorded(process) : process.run();
    };
  }
  const auto ended = [&](const process::End& end) {
    if (!told && end.kind == trace::EndKind::UnhandledException) {
      lab::retell(options, output.input(), crash);
    }
    if (page && arguments.report_steps > 0) {
      // With injections of its own: this run's are still to be asked what they did.
      auto again = lab::Injections::parse(arguments.injections, arguments.seed);
      process::Options repeated = options;
      repeated.intervention = again->intervention();
      page->add_steps(repeated, output.input(), arguments.report_steps);
    }
  };
  auto end = lab::run(options, output, listeners, ended, drive);
  if (!end) {
    const bool usage = end.error().sandbox || end.error().injection;
    return complain(lab::refusal(end.error()), end.error().missing ? kMissing
                                               : usage             ? kUsage
                                                                   : kCannotRun);
  }
  std::fputs(lab::last_words(*end, crash, style_of(stderr)).c_str(), stderr);
  int failed = 0;  // with whatever was asked for beside it
  if (output.output_lost()) {
    failed = complain("the program's standard output cannot be written", kLabFailed);
  }
  defects.tell();
  tell_unused(options, *end);
  const auto outcomes = injections->outcomes(*end);
  for (const std::string& line : lab::never_fired(outcomes)) complain(line, 0);
  writer.reset();  // it may have an end to write
  if (traced && !trace_file.written())
    return complain("the trace could not be written", kLabFailed);
  if (page) {
    if (auto written = page->write(); !written) {
      return complain(written.error().text(), kLabFailed);
    }
  }
  if (!arguments.result.empty()) {
    std::ofstream result(arguments.result, std::ios::binary | std::ios::trunc);
    result << lab::result_json(*end, outcomes);
    if (!result.flush()) return complain("cannot write " + arguments.result, kLabFailed);
  }
  if (!arguments.record.empty()) {
    recording.input = output.input();
    if (output.input_lost()) {
      return complain("too much was read from standard input to be recorded", kLabFailed);
    }
    if (auto written = lab::write_recording(recording, arguments.record); !written) {
      return complain(written.error().text(), kLabFailed);
    }
  }
  if (!sandbox.stored()) {
    return complain("sandbox: " + sandbox.stored().error().text(), kLabFailed);
  }
  return failed != 0 ? failed : lab::exit_code(*end);
}

}  // namespace

Command add_run(CLI::App& app) {
  auto arguments = std::make_shared<RunArguments>();
  CLI::App* run = app.add_subcommand("run", "Run a 32-bit console program");
  arguments->subcommand = run;

  run->footer(
      "Options stand before PROGRAM.exe; all that follows it is the guest's.\n"
      "Exit code: the guest's own (low 8 bits); 139 unhandled exception, 124 budget spent,\n"
      "125 not modelled, 126 cannot be run, 127 no such file, 1 the watch reported.");
  run->prefix_command();
  std::vector<std::string> profile_names;
  for (const seh::Profile& profile : seh::profiles()) profile_names.emplace_back(profile.name);
  run->add_flag("--trace{text}", arguments->trace,
                "Tell each event: --trace, --trace=text, --trace=jsonl or --trace=chrome")
      ->check(CLI::IsMember({"text", "jsonl", "chrome"}));
  run->add_option(
         "-o", arguments->output,
         "Where the trace goes (standard output; the guest's own then goes to standard error)")
      ->type_name("FILE");
  run->add_option("--result", arguments->result, "What happened, as JSON")->type_name("FILE");
  run->add_option("--record", arguments->record,
                  "What it takes to run this again, for sehlab replay")
      ->type_name("FILE");
  run->add_option("--report", arguments->report,
                  "The run as a page to read and to show, for any browser")
      ->type_name("FILE.html");
  run->add_option("--report-steps", arguments->report_steps,
                  "With each of the N instructions around faults, dispatches and defects")
      ->check(CLI::Range(1, 10'000))
      ->needs("--report")
      ->type_name("N");
  run->add_option("--source-path", arguments->source_folders,
                  "Folder below which the report finds source files, repeatable")
      ->needs("--report")
      ->type_name("DIR");
  run->add_option("--watch", arguments->watch, "The chain watch")
      ->check(CLI::IsMember({"off", "report", "strict", "stop"}))
      ->capture_default_str();
  run->add_option("--suppressions", arguments->suppressions,
                  "Defects that do not count, each with a reason")
      ->type_name("FILE");
  run->add_option("--profile", arguments->profile, "Whose rules apply")
      ->check(CLI::IsMember(profile_names))
      ->capture_default_str();
  run->add_flag("--sehop", arguments->sehop,
                "Walk the whole chain before each dispatch, as where SEHOP is switched on");
  run->add_option("--budget", arguments->budget, "Stop after N instructions (0: never)")
      ->check(CLI::NonNegativeNumber)  // CLI11 reads -1 as 2^64 - 1
      ->type_name("N");
  run->add_option("--seed", arguments->seed, "Seed of schedule and random numbers")
      ->check(CLI::NonNegativeNumber)
      ->type_name("N");
  run->add_option("--sandbox", arguments->sandbox,
                  "A folder that the program has as C:\\lab, to read and to write")
      ->type_name("DIR");
  run->add_option("--inject", arguments->injections,
                  "Step in: \"at=PLACE fault=WORD …\", repeatable (docs/injection.md)")
      ->allow_extra_args(false)
      ->type_name("SPEC");
  run->add_option("--dll-path", arguments->dll_folders, "Folder to search for DLLs, repeatable")
      ->type_name("DIR");
  return [arguments] { return run_program(*arguments); };
}

}  // namespace sehlab::cli
