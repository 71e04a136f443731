#include "host/lab/fuzz/fuzz_text.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "tests/lab/fuzz/fake_guest.hpp"

namespace sehlab::lab {

namespace {

Bug a_bug() {
  Bug bug;
  bug.finding = {"log", "log: the X", "  an x is there\n"};
  bug.original = {std::byte('a'), std::byte('x')};
  bug.shrunk = {std::byte('x')};
  bug.inputs = 3;
  bug.folder = "/out/findings/log-the-x";
  bug.scenario_fails = true;
  return bug;
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_SUITE("lab") {
  TEST_CASE("the progress line has the engine's numbers, and the time left if there is a bound") {
    FuzzRun run;
    const EngineStatus status{1204113, 98112.5, 431, 2113, 0};
    CHECK(progress_text(run, status, 12.2) ==
          "  12 s   1 204 113 executions   98 112/s   corpus 431   coverage 2 113   findings 0");
    run.seconds = 60;
    CHECK(progress_text(run, status, 12).ends_with("   48 s left"));
    CHECK(progress_text(run, status, 61).ends_with("   0 s left"));
  }

  TEST_CASE("a campaign's end tells each bug, where it is, and what it took") {
    FakeGuest guest;
    CampaignAnswer answer;
    answer.status = {2000, 0, 5, 7, 3};
    answer.seconds = 4;
    const std::vector<Bug> bugs{a_bug()};
    const std::string text = campaign_text(guest, {}, answer, bugs);
    CHECK(
        holds(text, "\nlog: the X\n  input     1 bytes, shrunk from 2 bytes; shown by 3 inputs\n"));
    CHECK(holds(text, "sehlab test /out/findings/log-the-x/scenario.toml"));
    // 2000 runs in 4 seconds.
    CHECK(holds(text, "1 finding in 4 s: 2 000 executions (500 a second), corpus 5, coverage 7\n"));
    CHECK(campaign_text(guest, {}, answer, {}).starts_with("no finding in 4 s: "));
  }

  TEST_CASE("the same as JSON, whatever bytes a finding holds") {
    FakeGuest guest;
    Bug bug = a_bug();
    bug.finding.signature = "log: \xff";
    const auto json = nlohmann::json::parse(campaign_json(guest, {}, {}, std::span(&bug, 1)));
    CHECK(json.at("findings").at(0).at("scenario") == "/out/findings/log-the-x/scenario.toml");
    CHECK(json.at("findings").at(0).at("inputs") == 3);
    CHECK(json.at("engine") == "libfuzzer");
  }

  TEST_CASE("a replayed input is a line, with a finding what it shows") {
    CHECK(replay_text({"a", "", "", ""}) == "  ✓ a\n");
    CHECK(replay_text({"b", "log", "log: it", "one\n\ntwo\n"}) ==
          "  ✗ b\n      log: it\n      one\n\n      two\n");
    const std::vector<Replayed> all{{"a", "", "", ""}, {"b", "log", "log: it", "r"}};
    const auto json = nlohmann::json::parse(replay_json(all));
    CHECK(json.at("findings") == 1);
    CHECK(json.at("inputs").at(0).at("finding").is_null());
    CHECK(json.at("inputs").at(1).at("finding").at("rule") == "log");
  }
}

}  // namespace sehlab::lab
