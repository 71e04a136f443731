#include "host/lab/demo.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "host/lab/crash.hpp"
#include "host/lab/demo_acts.hpp"
#include "host/lab/demo_claims.hpp"
#include "host/lab/demo_story.hpp"
#include "host/lab/report_page.hpp"

namespace sehlab::lab {
namespace {

std::string crash_of(const Story& story) {
  report::CrashStory crash;
  for (const trace::Event& event : story.events) crash.on_event(event);
  return crash_text(story.end, crash, {});
}

}  // namespace

tl::expected<Demo, StartError> play_demo(const std::filesystem::path& buggy_image,
                                         const std::filesystem::path& fixed_image,
                                         report::Style style) {
  const auto buggy = tell(buggy_image);
  if (!buggy) return tl::make_unexpected(buggy.error());
  const auto fixed = tell(fixed_image);
  if (!fixed) return tl::make_unexpected(fixed.error());

  Demo demo;
  demo.text = "\n";
  const std::vector<Claim> all = claims(*buggy, *fixed);
  int stop_before = 5;
  for (const Claim& claim : all) {
    if (claim.holds) continue;
    stop_before = std::min(stop_before, claim.act);
    demo.failed.push_back(fmt::format("act {}: {}", claim.act, claim.sentence));
  }
  if (stop_before > 1) demo.text += act_before(*buggy, style);
  if (stop_before > 2 && fixed->restored) demo.text += act_break(*buggy, *fixed, style);
  if (stop_before > 3) demo.text += act_crash(*buggy, style) + crash_of(*buggy) + "\n";
  if (stop_before > 4) {
    demo.text += act_fix(*buggy, *fixed, style);
    demo.text +=
        fmt::format("\n   {} claims were checked against the two traces: all hold.\n", all.size());
  }
  return demo;
}

Result<> report_demo(const std::filesystem::path& buggy, const std::string& file) {
  constexpr std::uint64_t kSteps = 20;  // before and behind each turning point
  const process::Options options = story_options(buggy);
  auto page = RunReport::open(file, options, "report", source_folders({}, buggy));
  if (!page) return tl::make_unexpected(page.error());
  CapturedOutput output;
  const auto end = run(
      options, output, page->listeners(),
      [&](const process::End&) { page->add_steps(options, {}, kSteps); },
      [&](process::Process& process) {
        page->begin(process);
        return process.run();
      });
  if (!end) return tl::make_unexpected(end.error().error);
  return page->write();
}

}  // namespace sehlab::lab
