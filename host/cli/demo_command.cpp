// sehlab demo: Go issue 7470 in four acts, every claim of them checked.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>

#include "host/cli/command.hpp"
#include "host/cli/console.hpp"
#include "host/lab/crash.hpp"
#include "host/lab/demo.hpp"
#include "host/lab/run.hpp"

namespace sehlab::cli {
namespace {

struct DemoArguments {
  std::string buggy, fixed, report;
};

int run_demo(const DemoArguments& arguments) {
  const auto guests = lab::system_folder();
  const std::filesystem::path buggy =
      arguments.buggy.empty() ? guests / "go_buggy.exe" : std::filesystem::path(arguments.buggy);
  const std::filesystem::path fixed =
      arguments.fixed.empty() ? guests / "go_fixed.exe" : std::filesystem::path(arguments.fixed);
  const auto demo = lab::play_demo(buggy, fixed, style_of(stdout));
  if (!demo) return complain("cannot run " + demo.error().error.text(), kUsage);
  std::fputs(demo->text.c_str(), stdout);
  std::fflush(stdout);
  if (!arguments.report.empty()) {
    if (auto written = lab::report_demo(buggy, arguments.report); !written) {
      return complain("demo: " + written.error().text(), kUsage);
    }
    complain("the run of " + buggy.filename().string() + " as a page: " + arguments.report, 0);
  }
  if (demo->failed.empty()) return kOk;
  for (const std::string& claim : demo->failed) complain("the claim does not hold: " + claim, 0);
  return kFailed;
}

}  // namespace

Command add_demo(CLI::App& app) {
  auto arguments = std::make_shared<DemoArguments>();
  CLI::App* demo = app.add_subcommand(
      "demo", "Go issue 7470 in four acts: before, the break, the crash, the fix");
  demo->add_option("--buggy", arguments->buggy, "Image with the bug (the lab's go_buggy.exe)")
      ->type_name("IMAGE");
  demo->add_option("--fixed", arguments->fixed, "Image without it (the lab's go_fixed.exe)")
      ->type_name("IMAGE");
  demo->add_option("--report", arguments->report,
                   "The run of the image with the bug, acts 1 to 3, as a page for any browser")
      ->type_name("FILE.html");
  demo->footer(
      "Exit code: 0 when every claim holds, 1 when one does not, 2 for bad input,\n"
      "125 when the lab failed.");
  return [arguments] { return run_demo(*arguments); };
}

}  // namespace sehlab::cli
