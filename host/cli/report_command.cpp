// sehlab report TRACE.jsonl -o FILE.html: the page of a saved trace.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "host/cli/command.hpp"
#include "host/cli/console.hpp"
#include "host/lab/report_page.hpp"

namespace sehlab::cli {
namespace {

struct ReportArguments {
  std::string trace, output;
};

int make_report(const ReportArguments& arguments) {
  const auto written = lab::report_trace(arguments.trace, arguments.output);
  return written ? kOk : complain("report: " + written.error().text(), kUsage);
}

}  // namespace

Command add_report(CLI::App& app) {
  auto arguments = std::make_shared<ReportArguments>();
  CLI::App* report =
      app.add_subcommand("report", "Draw a saved trace: one HTML page, to be read in any browser");
  report->add_option("TRACE", arguments->trace, "What sehlab run --trace=jsonl wrote")->required();
  report->add_option("-o", arguments->output, "The page")->type_name("FILE.html")->required();
  report->footer(
      "A page made while the program ran holds more: registers, memory, code\n"
      "(sehlab run --report FILE.html). Exit code: 0 written, 2 the trace cannot be read.");
  return [arguments] { return make_report(*arguments); };
}

}  // namespace sehlab::cli
