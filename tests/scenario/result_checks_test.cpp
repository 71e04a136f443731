#include <doctest/doctest.h>

#include "tests/scenario/judged.hpp"

using namespace sehlab;
using namespace sehlab::scenario;
using Failures = std::vector<std::string>;

namespace {

Failures of(const std::string& lines, const RunResult& result) {
  return judged(lines, trace::TraceMaker{}, result);
}

const RunResult kCrash{End::Unhandled, 0xC0000005, 139, "", "unhandled exception", ""};

}  // namespace

TEST_SUITE_BEGIN("scenario");

TEST_CASE("the exit code is what sehlab run exits with") {
  CHECK(of("exit = 0", {}).empty());
  CHECK(of("exit = 3", {End::Exited, 0x103, 3, "", "", ""}).empty());
  CHECK(of("exit = 0", {End::Exited, 1, 1, "", "", ""}) ==
        Failures{"exit: expected 0 got 1: the process exited with 1"});
  CHECK(of("exit = 139", kCrash).empty());
  CHECK(of("exit = 0", kCrash) ==
        Failures{"exit: expected 0 got 139: unhandled C0000005 access violation"});
}

TEST_CASE("the way of ending and the code can be told apart from the exit code") {
  CHECK(of("end = \"unhandled\"\ncode = 0xC0000005", kCrash).empty());
  CHECK(of("end = \"exited\"", kCrash) ==
        Failures{"end: expected exited got unhandled: unhandled C0000005 access violation"});
  CHECK(of("code = 0xC0000094", kCrash) ==
        Failures{"code: expected C0000094 (3221225620) got C0000005 (3221225477)"});
  CHECK(of("exit = 139\nend = \"unhandled\"", {End::Exited, 139, 139, "", "", ""}) ==
        Failures{"end: expected unhandled got exited: the process exited with 139"});
  CHECK(of("end = \"budget\"", {End::Budget, 0, 124, "", "", ""}).empty());
  CHECK(of("code = 0", {End::Budget, 0, 124, "", "", ""}) ==
        Failures{"code: expected 00000000 (0) got none: the budget was spent"});
  CHECK(of("end = \"exited\"", {End::Unmodelled, 0, 125, "", "", "K.dll!F"}) ==
        Failures{"end: expected exited got unmodelled: not modelled: K.dll!F"});
  CHECK(of("end = \"refused\"", {End::Refused, 0, 126, "", "", "no PE"}).empty());
  CHECK(of("end = \"exited\"", {End::Refused, 0, 126, "", "", "no PE"}) ==
        Failures{"end: expected exited got refused: the guest could not be run: no PE"});
  CHECK(of("end = \"exited\"", {End::Stopped, 0, 1, "", "", ""}).size() == 1);
}

TEST_CASE("a crash fails a scenario that does not speak of the end") {
  CHECK(of("stdout_contains = \"PASS\"", {End::Unhandled, 5, 139, "PASS", "", ""}).size() == 1);
}

TEST_CASE("output must be the same to the byte, and the first line that differs is shown") {
  const RunResult result{End::Exited, 0, 0, "--- PASS: A\nPASS\n", "", ""};
  CHECK(of("stdout = \"--- PASS: A\\nPASS\\n\"\nstderr = \"\"", result).empty());
  CHECK(of("stdout = \"--- PASS: A\\nFAIL\\n\"", result) ==
        Failures{"stdout: expected line 2: \"FAIL\\n\" got line 2: \"PASS\\n\""});
  CHECK(of("stdout = \"--- PASS: A\\nPASS\"", result) ==
        Failures{"stdout: expected line 2: \"PASS\" got line 2: \"PASS\\n\""});
  CHECK(of("stdout = \"--- PASS: A\\nPASS\\nmore\\n\"", result) ==
        Failures{"stdout: expected line 3: \"more\\n\" got line 3: nothing, the text ends"});
  CHECK(of("stderr = \"x\"", result) ==
        Failures{"stderr: expected line 1: \"x\" got line 1: nothing, the text ends"});
}

TEST_CASE("output must hold each of the parts") {
  const RunResult result{End::Exited, 0, 0, "--- PASS: A\nPASS\n", "K.dll!F is not modelled", ""};
  CHECK(
      of("stdout_contains = [\"PASS: A\", \"PASS\\n\"]\nstderr_contains = \"not modelled\"", result)
          .empty());
  CHECK(of("stdout_contains = [\"PASS\", \"FAIL\"]", result) ==
        Failures{"stdout_contains: expected \"FAIL\" got \"--- PASS: A\\nPASS\\n\""});
  CHECK(of("stderr_contains = \"x\"", {}) ==
        Failures{"stderr_contains: expected \"x\" got nothing"});
}

TEST_CASE("a failure knows the line of its expectation") {
  const auto failures = judge(expecting("dispatches = 0\nexit = 1\n"), {}, {});
  REQUIRE(failures.size() == 1);
  CHECK(failures[0].line == 5);
}

TEST_SUITE_END();
