// What a sweep says to people, programs and CI. Widths and counts are counted by hand.
#include "host/scenario/sweep_report.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "host/trace/plain.hpp"
#include "tests/scenario/sweep_rig.hpp"

using namespace sehlab;
using namespace sehlab::scenario;
using Json = nlohmann::json;

namespace {

Sweep read_sweep_of_two() {
  Sweep sweep;
  sweep.faults = {{"read", 1}};
  sweep.expect.resize(1);
  sweep.expect[0].title = "everywhere";
  sweep.expect[0].reason = "so it is";
  return sweep;
}

/// f: two that survive; k: one that survives and one that dies.
struct Swept {
  Sweep sweep = read_sweep_of_two();
  SweepTally tally{sweep};
  SweptWhat what;

  explicit Swept(const std::string& second = "k", CountWindow failing = {0, 0}) {
    tally.expect_failing(failing);
    what.title = "p.exe a";
    what.program = "dir/p.exe";
    what.unfaulted = "exit 0";
    what.instructions = 12345;
    what.from = 10;
    what.to = 22;
    what.seconds = 0.5;
    what.jobs = 2;
    SweptVerdict good;
    good.expectation = 0;
    tally.add(swept_run(10, "f"), good);
    tally.add(swept_run(11, "f"), good);
    tally.add(swept_run(20, second), good);
    SweptVerdict bad = not_as_expected();
    bad.expectation = 0;
    tally.add(swept_run(21, second, SweptEnd::Died, ""), bad);
    tally.finish();
  }
  [[nodiscard]] std::string text(bool lines = false, bool colour = false) const {
    std::ostringstream out;
    write_sweep_text(what, tally, lines, colour, out);
    return out.str();
  }
  [[nodiscard]] std::string json() const {
    std::ostringstream out;
    write_sweep_json(what, tally, out);
    return out.str();
  }
  [[nodiscard]] std::string junit() const {
    std::ostringstream out;
    write_sweep_junit(what, tally, out);
    return out.str();
  }
};

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != text.npos;
}

/// Every element that begins ends, in order, and no attribute or text holds a bare < or &.
bool well_formed(const std::string& xml) {
  std::vector<std::string> open;
  std::size_t at = xml.find("?>") + 2;
  while (at < xml.size()) {
    if (xml[at] == '&') {
      const std::size_t end = xml.find(';', at);
      if (end == xml.npos || end - at > 6) return false;
    }
    if (xml[at++] != '<') continue;
    const bool closes = xml[at] == '/';
    const std::size_t name_from = at + (closes ? 1 : 0);
    const std::string name = xml.substr(name_from, xml.find_first_of(" />", name_from) - name_from);
    bool quoted = false;
    for (; at < xml.size() && (quoted || xml[at] != '>'); ++at) {
      if (xml[at] == '"') quoted = !quoted;
      if (xml[at] == '<') return false;
    }
    if (at == xml.size()) return false;
    if (closes) {
      if (open.empty() || open.back() != name) return false;
      open.pop_back();
    } else if (xml[at - 1] != '/') {
      open.push_back(name);
    }
  }
  return open.empty();
}

}  // namespace

TEST_SUITE_BEGIN("scenario");

TEST_CASE("the text tells each function's positions, ends, verdict and takers") {
  const std::string text = Swept().text();
  CHECK(holds(text,
              "p.exe a\n"
              "one read at each of 4 instructions; without a fault: exit 0 after 12 345 "
              "instructions\n"));
  CHECK(holds(text,
              "  where       positions  as expected  handled by\n"
              "  everywhere          4            3  h@owner 3, nobody 1\n"
              "    so it is\n"));
  CHECK(holds(text,
              "  function     positions survived died hung as expected  handled by\n"
              "  g!f                  2        2    0    0           2  h@owner\n"
              "  g!k                  2        1    1    0           1  h@owner 1, nobody 1\n"));
  CHECK(holds(text,
              "  not as expected: @21, 1 position\n"
              "  the first: read before g!k+0x21 (k.c:2)\n"
              "    expected   exited\n"
              "    got        unhandled\n"));
  CHECK_FALSE(holds(text, "run it"));
  CHECK(holds(text, "3 as expected, 1 not; 4 runs in 0.5 s, 480 a minute, 2 jobs\n"));
  CHECK_FALSE(holds(text, "unmodelled"));
  CHECK_FALSE(holds(text, "other threads"));
  CHECK_FALSE(holds(text, "\x1b"));
}

TEST_CASE("colour only adds") {
  const Swept swept;
  std::string coloured = swept.text(false, true);
  CHECK(holds(coloured, "\x1b[31m"));
  CHECK(holds(coloured, "\x1b[32m"));
  for (std::size_t at = 0; (at = coloured.find('\x1b', at)) != coloured.npos;) {
    coloured.erase(at, coloured.find('m', at) - at + 1);
  }
  CHECK(coloured == swept.text());
}

TEST_CASE("a scenario that was written, and passed-over threads, are told") {
  Swept swept;
  swept.what.scenario = "x.toml";
  swept.what.passed_over = 1;
  CHECK(holds(swept.text(), "    run it     sehlab test x.toml\n"));
  CHECK(holds(swept.text(), "1 instruction of other threads in the window was passed over\n"));
}

TEST_CASE("lines are told where they differ, some of them, or all") {
  Swept swept;
  for (std::uint64_t at = 100; at < 300; at += 10) {
    const SweptEnd end = at == 100 ? SweptEnd::Survived : SweptEnd::Hung;
    swept.tally.add(swept_run(at, "long", end), as_expected());
  }
  swept.tally.finish();
  const std::string some = swept.text(), all = swept.text(true);
  CHECK_FALSE(holds(some, "    long.c:10 "));  // as usual
  CHECK(holds(some, "    long.c:11 "));
  CHECK(holds(some, "    long.c:18 "));
  CHECK_FALSE(holds(some, "    long.c:19 "));
  CHECK(holds(some, "    11 more lines (--lines)\n"));  // 19 that hang, less eight
  CHECK(holds(all, "    long.c:10 "));
  CHECK(holds(all, "    long.c:29 "));
  CHECK_FALSE(holds(all, "more lines"));
}

TEST_CASE("no name is so long or so strange that a row breaks") {
  Swept swept(std::string(300, 'x') + "\n\x1b[31m");
  swept.sweep.expect[0].title = std::string(300, 'y');
  swept.sweep.expect[0].reason = "a " + std::string(90, 'z') + " b";
  swept.what.title = std::string(60, 't') + " " + std::string(60, 'u');
  std::istringstream lines(swept.text(true));
  for (std::string line; std::getline(lines, line);) {
    if (holds(line, std::string(200, 'x'))) continue;  // the first's place is told in full
    CHECK_MESSAGE(trace::width(line) <= 101, line);
    CHECK_FALSE(holds(line, "\x1b"));
  }
}

TEST_CASE("runs that the lab cannot model have a column of their own") {
  Swept swept;
  SweptRun run = swept_run(30, "m", SweptEnd::Unmodelled, "");
  swept.tally.add(run, not_as_expected());
  swept.tally.finish();
  CHECK(holds(swept.text(), " hung unmodelled as expected"));
  CHECK(holds(swept.text(),
              "  g!m                  1        0    0    0          1           0  nobody\n"));
}

TEST_CASE("JSON is one object with what the tables show") {
  Swept swept;
  swept.what.scenario = "x.toml";
  const Json json = Json::parse(swept.json());
  CHECK(json.at("schema_version") == 1);
  CHECK(json.at("title") == "p.exe a");
  CHECK(json.at("program") == "dir/p.exe");
  CHECK(json.at("without_fault") == Json{{"end", "exit 0"}, {"instructions", 12345}});
  CHECK(json.at("window") == Json{{"from", 10}, {"to", 22}});
  CHECK(json.at("faults") == Json::array({"read"}));
  CHECK(json.at("positions") == 4);
  CHECK(json.at("as_expected") == 3);
  CHECK(json.at("survived") == 3);
  CHECK(json.at("died") == 1);
  CHECK(json.at("hung") == 0);
  CHECK(json.at("unmodelled") == 0);
  CHECK(json.at("holds") == false);
  CHECK(json.at("scenario") == "x.toml");
  REQUIRE(json.at("functions").size() == 2);
  CHECK(json["functions"][1].at("function") == "g!k");
  CHECK(json["functions"][1].at("handled_by") == Json{{"h@owner", 1}, {"nobody", 1}});
  CHECK(json["functions"][1].at("lines").at(0).at("source") == "k.c:2");
  CHECK(json.at("expectations").at(0).at("reason") == "so it is");
  CHECK(json.at("failing") == Json::array({Json{{"from", 21}, {"to", 21}, {"positions", 1}}}));
  REQUIRE(json.at("failures").size() == 1);
  const Json& failure = json["failures"][0];
  CHECK(failure.at("instruction") == 21);
  CHECK(failure.at("at") == "g!k+0x21");
  CHECK(failure.at("end") == "unhandled");
  CHECK(failure.at("handled_by") == "nobody");
  CHECK(failure.at("expected") == "exited");
  CHECK(failure.at("got") == "unhandled");
}

TEST_CASE("JSON stays JSON whatever a symbol holds") {
  const Json json = Json::parse(Swept("k\"\\\n\xff").json());
  CHECK(json.at("functions").size() == 2);
}

TEST_CASE("JUnit has a case for each function, and the failures of a sweep that does not hold") {
  const std::string junit = Swept().junit();
  CHECK(well_formed(junit));
  CHECK(holds(junit, "<testsuite name=\"p.exe a\" tests=\"2\" failures=\"1\""));
  CHECK(holds(junit, "<testcase classname=\"p.exe a\" name=\"g!f\" time=\"0\"/>"));
  CHECK(holds(junit, "<failure message=\"1 of 2 positions\">read before g!k+0x21 @21"));
}

TEST_CASE("JUnit is well-formed with hostile names") {
  const std::string junit = Swept("<k \"&'>\x01\xff]]>").junit();
  CHECK(well_formed(junit));
  CHECK(holds(junit, "name=\"g!&lt;k &quot;&amp;'&gt;\xEF\xBF\xBD\xEF\xBF\xBD]]&gt;\""));
}

TEST_CASE("what was to fail is no failure, in the text and in JUnit") {
  const Swept swept("k", {21, 22});
  CHECK(swept.tally.holds());
  CHECK(holds(swept.junit(), "tests=\"2\" failures=\"0\""));
  Swept more("k", {20, 22});
  more.sweep.failing = At<WindowText>{{"x", "y"}, 1};
  CHECK_FALSE(more.tally.holds());
  CHECK(holds(more.text(), "  1 position is as expected where none was to be (x..y)\n"));
  CHECK(well_formed(more.junit()));
  CHECK(holds(more.junit(), "tests=\"3\" failures=\"1\""));
}

TEST_SUITE_END();
