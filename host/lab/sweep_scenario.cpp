#include "host/lab/sweep_scenario.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "host/inject/spec.hpp"
#include "host/lab/scenario_text.hpp"
#include "host/trace/plain.hpp"

namespace sehlab::lab {
namespace {

/// Strings of a scenario as an array.
std::string text_array(const std::vector<scenario::Text>& texts) {
  std::vector<std::string> words;
  for (const scenario::Text& text : texts) words.push_back(text.value);
  return toml_array(words);
}

std::string expectations(const scenario::SweepExpectation* expect) {
  if (expect == nullptr) return "end   = \"exited\"\nchain = \"restored\"\nwatch = []\n";
  std::string text;
  if (!expect->handled_by.empty()) {
    text += "handled_by = " + text_array(expect->handled_by) + "\n";
  }
  // One that is to exit in one of several ways exits; how is the sweep's to say.
  if (expect->exits.size() == 1 && expect->ends.size() < 2) {
    text += fmt::format("exit  = {}\n", expect->exits.front().value);
  } else if (expect->ends.size() == 1) {
    text += "end   = " + toml_string(end_word(expect->ends.front().value)) + "\n";
  } else if (!expect->ends.empty() || !expect->exits.empty()) {
    text += "end   = \"exited\"\n";
  }
  if (expect->restored) text += "chain = \"restored\"\n";
  if (expect->watch) text += "watch = " + text_array(expect->watch->value) + "\n";
  return text;
}

}  // namespace

std::string sweep_scenario(const process::Options& options, const scenario::Sweep& sweep,
                           const scenario::SweepFailure& failure) {
  const scenario::SweptRun& run = failure.run;
  const auto* expect =
      failure.verdict.expectation ? &sweep.expect[*failure.verdict.expectation] : nullptr;
  std::string text = fmt::format(
      "# {} before {}{}\n# expected {}\n# got      {}\n", run.fault, trace::harmless(run.at),
      run.source.empty() ? "" : " (" + trace::harmless(run.source) + ")",
      trace::harmless(failure.verdict.expected), trace::harmless(failure.verdict.got));
  text += "title   = " +
          toml_string(fmt::format("{} before instruction {}, {}", run.fault, run.instruction + 1,
                                  trace::harmless(run.at))) +
          "\n";
  text += "guest   = " + toml_string(guest_name(options.program)) + "\n";
  if (!options.arguments.empty()) text += "run     = " + toml_array(options.arguments) + "\n";
  if (options.profile != nullptr) text += "profile = " + toml_string(options.profile->name) + "\n";
  if (options.sehop) text += "sehop   = true\n";
  if (options.seed != 0) text += fmt::format("seed    = {}\n", options.seed);
  text += fmt::format("\n[[inject]]\nat    = \"instruction:{}\"\n", run.instruction);
  if (run.fault.find('=') == std::string::npos) {
    text += "fault = " + toml_string(run.fault) + "\n";
  } else if (const auto members = inject::split_members(run.fault)) {
    for (const inject::Member& member : *members) {
      text += fmt::format("{:<5} = {}\n", member.key, toml_string(member.value));
    }
  }
  return text + "\n[expect]\n" + expectations(expect);
}

}  // namespace sehlab::lab
