// The demo: four acts, and what it says of programs that do something else. Exit codes are those of
// docs/cli.md; that the buggy program fails where the fixed one passes is Go commit 1249d3a.
#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

#include "tests/cli/run_sehlab.hpp"

namespace sehlab::cli_test {

namespace {

Ran demo(const std::string& buggy, const std::string& fixed) {
  return run_sehlab({"demo", "--buggy", guest(buggy), "--fixed", guest(fixed)});
}

}  // namespace

TEST_SUITE("cli") {
  TEST_CASE("the demo plays four acts, and every claim holds") {
    const Ran ran = run_sehlab({"demo"});
    CAPTURE(ran.err);
    CHECK(ran.exit_code == 0);
    CHECK(ran.err == "");
    for (const char* act : {"\n1  Before", "\n2  The break", "\n3  The crash", "\n4  The fix"}) {
      CHECK(says(ran.out, act));
    }
    CHECK(says(ran.out, "EXPOSED +fs:\\[0\\] = 0019"));
    CHECK(says(ran.out, "unhandled exception C0000005 access violation: read of 00000000"));
    CHECK(says(ran.out, "REFUSED"));
    CHECK(says(ran.out, "claims were checked against the two traces: all hold"));
  }

  TEST_CASE("no line of the demo is wider than a terminal, ends in blanks or holds a tab") {
    std::istringstream lines(run_sehlab({"demo"}).out);
    for (std::string line; std::getline(lines, line);) {
      CAPTURE(line);
      const auto columns = std::ranges::count_if(line, [](char c) { return (c & 0xc0) != 0x80; });
      CHECK(columns <= 80);
      CHECK_FALSE(line.ends_with(' '));
      CHECK(line.find('\t') == std::string::npos);
    }
  }

  TEST_CASE("with the images swapped the demo names the claims that do not hold") {
    const Ran ran = demo("go_fixed.exe", "go_buggy.exe");
    CHECK(ran.exit_code == 1);
    CHECK(says(ran.err, "the claim does not hold: act 2: go_fixed: nobody unlinks the record"));
    CHECK(says(ran.err, "the claim does not hold: act 4: go_buggy: dispatch reaches sigtramp"));
    CHECK_FALSE(says(ran.out, "all hold"));
  }

  TEST_CASE("the program as built for other systems has the bug as well") {
    CHECK(demo("go_other.exe", "go_fixed.exe").exit_code == 0);
    CHECK(demo("go_buggy.exe", "go_other.exe").exit_code == 1);
  }

  TEST_CASE("a program that is not Go at all fails the first claim") {
    const Ran ran = demo("exit0.exe", "go_fixed.exe");
    CHECK(ran.exit_code == 1);
    CHECK(says(ran.err, "the claim does not hold: act 1: exit0: mstart links a record"));
  }

  TEST_CASE("demo --report writes the page of the run that crashes, and the text stays") {
    const Scratch scratch;
    const std::string file = scratch.path("demo.html");
    const Ran ran = run_sehlab({"demo", "--report", file});
    CHECK(ran.exit_code == 0);
    CHECK(ran.out == run_sehlab({"demo"}).out);
    CHECK(says(ran.err, "go_buggy\\.exe as a page: .*demo\\.html"));
    const std::string page = read_file(file);
    CHECK(page.size() < 2'000'000);  // what a mail takes
    CHECK(page.starts_with("<!DOCTYPE html>"));
    CHECK(page.find("go_buggy.exe TestCallbackPanicLocked TestSetPanicOnFault") != page.npos);
    CHECK(run_sehlab({"demo", "--report", scratch.path("no/such/folder.html")}).exit_code == 2);
  }

  TEST_CASE("an image that is not there is bad input") {
    const Ran ran = demo("nosuch.exe", "go_fixed.exe");
    CHECK(ran.exit_code == 2);
    CHECK(says(ran.err, "nosuch.exe"));
  }
}

}  // namespace sehlab::cli_test
