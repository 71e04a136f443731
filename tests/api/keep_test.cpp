// Calls that are kept, and snapshots. Expectations: guest/api/component.c; arithmetic.
#include <doctest/doctest.h>

#include "tests/api/component.hpp"

namespace sehlab {

TEST_SUITE_BEGIN("api");

TEST_CASE("what a kept call did is there for the calls behind it") {
  Lab lab = component();
  CHECK(lab.call("CountCalls").keep().value() == 1);
  CHECK(lab.call("CountCalls").run().value() == 2);
  CHECK(lab.call("CountCalls").run().value() == 2);
  CHECK(lab.call("CountCalls").keep().value() == 2);
  CHECK(lab.call("CountCalls").run().value() == 3);
}

TEST_CASE("a kept call is there in processes of other systems, too, whenever they are made") {
  Lab lab = component();
  CHECK(lab.call("CountCalls").profile("windows-xp").run().value() == 1);
  CHECK(lab.call("CountCalls").keep().value() == 1);
  CHECK(lab.call("CountCalls").profile("windows-xp").run().value() == 2);
  CHECK(lab.call("CountCalls").profile("wine").run().value() == 2);
}

TEST_CASE("arguments of many kept calls leave the stack as it was") {
  Lab lab = component();
  const Run before = lab.call("Visit", lab.address("Picky"), 3).run();
  for (int i = 0; i < 200; ++i) static_cast<void>(lab.call("Shout", "text").keep());
  const Run after = lab.call("Visit", lab.address("Picky"), 3).run();
  REQUIRE(before.handlers().calls.size() == 1);
  REQUIRE(after.handlers().calls.size() == 1);
  CHECK(after.handlers().calls[0].record == before.handlers().calls[0].record);
}

TEST_CASE("a snapshot is gone back to, with the functions that were provided then") {
  Lab lab = component();
  const Snapshot fresh = lab.snapshot();
  lab.provide("rows.dll", "FetchRow", 3, [](Guest&) { return 0u; });
  static_cast<void>(lab.call("CountCalls").keep());
  const Snapshot later = lab.snapshot();
  static_cast<void>(lab.call("CountCalls").keep());
  CHECK(lab.call("CountCalls").run().value() == 3);
  CHECK(static_cast<int>(lab.call("SumRow", 1).run().value()) == -1);

  lab.restore(fresh);
  CHECK(lab.call("CountCalls").run().value() == 1);
  CHECK(lab.call("SumRow", 1).run().ended() == Ended::Unmodelled);
  CHECK(lab.call("CountCalls").profile("wine").run().value() == 1);

  lab.restore(later);
  CHECK(lab.call("CountCalls").run().value() == 2);
  CHECK(static_cast<int>(lab.call("SumRow", 1).run().value()) == -1);
  CHECK(lab.call("CountCalls").profile("wine").run().value() == 2);
}

TEST_CASE("a call that does not return cannot be kept, and nothing is changed by it") {
  Lab lab = component();
  CHECK_THROWS_WITH_AS(static_cast<void>(lab.call("Picky", 2).keep()),
                       doctest::Contains("did not return"), LabError);
  CHECK_THROWS_AS(static_cast<void>(lab.call("Die").keep()), LabError);
  CHECK(lab.call("CountCalls").run().value() == 1);
  Lab other = component();
  CHECK_THROWS_WITH_AS(lab.restore(other.snapshot()), "the snapshot is another lab's", LabError);
  // Nor one that is gone, whatever has its place in memory since.
  std::optional<Snapshot> gone;
  for (int i = 0; i < 3; ++i) {
    Lab one = component();
    if (gone) CHECK_THROWS_AS(one.restore(*gone), LabError);
    gone = one.snapshot();
  }
}

}  // namespace sehlab
