// What becomes of one run of a sweep, from hand-made events. The rules are docs/sweeps.md's.
#include "host/scenario/sweep_judge.hpp"

#include <doctest/doctest.h>

#include "tests/scenario/sweep_rig.hpp"

using namespace sehlab;
using namespace sehlab::scenario;
using trace::place;
using trace::TraceMaker;

namespace {

const std::vector<CountWindow> kEverywhere(4);

SweepExpectation expecting_end(SweptEnd end) {
  SweepExpectation expect;
  expect.ends = {{end, 1}};
  return expect;
}

SweptVerdict verdict(const SweptRun& run, const std::vector<SweepExpectation>& expect) {
  return judge(run, expect, kEverywhere);
}

/// A record linked by mstart, as each thread's first.
TraceMaker linked_once() {
  TraceMaker t;
  t.emit(trace::RecordPushed{GuestAddr{0x19ff70}, GuestAddr{0xffffffff}, place(1, "g!h"),
                             place(2, "g!mstart+0x2"), place(2, "g!mstart")});
  t.linked({{0x19ff70, place(1, "g!h")}});
  return t;
}

}  // namespace

TEST_SUITE_BEGIN("scenario");

TEST_CASE("defects of the whole run count, the taker from the fault on alone") {
  TraceMaker t;
  t.emit(trace::HandlerEntered{GuestAddr{1}, place(2, "g!early"), 0, 0, place(3, "g!f"), {}});
  t.emit(trace::DispatchContinued{});
  trace::DefectFound defect;
  defect.defect = "dangling";
  defect.owner = place(4, "g!callbackasm1+0x12");
  t.emit(defect);
  const std::size_t own = t.events.size();
  t.emit(trace::HandlerEntered{GuestAddr{1}, place(2, "g!late"), 0, 0, place(3, "g!f+0x1"), {}});
  t.emit(trace::DispatchContinued{});
  SweptRun run;
  read_events(t.events, own, run);
  CHECK(run.taken.name() == "late@f");
  CHECK(run.defects == std::vector<std::string>{"dangling@callbackasm1"});
}

TEST_CASE("a run that ends with an exposed record has not restored the chain") {
  // "restored": no record that lay below ESP is left at an end (docs/scenarios.md).
  TraceMaker t = linked_once();
  t.at(2, 0x19fe00)
      .emit(trace::RecordPushed{GuestAddr{0x19ff00}, GuestAddr{0x19ff70}, place(1, "g!h"),
                                place(2, "g!work+0x2"), place(2, "g!work")});
  t.linked({{0x19ff00, place(1, "g!h")}, {0x19ff70, place(1, "g!h")}});
  trace::RecordExposed exposed;
  exposed.record = GuestAddr{0x19ff00};
  exposed.owner = place(2, "g!work");
  t.at(3, 0x19ff40).emit(exposed);
  t.emit(trace::ProcessEnded{});
  SweptRun run;
  read_events(t.events, 0, run);
  CHECK(run.chain != "");
  SweptRun dead;
  dead.end = SweptEnd::Died;
  read_events(t.events, 0, dead);
  CHECK(dead.chain == "");  // a process that dies restores nothing
  SweptRun good;
  TraceMaker whole = linked_once();
  whole.emit(trace::ProcessEnded{});
  read_events(whole.events, 0, good);
  CHECK(good.chain == "");
}

TEST_CASE("without expectations a run must survive, its chain restored and the watch silent") {
  CHECK(verdict(swept_run(1), {}).as_expected());
  SweptRun other_exit = swept_run(1);
  other_exit.exit = 7;
  CHECK(verdict(other_exit, {}).as_expected());  // surviving is all that is asked for
  const SweptVerdict died = verdict(swept_run(1, "f", SweptEnd::Died, ""), {});
  CHECK(died.expected == "exited");
  CHECK(died.got == "unhandled");
  CHECK(verdict(swept_run(1, "f", SweptEnd::Hung), {}).got == "hung");
  SweptRun loud = swept_run(1);
  loud.defects = {"dangling@f", "overwritten@f"};
  CHECK(verdict(loud, {}).expected == "a silent watch");
  CHECK(verdict(loud, {}).got == "watch: dangling@f, overwritten@f");
  SweptRun broken = swept_run(1);
  broken.chain = "broken";
  CHECK(verdict(broken, {}).expected == "the chain restored");
}

TEST_CASE("the first expectation that speaks of a position counts") {
  SweepExpectation of_f = expecting_end(SweptEnd::Died), of_all = expecting_end(SweptEnd::Survived);
  of_f.at = {{"g!f", 1}};
  const std::vector<SweepExpectation> expect = {of_f, of_all};
  const SweptVerdict in_f = verdict(swept_run(1, "f"), expect);
  CHECK(in_f.expectation == 0);
  CHECK(in_f.got == "exit 0");
  const SweptVerdict in_g = verdict(swept_run(1, "g"), expect);
  CHECK(in_g.expectation == 1);
  CHECK(in_g.as_expected());
}

TEST_CASE("a position of which nothing is said is not as expected") {
  SweepExpectation elsewhere = expecting_end(SweptEnd::Survived);
  elsewhere.at = {{"g!other", 1}};
  const SweptVerdict none = verdict(swept_run(1), {elsewhere});
  CHECK_FALSE(none.expectation);
  CHECK(none.expected == "an expectation that speaks of this position");
}

TEST_CASE("an expectation's window holds its first position and not its last") {
  const std::vector<SweepExpectation> expect = {expecting_end(SweptEnd::Survived)};
  const std::vector<CountWindow> window = {{10, 20}};
  CHECK_FALSE(judge(swept_run(9), expect, window).expectation);
  CHECK(judge(swept_run(10), expect, window).expectation == 0);
  CHECK(judge(swept_run(19), expect, window).expectation == 0);
  CHECK_FALSE(judge(swept_run(20), expect, window).expectation);
}

TEST_CASE("functions are told by * and ?") {
  const auto speaks = [](const char* glob, const char* function) {
    SweepExpectation expect = expecting_end(SweptEnd::Survived);
    expect.at = {{glob, 1}};
    return verdict(swept_run(1, function), {expect}).expectation.has_value();
  };
  CHECK(speaks("g!f", "f"));
  CHECK(speaks("*!f", "f"));
  CHECK(speaks("g!*", "anything"));
  CHECK(speaks("g!R*l?ction", "RtlFunction") == false);
  CHECK(speaks("g!R*nct?on", "RtlFunction"));
  CHECK(speaks("g!a*b*c", "a1b2b3c"));
  CHECK_FALSE(speaks("g!a*b*c", "a1b2"));
  CHECK_FALSE(speaks("f", "f"));
  CHECK_FALSE(speaks("g!f", "ff"));
  CHECK_FALSE(speaks("g!f?", "f"));
}

TEST_CASE("each of what is expected is told, and what was got") {
  SweepExpectation expect;
  expect.handled_by = {{"other", 1}, {"h@nobody", 1}};
  expect.ends = {{SweptEnd::Died, 1}, {SweptEnd::Hung, 1}};
  const SweptVerdict wrong = verdict(swept_run(1), {expect});
  CHECK(wrong.expected == "handled by other or h@nobody; unhandled or hung");
  CHECK(wrong.got == "handled by h@owner; exit 0");
  expect.handled_by = {{"h@owner", 1}};
  expect.ends = {{SweptEnd::Survived, 1}};
  CHECK(verdict(swept_run(1), {expect}).as_expected());
  expect.handled_by = {{"nobody", 1}};
  CHECK(verdict(swept_run(1, "f", SweptEnd::Survived, ""), {expect}).as_expected());
}

TEST_CASE("an exit code is of runs that exit") {
  SweepExpectation expect;
  expect.exits = {{0, 1}, {2, 1}};
  SweptRun run = swept_run(1);
  CHECK(verdict(run, {expect}).as_expected());
  run.exit = 3;
  CHECK(verdict(run, {expect}).expected == "exit 0 or 2");
  CHECK(verdict(run, {expect}).got == "exit 3");
  expect.ends = {{SweptEnd::Survived, 1}, {SweptEnd::Hung, 1}};
  CHECK(verdict(swept_run(1, "f", SweptEnd::Hung), {expect}).as_expected());
  CHECK_FALSE(verdict(swept_run(1, "f", SweptEnd::Died), {expect}).as_expected());
}

TEST_CASE("an exit code alone is not met by a run that does not exit") {
  SweepExpectation expect;
  expect.exits = {{0, 1}};
  const SweptVerdict died = verdict(swept_run(1, "f", SweptEnd::Died), {expect});
  CHECK(died.expected == "exit 0");
  CHECK(died.got == "unhandled");
  CHECK_FALSE(verdict(swept_run(1, "f", SweptEnd::Hung), {expect}).as_expected());
}

TEST_CASE("the watch must say one at least of what is expected, and nothing else") {
  SweepExpectation expect;
  expect.watch.emplace();
  expect.watch->value = {{"dangling@f", 1}, {"overwritten", 1}};
  SweptRun run = swept_run(1);
  CHECK_FALSE(verdict(run, {expect}).as_expected());
  run.defects = {"dangling@f"};
  CHECK(verdict(run, {expect}).as_expected());
  run.defects = {"overwritten@g", "dangling@f"};
  CHECK(verdict(run, {expect}).as_expected());
  run.defects = {"dangling@g"};
  CHECK(verdict(run, {expect}).expected == "watch: dangling@f or overwritten");
}

TEST_CASE("what the lab does not model is never as expected") {
  SweptRun run = swept_run(1, "f", SweptEnd::Unmodelled);
  run.detail = "K!F is not modelled";
  SweepExpectation any;
  any.ends = {{SweptEnd::Survived, 1}, {SweptEnd::Died, 1}, {SweptEnd::Hung, 1}};
  CHECK(verdict(run, {any}).got == "unmodelled: K!F is not modelled");
  CHECK_FALSE(verdict(run, {}).as_expected());
}

TEST_SUITE_END();
