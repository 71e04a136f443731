// The words of a defect. Source: docs/defects (what each is), the members of DefectFound.
#include "host/report/defect_report.hpp"

#include <doctest/doctest.h>

#include "tests/trace/sample_events.hpp"

using namespace sehlab;
using namespace sehlab::report;

namespace {

trace::Event sample() {
  trace::Event event;
  for (trace::Payload& payload : trace::sample_payloads()) {
    if (std::holds_alternative<trace::DefectFound>(payload)) event = event_with(payload);
  }
  return event;
}

bool says(const std::string& text, const std::string& words) {
  return text.find(words) != std::string::npos;
}

}  // namespace

TEST_SUITE("report") {
  TEST_CASE(
      "a defect's report says which record, who pushed it, how it was left, what relied on it") {
    trace::Event event = sample();
    std::get<trace::DefectFound>(event.payload).suppressed.clear();
    const std::string text = defect_report(event);
    CAPTURE(text);
    CHECK(says(text, "watch: overwritten: record 0019fe94 of thread 1"));
    CHECK(says(text, "@418 204 by go!callbackasm1+0x0e (callback.S:31)"));
    CHECK(says(text, "frame of   go!callbackasm1\n"));
    CHECK(says(text, "@418 590 on another stack"));
    CHECK(says(text, "go!gogo+0x9 (asm.S:80)"));
    CHECK(says(text, "@419 012 by kernel32!FreeLibrary+0x1f"));
    CHECK(
        says(text, "@418 655 by the dispatch of an exception raised at go!deref+0x6 (deref.c:12)"));
    CHECK(says(text, "copy of    0019fd00"));
    CHECK(text.ends_with("sehlab explain overwritten"));
  }

  TEST_CASE("a suppressed defect is reported with the reason") {
    CHECK(says(defect_report(sample()), "suppressed known since 2014"));
  }

  TEST_CASE("each defect's report says what is wrong in the record's own terms") {
    for (const auto& each : std::vector<std::pair<std::string, std::string>>{
             {"dangling", "still as they were"},
             {"patched", "its handler was go!sigtramp when it was linked, and is now 41414141"},
             {"off-stack", "does not lie on the stack"},
             {"misaligned", "no multiple of 4"},
             {"handler-on-stack", "its handler 41414141 lies on the stack"},
             {"handler-not-executable", "its handler 41414141 is in no page"},
             {"cycle", "its link 0019ff70 leads back"},
             {"not-ascending", "its link 0019ff70 leads down"}}) {
      const auto& name = each.first;
      const auto& words = each.second;
      CAPTURE(name);
      trace::Event event = sample();
      std::get<trace::DefectFound>(event.payload).defect = name;
      CHECK(says(defect_report(event), words));
    }
  }

  TEST_CASE("every way of leaving has words") {
    for (const char* way : {"return", "longjmp", "exception", "stack-switch", "jump", "other"}) {
      CAPTURE(way);
      CHECK_FALSE(left_words(way).empty());
    }
    CHECK(left_words("").empty());
  }
}
