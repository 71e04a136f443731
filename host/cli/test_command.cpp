// sehlab test [PATH...]: run scenario files.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "host/cli/command.hpp"
#include "host/cli/console.hpp"
#include "host/lab/failure_report.hpp"
#include "host/lab/scenario_lab.hpp"
#include "host/scenario/console_report.hpp"
#include "host/scenario/json_report.hpp"
#include "host/scenario/junit_report.hpp"
#include "host/scenario/suite.hpp"

namespace sehlab::cli {
namespace {

struct TestArguments {
  std::vector<std::string> paths{"fixtures/scenarios"};
  std::string junit, reports;
  bool json = false;
  bool update = false;
  bool all_builds = false;
  bool no_golden = false;
  unsigned jobs = std::max(1u, std::thread::hardware_concurrency());
};

int run_tests(const TestArguments& arguments) {
  const auto files = scenario::find_scenarios({arguments.paths.begin(), arguments.paths.end()});
  if (!files) return complain(files.error().text(), kUsage);

  std::vector<scenario::Reporter*> reporters;
  scenario::ConsoleReport console(std::cout, std::cerr, style_of(stdout).colour);
  scenario::JsonReport json(std::cout);
  arguments.json ? reporters.push_back(&json) : reporters.push_back(&console);
  std::ofstream junit_file;
  std::unique_ptr<scenario::JunitReport> junit;
  if (!arguments.junit.empty()) {
    junit_file.open(arguments.junit, std::ios::binary | std::ios::trunc);
    if (!junit_file) return complain("cannot write " + arguments.junit, kUsage);
    junit = std::make_unique<scenario::JunitReport>(junit_file);
    reporters.push_back(junit.get());
  }
  scenario::Lab lab = lab::scenario_lab();
  if (!arguments.reports.empty()) {
    const auto keep = lab::failure_reports(arguments.reports);
    if (!keep) return complain(keep.error().text(), kUsage);
    lab.report = *keep;
  }
  const scenario::Summary summary = scenario::run_all(
      *files, lab, {arguments.update, arguments.jobs, arguments.all_builds, !arguments.no_golden},
      reporters);
  if (junit && !junit_file.flush()) return complain("cannot write " + arguments.junit, kLabFailed);
  if (!std::cout.flush()) return complain("standard output cannot be written", kLabFailed);
  return scenario::exit_code(summary);
}

}  // namespace

Command add_test(CLI::App& app) {
  auto arguments = std::make_shared<TestArguments>();
  CLI::App* test = app.add_subcommand("test", "Run scenario files");
  test->add_option("PATH", arguments->paths, "Scenario files and folders of them")
      ->capture_default_str();
  test->add_option("--junit", arguments->junit, "Write the results as JUnit XML, too")
      ->type_name("FILE");
  test->add_option("--reports", arguments->reports,
                   "Write a page and the crash report of each scenario that fails into DIR")
      ->type_name("DIR");
  test->add_flag("--json", arguments->json, "Print the results as JSON");
  CLI::Option* update = test->add_flag("--update", arguments->update, "Write golden traces anew");
  test->add_flag("--no-golden", arguments->no_golden, "Compare no golden traces")->excludes(update);
  test->add_flag("--all-builds", arguments->all_builds,
                 "Run with the builds of programs that are not run always, too");
  test->add_option("--jobs,-j", arguments->jobs, "Scenarios run at the same time")
      ->type_name("N")
      ->check(CLI::Range(1u, 256u))
      ->capture_default_str();
  test->footer(
      "Exit code: 0 all as expected, 1 something failed, 2 a file is at fault, 77 all skipped,\n"
      "125 the lab failed.");
  return [arguments] { return run_tests(*arguments); };
}

}  // namespace sehlab::cli
