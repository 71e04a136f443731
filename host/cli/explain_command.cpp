// sehlab explain WORD: a status, flag, disposition, check or defect in plain words; or a profile.
#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "host/cli/command.hpp"
#include "host/cli/console.hpp"
#include "host/lab/explain.hpp"

namespace sehlab::cli {
namespace {

struct ExplainArguments {
  std::vector<std::string> words;
  bool json = false;
};

int run_explain(const ExplainArguments& arguments) {
  const auto text = lab::explain(arguments.words, {arguments.json, style_of(stdout)});
  if (!text) return complain(text.error().what, kUsage);
  std::cout << *text;
  if (!std::cout.flush()) return complain("standard output cannot be written", kLabFailed);
  return kOk;
}

}  // namespace

Command add_explain(CLI::App& app) {
  auto arguments = std::make_shared<ExplainArguments>();
  CLI::App* explain =
      app.add_subcommand("explain", "Say what a word or a number of the reports means");
  explain
      ->add_option("WORD", arguments->words,
                   "A status, flag, disposition, check, defect or profile field; a number; "
                   "\"profile NAME\"; nothing lists the words")
      ->expected(0, 2);
  explain->add_flag("--json", arguments->json, "Print it as JSON");
  explain->footer("Exit code: 0, or 2 when there is no such word.");
  return [arguments] { return run_explain(*arguments); };
}

}  // namespace sehlab::cli
