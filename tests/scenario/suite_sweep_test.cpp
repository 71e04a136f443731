// Scenarios with a sweep among others, in a lab that sweeps nothing (docs/sweeps.md).
#include <doctest/doctest.h>

#include "host/scenario/suite.hpp"
#include "tests/scenario/judged.hpp"

using namespace sehlab;
using namespace sehlab::scenario;

namespace {

const std::string kSweep = "[sweep]\nwindow = \"a..b\"\nfault = \"read\"\n";

struct Counted {
  Lab lab;
  int runs = 0, sweeps = 0;
};

/// Guests exit with 0; sweeps come to `swept`.
void fill(Counted& counted, const Result<std::vector<Failure>>& swept) {
  counted.lab.run = [&counted](const Scenario&, trace::Listener&) -> Result<RunResult> {
    ++counted.runs;
    return RunResult{};
  };
  counted.lab.sweep = [&counted, swept](const Scenario&) {
    ++counted.sweeps;
    return swept;
  };
}

Outcome outcome(Counted& counted, const std::string& rest,
                const std::string& guest = "guest = \"g.exe\"\n") {
  const TemporaryFolder folder;
  return run_one(folder.write("a.toml", "title = \"t\"\n" + guest + rest), counted.lab, {});
}

}  // namespace

TEST_SUITE_BEGIN("scenario");

TEST_CASE("a sweep alone is no run of its own; beside expectations there is one") {
  Counted alone, beside;
  fill(alone, std::vector<Failure>{});
  CHECK(outcome(alone, kSweep).status == Status::Passed);
  CHECK(alone.runs == 0);
  CHECK(alone.sweeps == 1);
  fill(beside, std::vector<Failure>{});
  CHECK(outcome(beside, kSweep + "[expect]\nexit = 0\n").status == Status::Passed);
  CHECK(beside.runs == 1);
  CHECK(beside.sweeps == 1);
}

TEST_CASE("a sweep that is not as expected fails the scenario, and one that cannot be breaks it") {
  Counted failing;
  fill(failing, std::vector<Failure>{{"sweep", 3, "exited", "unhandled"}});
  const Outcome failed = outcome(failing, kSweep);
  CHECK(failed.status == Status::Failed);
  REQUIRE(failed.failures.size() == 1);
  CHECK(failed.failures[0].got == "unhandled");
  CHECK(failed.reproduce.starts_with("sehlab sweep "));
  Counted broken;
  fill(broken, fail("w", "not reached"));
  CHECK(outcome(broken, kSweep).status == Status::Broken);
}

TEST_CASE("each of several guests is swept") {
  Counted counted;
  fill(counted, std::vector<Failure>{});
  CHECK(outcome(counted, kSweep, "guests = [\"g.exe\", \"h.exe\"]\n").status == Status::Passed);
  CHECK(counted.sweeps == 2);
}

TEST_SUITE_END();
