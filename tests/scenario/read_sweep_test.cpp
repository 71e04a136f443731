// [sweep] in scenario files: every key, and every complaint with its line (docs/scenarios.md).
#include "host/scenario/read_sweep.hpp"

#include <doctest/doctest.h>

#include "host/scenario/read_scenario.hpp"

using namespace sehlab::scenario;

namespace {

const std::string kHead = "title = \"t\"\nguest = \"g.exe\"\n";  // two lines

auto parse(const std::string& lines) {
  return parse_scenario(kHead + lines, "s.toml", {"windows-7", "windows-xp"});
}
/// The complaint about these lines, which begin at line 3.
std::string complaint(const std::string& lines) {
  const auto scenario = parse(lines);
  return scenario ? "" : scenario.error().text();
}
/// About these lines in [sweep], which begin at line 6.
std::string in_sweep(const std::string& lines) {
  return complaint("[sweep]\nwindow = \"a..b\"\nfault = \"read\"\n" + lines);
}
/// About these in a table of its expectations: from line 7 on.
std::string in_expect(const std::string& lines) {
  return in_sweep("[[sweep.expect]]\n" + lines);
}

}  // namespace

TEST_SUITE_BEGIN("scenario");

TEST_CASE("every key of a sweep is read") {
  const auto scenario = parse(R"([sweep]
window = "a#2..b"
fault = ["read", "fault=write address=0x10"]
failing = "c.."
[[sweep.expect]]
title = "T"
at = ["g!*", "ntdll!Rtl?"]
window = "..c"
handled_by = ["h@o", "nobody"]
end = ["exited", "hung", "unhandled"]
exit = [0, 255]
chain = "restored"
watch = ["dangling@f"]
reason = "R"
[[sweep.expect]]
end = "exited"
exit = 3
watch = []
)");
  REQUIRE_MESSAGE(scenario.has_value(), (scenario ? "" : scenario.error().text()));
  REQUIRE(scenario->sweep);
  CHECK_FALSE(scenario->expects);
  const Sweep& sweep = *scenario->sweep;
  CHECK(sweep.line == 3);
  CHECK(sweep.window.from == "a#2");
  CHECK(sweep.window.to == "b");
  REQUIRE(sweep.faults.size() == 2);
  CHECK(sweep.faults[1].value == "fault=write address=0x10");
  REQUIRE(sweep.failing);
  CHECK(sweep.failing->value.from == "c");
  CHECK(sweep.failing->value.to.empty());
  CHECK(sweep.failing->line == 6);
  REQUIRE(sweep.expect.size() == 2);
  const SweepExpectation& one = sweep.expect[0];
  CHECK(one.title == "T");
  CHECK(one.at.at(1).value == "ntdll!Rtl?");
  CHECK(one.window->value.from.empty());
  CHECK(one.window->value.to == "c");
  CHECK(one.handled_by.at(1).value == "nobody");
  REQUIRE(one.ends.size() == 3);
  CHECK(one.ends[0].value == SweptEnd::Survived);
  CHECK(one.ends[1].value == SweptEnd::Hung);
  CHECK(one.ends[2].value == SweptEnd::Died);
  REQUIRE(one.exits.size() == 2);
  CHECK(one.exits[1].value == 255);
  CHECK(one.restored);
  CHECK(one.watch->value.at(0).value == "dangling@f");
  CHECK(one.reason == "R");
  CHECK(one.line == 7);
  const SweepExpectation& two = sweep.expect[1];
  CHECK(two.title == "line 17");
  CHECK(two.at.empty());
  CHECK_FALSE(two.window);
  CHECK(two.exits.at(0).value == 3);
  CHECK_FALSE(two.restored);
  REQUIRE(two.watch);
  CHECK(two.watch->value.empty());
}

TEST_CASE("a sweep alone is enough of a scenario, beside [expect] too") {
  CHECK(in_sweep("") == "");
  CHECK(in_sweep("[expect]\nexit = 0\n") == "");
}

TEST_CASE("a window is FROM..TO, each of which may be left out") {
  CHECK_FALSE(parse_window(""));
  CHECK_FALSE(parse_window("a.b"));
  const auto whole = parse_window("..");
  REQUIRE(whole);
  CHECK(whole->from.empty());
  CHECK(whole->to.empty());
  // The first dots count: a symbol does not hold two.
  CHECK(parse_window("12..main#3")->from == "12");
  CHECK(parse_window("12..main#3")->to == "main#3");
}

TEST_CASE("what a sweep needs, and what it cannot have, is said with its line") {
  CHECK(complaint("[sweep]\nfault = \"read\"\n") == "scenario s.toml:3: sweep.window is missing");
  CHECK(complaint("[sweep]\nwindow = \"a..b\"\n") == "scenario s.toml:3: sweep.fault is missing");
  CHECK(complaint("[sweep]\nwindow = \"a\"\nfault = \"read\"\n") ==
        "scenario s.toml:4: sweep.window: must be FROM..TO");
  CHECK(in_sweep("failing = \"a\"\n") == "scenario s.toml:6: sweep.failing: must be FROM..TO");
  CHECK(in_sweep("colour = 1\n").starts_with("scenario s.toml:6: sweep.colour: "));
  CHECK(in_sweep("expect = []\n") ==
        "scenario s.toml:6: sweep.expect: an empty array says nothing");
  CHECK(complaint("sweep = 1\n").starts_with("scenario s.toml:3: sweep: "));
}

TEST_CASE("an expectation that nothing could violate is refused") {
  const std::string nothing =
      "scenario s.toml:6: sweep.expect: nothing is expected, so nothing could fail";
  CHECK(in_expect("") == nothing);
  CHECK(in_expect("title = \"t\"\nat = \"g!f\"\nwindow = \"a..\"\nreason = \"r\"\n") == nothing);
  for (const char* something : {"handled_by = \"h\"", "end = \"exited\"", "exit = 0",
                                "chain = \"restored\"", "watch = []"}) {
    CAPTURE(something);
    CHECK(in_expect(something) == "");
  }
}

TEST_CASE("what is wrong in an expectation is said with its line") {
  const auto at_line = [](int line, const std::string& what) {
    return "scenario s.toml:" + std::to_string(line) + ": sweep.expect." + what;
  };
  CHECK(in_expect("exit = 0\nend = \"died\"\n") ==
        at_line(8, "end: must be \"exited\", \"unhandled\" or \"hung\""));
  CHECK(in_expect("end = [\"exited\",\n 1]\n") ==
        at_line(8, "end: must be \"exited\", \"unhandled\" or \"hung\""));
  CHECK(in_expect("end = []\n") == at_line(7, "end: an empty array says nothing"));
  CHECK(in_expect("exit = 256\n") == at_line(7, "exit: must be a number from 0 to 255"));
  CHECK(in_expect("exit = -1\n") == at_line(7, "exit: must be a number from 0 to 255"));
  CHECK(in_expect("exit = \"0\"\n") == at_line(7, "exit: must be a number from 0 to 255"));
  CHECK(in_expect("chain = \"broken\"\n") == at_line(7, "chain: must be \"restored\""));
  CHECK(in_expect("watch = [\"danglin\"]\n") ==
        at_line(7,
                "watch: \"danglin\" is no defect (did you mean \"dangling\"?); they are "
                "dangling, overwritten, patched, off-stack, misaligned, not-ascending, "
                "cycle, handler-on-stack, handler-not-executable"));
  CHECK(in_expect("exit = 0\nwindow = \"a\"\n") == at_line(8, "window: must be FROM..TO"));
  CHECK(in_expect("handled_by = []\n").starts_with(at_line(7, "handled_by: ")));
  CHECK(in_expect("exit = 0\nhandler = \"h\"\n").starts_with(at_line(8, "handler: ")));
  CHECK(in_expect("exit = 0\ntitle = 1\n").starts_with(at_line(8, "title: ")));
}

TEST_CASE("a sweep and an injection do not stand in one scenario") {
  CHECK(in_sweep("[[inject]]\nat = \"f\"\nfault = \"read\"\n") ==
        "scenario s.toml:6: inject: a sweep injects its own faults: give the injection a scenario "
        "of its own");
}

TEST_CASE("with the watch off, what it would say cannot be expected") {
  const std::string off = "watch = \"off\"\n[sweep]\nwindow = \"..\"\nfault = \"read\"\n";
  CHECK(complaint(off) ==
        "scenario s.toml:4: sweep: without expectations the watch must be silent, and it is off");
  const std::string why = "the watch is off, so nothing could violate this";
  CHECK(complaint(off + "[[sweep.expect]]\nwatch = []\n") ==
        "scenario s.toml:7: sweep.expect: " + why);
  CHECK(complaint(off + "[[sweep.expect]]\nchain = \"restored\"\n") ==
        "scenario s.toml:7: sweep.expect: " + why);
  CHECK(complaint(off + "[[sweep.expect]]\nend = \"exited\"\n") == "");
}

TEST_SUITE_END();
