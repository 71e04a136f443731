// Scenarios from the library. Expectations: docs/scenarios.md; exit0.exe exits with 0.
#include <doctest/doctest.h>

#include <sstream>

#include "host/api/sehlab/scenarios.hpp"
#include "tests/api/component.hpp"
#include "tests/lab/scratch.hpp"

namespace sehlab {

TEST_SUITE_BEGIN("api");

namespace {

std::string scenario(const std::string& rest) {
  return "title = \"it ends\"\nguest = \"" + guest("exit0.exe") + "\"\n" + rest;
}

}  // namespace

TEST_CASE("each scenario has a verdict, in order") {
  const lab::Scratch scratch;
  scratch.write("s/a.toml", scenario("[expect]\nexit = 0\n"));
  scratch.write("s/b.toml", scenario("[expect]\nexit = 3\n"));
  scratch.write("s/c.toml", scenario("skip = \"not now\"\n[expect]\nexit = 0\n"));
  scratch.write("s/d.toml", scenario("nonsense = 1\n[expect]\nexit = 0\n"));
  ScenarioOptions options;
  options.junit = scratch.path("junit.xml");
  options.jobs = 2;
  std::vector<std::string> told;
  options.each = [&](const Verdict& verdict) { told.push_back(verdict.file.filename().string()); };
  const auto verdicts = run_scenarios({scratch.path("s")}, options);
  REQUIRE(verdicts.size() == 4);
  CHECK(verdicts[0].passed());
  CHECK(verdicts[1].status == Verdict::Status::Failed);
  REQUIRE(verdicts[1].failures.size() == 1);
  CHECK(verdicts[1].failures[0].expectation == "exit");
  CHECK(verdicts[1].failures[0].line == 4);
  CHECK(verdicts[1].failures[0].expected == "3");
  CHECK(verdicts[1].failures[0].got == "0: the process exited with 0");
  CHECK(verdicts[2].status == Verdict::Status::Skipped);
  CHECK(verdicts[2].message == "not now");
  CHECK(verdicts[3].status == Verdict::Status::Broken);
  CHECK(verdicts[3].message.find("nonsense") != std::string::npos);
  CHECK(told == std::vector<std::string>{"a.toml", "b.toml", "c.toml", "d.toml"});
  std::ostringstream shown;
  shown << verdicts[1];
  CHECK(shown.str().find("expected  3") != std::string::npos);
  CHECK(lab::Scratch::read(options.junit).find("<testsuite") != std::string::npos);
}

TEST_CASE("what cannot be run is said") {
  const lab::Scratch scratch;
  CHECK_THROWS_AS(static_cast<void>(run_scenarios({scratch.path("none")})), LabError);
  scratch.write("a.toml", scenario("[expect]\nexit = 0\n"));
  ScenarioOptions options;
  options.junit = scratch.path("no/junit.xml");
  CHECK_THROWS_AS(static_cast<void>(run_scenarios({scratch.path("a.toml")}, options)), LabError);
}

}  // namespace sehlab
