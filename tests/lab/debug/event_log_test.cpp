// What is kept of a run's events. The oracle is the same run with all of them kept.
#include "host/lab/debug/event_log.hpp"

#include "host/trace/text_writer.hpp"
#include "tests/lab/debug/rig.hpp"

namespace sehlab::lab {
namespace {

using Way = gdb::Resume::Way;
using Why = gdb::StopReport::Why;
const std::vector<std::string> kStory{"TestCallbackPanicLocked", "TestSetPanicOnFault"};
constexpr EventLog::Limits kFewWhole{10'000'000, 5, 10'000};

void to_end(Timeline& timeline) {
  while (timeline.end() == nullptr) timeline.run_on(UINT64_MAX, {});
}

/// To where the debugger is when it has been told so.
std::string went_to(Rig& rig, const std::string& command) {
  rig.control.heard.clear();
  REQUIRE(rig.target->monitor(command, rig.control).well);
  static_cast<void>(rig.go(Way::ContinueBack));
  return rig.control.heard;
}

}  // namespace

TEST_CASE(
    "Events that are not kept whole are told again, the same, and the run stays where it is") {
  Rig all("go_buggy.exe", kStory), few("go_buggy.exe", kStory, kFewWhole);
  to_end(*all.timeline);
  to_end(*few.timeline);
  const EventLog &every = all.timeline->told(), &some = few.timeline->told();
  REQUIRE(every.size() == some.size());
  REQUIRE(every.size() > 50);
  const auto end = few.timeline->moment();
  std::size_t gone = 0;
  for (std::size_t i = 10; i < every.size(); ++i) {
    CAPTURE(i);
    if (some.find(i) == nullptr) ++gone;
    const auto again = few.timeline->recall(i, 1);
    REQUIRE(again.size() == 1);
    CHECK(again[0].moment == every[i].moment);
    CHECK(again[0].event == every[i].event);
    CHECK(few.timeline->moment() == end);
    CHECK(some.size() == every.size());
  }
  CHECK(gone > 0);
}

TEST_CASE("Chain, dispatch, defects and places are the same, however few events are kept whole") {
  Rig all("go_buggy.exe", kStory), few("go_buggy.exe", kStory, kFewWhole);
  for (Rig* rig : {&all, &few}) REQUIRE(rig->target->monitor("watch go", rig->control).well);
  for (int i = 0; i < 2; ++i) {
    const auto signal = i == 0 ? gdb::Signal::None : gdb::Signal::Segment;
    CHECK(all.go(Way::Continue, signal).why == few.go(Way::Continue, signal).why);
    for (const char* what : {"chain", "dispatch", "watch", "where"}) {
      CAPTURE(what);
      CHECK(all.target->monitor(what, all.control).text ==
            few.target->monitor(what, few.control).text);
    }
  }
  for (const char* place :
       {"goto push#1", "goto event:20", "back fault", "goto defect", "back push", "goto end",
        "back exposed", "goto fault", "goto start", "goto pop#2"}) {
    CAPTURE(place);
    CHECK(went_to(all, place) == went_to(few, place));
    CHECK(all.timeline->moment() == few.timeline->moment());
    CHECK(all.target->monitor("chain", all.control).text ==
          few.target->monitor("chain", few.control).text);
  }
}

TEST_CASE("A run that tells too much stops, says why, and can be gone back in and detached from") {
  Rig rig("go_buggy.exe", kStory, EventLog::Limits{40, 5, 10});
  REQUIRE(rig.target->monitor("watch go", rig.control).well);
  REQUIRE(rig.target->monitor("exceptions second", rig.control).well);
  CHECK(rig.go(Way::Continue).why == Why::HistoryEnd);
  CHECK(rig.control.has("events are all that is kept"));
  CHECK(rig.timeline->end() == nullptr);
  CHECK(rig.go(Way::StepBack).why == Why::Signal);
  CHECK(went_to(rig, "goto 20000").find("@ 20 000") != std::string::npos);
  CHECK(went_to(rig, "goto fault#9").find("events are all that is kept") != std::string::npos);
  rig.target->detach();
  CHECK(rig.timeline->end() != nullptr);
}

}  // namespace sehlab::lab
