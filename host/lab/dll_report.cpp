#include "host/lab/dll_report.hpp"

#include <variant>

#include "host/lab/crash.hpp"
#include "host/report/crash_story.hpp"
#include "host/report/defect_report.hpp"

namespace sehlab::lab {
namespace {

class DefectTexts final : public trace::Listener {
 public:
  bool wants(const trace::Payload& payload) const override {
    return std::holds_alternative<trace::DefectFound>(payload);
  }
  bool wants_chain(const trace::Payload&) const override { return false; }
  void on_event(const trace::Event& event) override {
    if (std::get<trace::DefectFound>(event.payload).suppressed.empty()) {
      text_ += report::defect_report(event) + "\n";
    }
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace

Result<std::string> dll_report(fuzz::DllOptions options, std::span<const std::byte> input,
                               report::Style style) {
  if (options.process.watch == watch::Mode::Off) options.process.watch = watch::Mode::Report;
  options.process.count_edges = process::Options::Edges::None;
  report::CrashStory story;
  DefectTexts defects;
  auto target = fuzz::DllTarget::create(options, {&story, &defects});
  if (!target) return tl::make_unexpected(target.error());
  static_cast<void>((*target)->run(input));
  (*target)->loop().explain_crash();
  const fuzz::Ending& ending = (*target)->ending();
  process::End end;
  end.kind = ending.kind;
  end.code = ending.code;
  end.detail = ending.detail;
  end.crash = ending.crash;
  return crash_text(end, story, style) + defects.text();
}

}  // namespace sehlab::lab
