// A finding's scenario is one that `sehlab test` reads (docs/scenarios.md).
#include "host/lab/fuzz/finding_scenario.hpp"

#include <doctest/doctest.h>

#include "host/lab/scenario_lab.hpp"
#include "tests/lab/scratch.hpp"

namespace sehlab::lab {

namespace {

process::Options exit0() {
  process::Options run;
  run.program = SEHLAB_BINARY_DIR "/guest/exit0.exe";
  run.arguments = {"08010000", "02000000"};
  run.budget = 5'000'000;
  return run;
}

scenario::Outcome run(const Scratch& scratch, const std::string& text) {
  return scenario::run_one(scratch.write("s.toml", text), scenario_lab(), {});
}

}  // namespace

TEST_SUITE("lab") {
  TEST_CASE("a finding's scenario runs the program as the finding did, and holds or fails") {
    const Scratch scratch;
    const std::string line = "log: predicted \"x\", found \n\x01";
    CHECK(run(scratch, finding_scenario(exit0(), line, "exit = 0\n")).status ==
          scenario::Status::Passed);
    const auto failed = run(scratch, finding_scenario(exit0(), line, "exit = 3\n"));
    CHECK(failed.status == scenario::Status::Failed);
    REQUIRE(failed.failures.size() == 1);
    CHECK(failed.failures.front().expectation == "exit");
    CHECK(failed.reproduce.find("08010000 02000000") != std::string::npos);
  }
}

}  // namespace sehlab::lab
