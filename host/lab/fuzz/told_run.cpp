#include "host/lab/fuzz/told_run.hpp"

#include <fmt/format.h>

#include <memory>
#include <vector>

#include "host/lab/crash.hpp"
#include "host/lab/run.hpp"
#include "host/report/crash_story.hpp"
#include "host/report/defect_report.hpp"
#include "host/trace/jsonl_writer.hpp"
#include "host/trace/text_writer.hpp"

namespace sehlab::lab {
namespace {

class Defects final : public trace::Listener {
 public:
  [[nodiscard]] bool wants(const trace::Payload& payload) const override {
    return std::holds_alternative<trace::DefectFound>(payload);
  }
  [[nodiscard]] bool wants_chain(const trace::Payload&) const override { return false; }
  void on_event(const trace::Event& event) override {
    if (!std::get<trace::DefectFound>(event.payload).suppressed.empty()) return;
    if (++found_ <= kMostTold) text_ += report::defect_report(event) + "\n";
  }
  [[nodiscard]] std::string text() const {
    if (found_ <= kMostTold) return text_;
    return text_ + fmt::format("and {} defects more\n", found_ - kMostTold);
  }

 private:
  static constexpr std::size_t kMostTold = 20;
  std::size_t found_ = 0;
  std::string text_;
};

}  // namespace

std::unique_ptr<trace::Listener> trace_writer(TraceForm form, std::ostream& trace) {
  if (form == TraceForm::Text) return std::make_unique<trace::TextWriter>(trace);
  if (form == TraceForm::Jsonl) return std::make_unique<trace::JsonlWriter>(trace);
  return nullptr;
}

Result<ToldRun> tell_run(process::Options options, TraceForm form, std::ostream& trace) {
  const auto writer = trace_writer(form, trace);
  report::CrashStory crash;
  Defects defects;
  std::vector<trace::Listener*> listeners{&crash, &defects};
  if (writer) listeners.push_back(writer.get());
  options.trace_gates = writer != nullptr;
  if (options.watch == watch::Mode::Off) options.watch = watch::Mode::Report;
  CapturedOutput output;
  const auto end = run(options, output, listeners);
  if (!end) return fail("", refusal(end.error()));
  ToldRun told{*end, output.out(), last_words(*end, crash, {})};
  if (const std::string text = defects.text(); !text.empty()) {
    told.story += (told.story.empty() ? "" : "\n") + text;
  }
  return told;
}

}  // namespace sehlab::lab
