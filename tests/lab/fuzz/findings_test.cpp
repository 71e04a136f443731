// Findings: what the folders hold is what docs/fuzzing.md says of them.
#include "host/lab/fuzz/findings.hpp"

#include <doctest/doctest.h>

#include "tests/lab/fuzz/fake_guest.hpp"

namespace sehlab::lab {

namespace {

namespace fs = std::filesystem;

std::vector<Bug> grouped(FakeGuest& guest, const std::vector<fs::path>& files) {
  auto bugs = group_findings(guest, files, {});
  REQUIRE(bugs);
  return std::move(*bugs);
}

}  // namespace

TEST_SUITE("lab") {
  TEST_CASE("inputs that show the same are one bug, told by the shortest of them") {
    const Scratch scratch;
    FakeGuest guest;
    const auto bugs = grouped(guest, {scratch.write("a", "long x"), scratch.write("b", "y"),
                                      scratch.write("c", "an x"), scratch.write("d", "longest x")});
    REQUIRE(bugs.size() == 2);
    CHECK(bugs[0].finding.signature == "log: the X");
    CHECK(bugs[0].inputs == 3);
    CHECK(bugs[0].from == scratch.path("c"));
    CHECK(bugs[0].original.size() == 4);
    CHECK(bugs[1].finding.signature == "log: the Y");
    CHECK(bugs[1].inputs == 1);
  }

  TEST_CASE("an input that is as it should be here is a finding that did not come again") {
    const Scratch scratch;
    FakeGuest guest;
    auto bugs = grouped(guest, {scratch.write("a", "nothing")});
    REQUIRE(bugs.size() == 1);
    CHECK(bugs[0].finding.rule == "unrepeatable");
    CHECK_FALSE(bugs[0].repeated);
    REQUIRE(write_bug(guest, bugs[0], scratch.path("findings")));
    CHECK_FALSE(fs::exists(bugs[0].folder / "scenario.toml"));
    CHECK(Scratch::read(bugs[0].folder / "input") == "nothing");
  }

  TEST_CASE("a bug's folder holds the input, what it does, the trace, a report and a scenario") {
    const Scratch scratch;
    FakeGuest guest;
    auto bugs = grouped(guest, {scratch.write("a", "an x")});
    shrink_bug(guest, bugs[0], {});
    REQUIRE(write_bug(guest, bugs[0], scratch.path("findings")));
    const fs::path folder = scratch.path("findings/log-the-x");
    CHECK(bugs[0].folder == folder);
    CHECK(Scratch::read(folder / "input") == "x");
    CHECK(Scratch::read(folder / "original") == "an x");
    CHECK(Scratch::read(folder / "listing.txt") == "x\n");
    // As `sehlab run --trace`: the process' end is an event (docs/trace-format.md).
    CHECK(Scratch::read(folder / "trace.txt").find("end") != std::string::npos);
    const std::string report = Scratch::read(folder / "report.txt");
    CHECK(report.starts_with("log: the X\n"));
    CHECK(report.find("an x is there") != std::string::npos);
    CHECK(bugs[0].scenario_fails == true);
    const std::string scenario = Scratch::read(folder / "scenario.toml");
    CHECK(scenario.find("guest   = \"exit0.exe\"") != std::string::npos);
    CHECK(scenario.find("[expect]\nexit = 1\n") != std::string::npos);
  }

  TEST_CASE("a scenario that holds beside the bug is not left there") {
    const Scratch scratch;
    FakeGuest guest;
    guest.expected = "exit = 0\n";
    auto bugs = grouped(guest, {scratch.write("a", "x")});
    REQUIRE(write_bug(guest, bugs[0], scratch.path("findings")));
    CHECK(bugs[0].scenario_fails == false);
    CHECK_FALSE(fs::exists(bugs[0].folder / "scenario.toml"));
  }

  TEST_CASE("the same bug has one folder, another of the same name its own") {
    const Scratch scratch;
    FakeGuest guest;
    auto bugs = grouped(guest, {scratch.write("a", "x")});
    REQUIRE(write_bug(guest, bugs[0], scratch.path("findings")));
    const fs::path first = bugs[0].folder;
    REQUIRE(write_bug(guest, bugs[0], scratch.path("findings")));
    CHECK(bugs[0].folder == first);
    Bug other = bugs[0];
    other.finding.signature = "log: THE X";
    REQUIRE(write_bug(guest, other, scratch.path("findings")));
    CHECK(other.folder == scratch.path("findings/log-the-x-2"));
  }

  TEST_CASE("a folder that cannot be made is named") {
    const Scratch scratch;
    FakeGuest guest;
    auto bugs = grouped(guest, {scratch.write("a", "x")});
    const auto written = write_bug(guest, bugs[0], scratch.write("file", ""));
    REQUIRE_FALSE(written);
    CHECK(written.error().text().find(scratch.path("file").string()) != std::string::npos);
  }

  TEST_CASE("a slug is a name that every file system takes") {
    CHECK(slug_of("chain: fs:[0] is not what it was") == "chain-fs-0-is-not-what-it-was");
    CHECK(slug_of("../../etc/passwd") == "etc-passwd");
    CHECK(slug_of("") == "finding");
    CHECK(slug_of("\xff\xfe") == "finding");
    CHECK(slug_of(std::string(1000, 'a')).size() == 60);
  }
}

}  // namespace sehlab::lab
