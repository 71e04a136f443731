#include "host/lab/learn/lesson_run.hpp"

#include <algorithm>
#include <string_view>

#include "host/lab/scenario_lab.hpp"
#include "host/scenario/judge.hpp"
#include "host/trace/plain.hpp"
#include "host/trace/text_writer.hpp"

namespace sehlab::lab {
namespace {

namespace fs = std::filesystem;

/// Whether the chain belongs to what happened. While handlers run it holds the dispatcher's own
/// records as well.
bool tells_of_chain(const trace::Payload& payload) {
  return std::holds_alternative<trace::FaultRaised>(payload) ||
         std::holds_alternative<trace::RecordPushed>(payload) ||
         std::holds_alternative<trace::RecordPopped>(payload) ||
         std::holds_alternative<trace::RecordUnwound>(payload);
}

/// Takes the lines that the lesson shows, and passes every event on to the judge.
class Lines final : public trace::Listener {
 public:
  Lines(const Show& show, std::string image, scenario::Judge& judge)
      : show_(show), image_(std::move(image)), judge_(judge) {}

  void on_event(const trace::Event& event) override {
    judge_.on_event(event);
    const std::string line = text_.line(event);
    several_ = several_ || event.thread != 1;
    if (show_.kinds.contains(event) && wanted(event)) add(event, line);
  }

  std::vector<ShownLine> lines;

 private:
  /// A record that the C runtime or a DLL links for itself says nothing about the lesson.
  [[nodiscard]] bool wanted(const trace::Event& event) const {
    const trace::Place* by = nullptr;
    if (const auto* pushed = std::get_if<trace::RecordPushed>(&event.payload)) by = &pushed->by;
    if (const auto* popped = std::get_if<trace::RecordPopped>(&event.payload)) by = &popped->by;
    if (by == nullptr || show_.system) return true;
    return trace::image_part(by->symbol) == image_ &&
           trace::function_part(by->symbol) != "mainCRTStartup";
  }

  void add(const trace::Event& event, std::string_view line) {
    const std::string chain = trace::describe(event.chain);
    std::string_view text = line.substr(0, line.rfind("  in "));
    while (text.ends_with(' ')) text.remove_suffix(1);
    const std::string thread = "thread " + std::to_string(event.thread) + "  ";
    const std::size_t at = std::min(text.find(thread), text.size());
    std::string when(text.substr(0, at));
    text.remove_prefix(std::min(at + thread.size(), text.size()));
    if (several_) when += thread;
    lines.push_back({std::move(when), std::string(text), ""});
    if (!tells_of_chain(event.payload) || chain == last_) return;
    lines.back().chain = chain;
    last_ = chain;
  }

  const Show& show_;
  std::string image_;
  scenario::Judge& judge_;
  trace::TextLines text_;
  bool several_ = false;  ///< threads, so far
  std::string last_;
};

scenario::Scenario with_image(const scenario::Scenario& scenario, const fs::path& image) {
  scenario::Scenario with = scenario;
  with.guest.value = image.string();
  return with;
}

/// "expect.handlers: "second" is no symbol …" without the key, which students do not see.
std::string without_key(const std::string& what) {
  const std::size_t end = what.find(": ");
  return what.starts_with("expect.") && end != what.npos ? what.substr(end + 2) : what;
}

}  // namespace

std::string run_command(const scenario::Scenario& scenario, const std::string& program) {
  std::string command = "run --trace --watch=" + scenario.watch;
  if (scenario.profile) command += " --profile=" + scenario.profile->value;
  if (scenario.sehop) command += " --sehop";
  command += " " + program;
  for (const std::string& word : scenario.run) command += " " + word;
  return trace::harmless(command);
}

Result<ShownRun> run_show(const Show& show, const fs::path& image) {
  const scenario::Scenario scenario =
      show.own_guest ? with_image(show.scenario, image) : show.scenario;
  const scenario::Lab lab = scenario_lab();
  if (auto named = scenario::check_names(scenario, lab); !named) {
    return tl::make_unexpected(named.error());
  }
  scenario::Judge judge(scenario);
  Lines lines(show, fs::path(scenario.guest.value).stem().string(), judge);
  const auto result = lab.run(scenario, lines);
  if (!result) return tl::make_unexpected(result.error());
  ShownRun run;
  run.lines = std::move(lines.lines);
  if (show.report) run.report = result->err;
  const std::string program = fs::path(scenario.guest.value).filename().string();
  run.command = run_command(scenario, show.own_guest ? program : "build/guest/" + program);
  run.failures = judge.conclude(*result);
  return run;
}

Result<CheckResult> run_check(const Check& check, const fs::path& image) {
  const scenario::Scenario scenario = with_image(check.scenario, image);
  const scenario::Lab lab = scenario_lab();
  CheckResult checked;
  if (auto named = scenario::check_names(scenario, lab); !named) {
    checked.missing = without_key(named.error().what);
    return checked;
  }
  scenario::Judge judge(scenario);
  const auto result = lab.run(scenario, judge);
  if (!result) return tl::make_unexpected(result.error());
  checked.failures = judge.conclude(*result);
  return checked;
}

}  // namespace sehlab::lab
