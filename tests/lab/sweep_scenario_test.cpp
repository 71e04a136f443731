// A failing position as a scenario: what is written is read back, runs, and fails as it did in the
// sweep, which is the oracle.
#include "host/lab/sweep_scenario.hpp"

#include <doctest/doctest.h>

#include "host/lab/scenario_lab.hpp"
#include "host/lab/sweep.hpp"
#include "host/scenario/judge.hpp"
#include "host/scenario/read_scenario.hpp"
#include "tests/lab/sweep_rig.hpp"

using namespace sehlab;
using namespace sehlab::lab;

namespace {

SweepAnswer swept(const process::Options& options, const scenario::Sweep& sweep) {
  SweepRequest request;
  request.options = options;
  request.sweep = &sweep;
  request.where = "sweep";
  auto answer = lab::sweep(request);
  REQUIRE_MESSAGE(answer.has_value(), (answer ? "" : answer.error().text()));
  return *answer;
}

scenario::Scenario read_back(const std::string& text) {
  const scenario::Lab lab = scenario_lab();
  const auto read = scenario::parse_scenario(text, "x.toml", lab.profiles);
  REQUIRE_MESSAGE(read.has_value(), (read ? "" : read.error().text()));
  return *read;
}

/// Empty: it passes. Else "key: got" of each.
std::vector<std::string> failures(const scenario::Scenario& scenario) {
  const scenario::Lab lab = scenario_lab();
  scenario::Judge judge(scenario);
  const auto result = lab.run(scenario, judge);
  REQUIRE_MESSAGE(result.has_value(), (result ? "" : result.error().text()));
  std::vector<std::string> all;
  for (const scenario::Failure& one : judge.conclude(*result)) {
    all.push_back(one.expectation + ": " + one.got);
  }
  return all;
}

}  // namespace

TEST_SUITE("lab") {
  TEST_CASE("the first failing position fails as a scenario too") {
    const process::Options options = own_guest("fault_continue.exe");
    const scenario::Sweep sweep = sweep_of("start..kernel32!ExitProcess");
    const SweepAnswer answer = swept(options, sweep);
    CHECK_FALSE(answer.tally.holds());
    REQUIRE(answer.tally.unforeseen() != nullptr);
    const scenario::SweepFailure& first = *answer.tally.unforeseen();
    CHECK(first.run.at == "fault_continue!start");  // before its record is linked
    const scenario::Scenario scenario = read_back(sweep_scenario(options, sweep, first));
    CHECK(scenario.guest.value == "fault_continue.exe");
    REQUIRE(scenario.injections.size() == 1);
    const auto failed = failures(scenario);
    REQUIRE_FALSE(failed.empty());
    CHECK(failed[0].starts_with("end: unhandled"));
  }

  TEST_CASE("who should have taken it, and with which exit code, is in the scenario") {
    const process::Options options =
        own_guest("fault_continue.exe", {"a \"quoted\\ word", "line\n"});
    scenario::Sweep sweep = sweep_of("start..kernel32!ExitProcess");
    sweep.faults = {{"fault=read address=0x10", 1}};
    scenario::SweepExpectation expect;
    expect.handled_by = {{"Lrepair", 1}, {"other@f", 1}};
    expect.exits = {{42, 1}};
    expect.restored = true;
    expect.watch.emplace();
    sweep.expect = {expect};
    const SweepAnswer answer = swept(options, sweep);
    REQUIRE(answer.tally.unforeseen() != nullptr);
    const std::string text = sweep_scenario(options, sweep, *answer.tally.unforeseen());
    const scenario::Scenario scenario = read_back(text);
    CHECK(scenario.run == options.arguments);
    REQUIRE(scenario.expect.handled_by.size() == 2);
    CHECK(scenario.expect.handled_by[1].value == "other@f");
    CHECK(scenario.expect.exit->value == 42);
    CHECK(scenario.expect.chain);
    CHECK(scenario.expect.watch->value.empty());
    CHECK(scenario.injections[0].text().find("address=0x10") != std::string::npos);
    CHECK_FALSE(failures(scenario).empty());
  }

  TEST_CASE("a position that is as expected passes as a scenario") {
    // The same text for the position after the record is linked (by fault_continue.S).
    const process::Options options = own_guest("fault_continue.exe");
    const scenario::Sweep sweep = sweep_of("start..kernel32!ExitProcess");
    const SweepAnswer answer = swept(options, sweep);
    scenario::SweepFailure good = *answer.tally.unforeseen();
    good.run.instruction += 3;
    CHECK(failures(read_back(sweep_scenario(options, sweep, good))) == std::vector<std::string>{});
  }

  TEST_CASE("profile, SEHOP and seed are kept") {
    process::Options options = own_guest("fault_continue.exe");
    options.profile = seh::find_profile("windows-xp");
    options.sehop = true;
    options.seed = 7;
    const scenario::Sweep sweep = sweep_of("start..kernel32!ExitProcess");
    const SweepAnswer answer = swept(options, sweep);
    const scenario::Scenario scenario =
        read_back(sweep_scenario(options, sweep, *answer.tally.unforeseen()));
    CHECK(scenario.profile->value == "windows-xp");
    CHECK(scenario.sehop);
    CHECK(scenario.seed == 7u);
  }

  TEST_CASE("a program elsewhere is named by its whole path") {
    process::Options options = own_guest("exit0.exe");
    options.program = "elsewhere/p.exe";
    scenario::SweepFailure failure;
    failure.run.fault = "read";
    const std::string text = sweep_scenario(options, sweep_of(".."), failure);
    const scenario::Scenario scenario = read_back(text);
    CHECK(std::filesystem::path(scenario.guest.value).is_absolute());
    CHECK(scenario.guest.value.ends_with("/elsewhere/p.exe"));
  }
}
