// Places. Expectations: docs/replay.md, and counting.
#include "host/lab/debug/places.hpp"

#include "tests/lab/debug/rig.hpp"

namespace sehlab::lab {

TEST_CASE("Places are those of sehlab replay, and what is none is named") {
  CHECK(std::holds_alternative<AtStart>(*parse_place("start")));
  CHECK(std::holds_alternative<AtEnd>(*parse_place("end")));
  CHECK(std::get<AtCount>(*parse_place("32262")).instructions == 32262);
  CHECK(std::get<AtEvent>(*parse_place("event:45")).number == 45);
  const Place place = *parse_place("defect#2");
  CHECK(std::get<AtKind>(place).kind == "defect");
  CHECK(std::get<AtKind>(place).nth == 2);
  for (const char* bad : {"", "-1", "event:0", "event:x", "defect#0", "defect#", "\x1b[31m"}) {
    CAPTURE(bad);
    const auto refused = parse_place(bad);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().what.find('\x1b') == std::string::npos);
  }
  CHECK(parse_place("defekt").error().what.find("did you mean \"defect\"") != std::string::npos);
  CHECK(parse_kind("push"));
  CHECK_FALSE(parse_kind("push#2"));
}

TEST_CASE("Places are found forwards and backwards") {
  Rig rig("go_buggy.exe", {"TestCallbackPanicLocked", "TestSetPanicOnFault"});
  Timeline& timeline = *rig.timeline;
  const auto defect = find_place(*parse_place("defect"), timeline, rig.control);
  REQUIRE(defect);
  timeline.go_to(defect->moment);
  const auto push = find_place(*parse_kind("push"), timeline, rig.control);
  REQUIRE(push);
  CHECK(push->moment < defect->moment);
  const auto* pushed =
      std::get_if<trace::RecordPushed>(&timeline.told()[push->event].event.payload);
  REQUIRE(pushed != nullptr);
  const auto same = find_place(BackToPush{pushed->record}, timeline, rig.control);
  REQUIRE(same);
  CHECK(same->moment == push->moment);
  CHECK_FALSE(find_place(BackToPush{GuestAddr{4}}, timeline, rig.control));
  CHECK_FALSE(find_place(*parse_place("push#100000"), timeline, rig.control));
}

}  // namespace sehlab::lab
