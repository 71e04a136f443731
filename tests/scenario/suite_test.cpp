#include "host/scenario/suite.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "tests/scenario/judged.hpp"

using namespace sehlab;
using namespace sehlab::scenario;

namespace {

namespace fs = std::filesystem;

std::string good(const std::string& more = "") {
  return "title = \"good\"\nguest = \"go_fixed.exe\"\nrun = [\"A\"]\n" + more +
         "[expect]\nexit = 0\n";
}

/// A lab whose guests all exit with `exit` after one event.
Lab fake_lab(int exit) {
  Lab lab;
  lab.run = [exit](const Scenario&, trace::Listener& listener) -> Result<RunResult> {
    trace::TraceMaker t;
    t.emit(trace::ProcessEnded{}).tell(listener);
    return RunResult{End::Exited, static_cast<std::uint32_t>(exit), exit, "", "", ""};
  };
  lab.symbols = [](const Scenario&) -> Result<std::vector<std::string>> {
    return std::vector<std::string>{"go_fixed!sigtramp"};
  };
  lab.profiles = {"windows-7"};
  return lab;
}

struct Heard final : Reporter {
  void done(const Outcome& outcome) override { outcomes.push_back(outcome); }
  void end(const Summary& s) override { summary = s; }
  std::vector<Outcome> outcomes;
  Summary summary;
};

}  // namespace

TEST_SUITE_BEGIN("scenario");

TEST_CASE("scenarios are found in folders, sorted, each once") {
  TemporaryFolder folder;
  folder.write("b.toml", "");
  folder.write("a/z.toml", "");
  folder.write("a/b/c.toml", "");
  folder.write("a/notes.md", "");
  folder.write("x.toml.bak", "");
  const auto found = find_scenarios({folder.path() / "b.toml", folder.path()});
  REQUIRE(found.has_value());
  CHECK(*found == std::vector<fs::path>{folder.path() / "b.toml", folder.path() / "a/b/c.toml",
                                        folder.path() / "a/z.toml"});
}

TEST_CASE("a path that does not exist, or a folder without scenarios, is an error") {
  TemporaryFolder folder;
  CHECK(find_scenarios({folder.path() / "none"})
            .error()
            .text()
            .ends_with("none: there is no such file or folder"));
  CHECK(find_scenarios({folder.path()}).error().text() == "there is no scenario (*.toml) to run");
  CHECK_FALSE(find_scenarios({}).has_value());
}

TEST_CASE("a scenario with several profiles runs under each, and a failure names its profile") {
  TemporaryFolder folder;
  const fs::path file = folder.write("a.toml", good("profiles = \"all\"\n"));
  Lab lab = fake_lab(0);
  lab.profiles = {"windows-7", "wine"};
  std::vector<std::string> seen;
  const RunScenario passing = lab.run;
  lab.run = [&](const Scenario& scenario, trace::Listener& listener) {
    seen.push_back(scenario.profile->value);
    auto result = passing(scenario, listener);
    if (seen.back() == "wine") result->exit = 1;
    return result;
  };
  const Outcome outcome = run_one(file, lab, {});
  CHECK(seen == lab.profiles);
  CHECK(outcome.status == Status::Failed);
  REQUIRE(outcome.failures.size() == 1);
  CHECK(outcome.failures.front().expectation == "exit under wine");
  CHECK(outcome.reproduce.find("--profile=wine") != std::string::npos);
}

TEST_CASE("a scenario with several guests runs with each, and a failure names its guest") {
  TemporaryFolder folder;
  const fs::path file = folder.write(
      "a.toml", "title = \"t\"\nguests = [\"a.exe\", \"b.exe\"]\n[expect]\nexit = 0\n");
  Lab lab = fake_lab(0);
  std::vector<std::string> seen;
  const RunScenario passing = lab.run;
  lab.run = [&](const Scenario& scenario, trace::Listener& listener) {
    seen.push_back(scenario.guest.value);
    auto result = passing(scenario, listener);
    if (seen.back() == "b.exe") result->exit = 1;
    return result;
  };
  const Outcome outcome = run_one(file, lab, {});
  CHECK(seen == std::vector<std::string>{"a.exe", "b.exe"});
  CHECK(outcome.status == Status::Failed);
  REQUIRE(outcome.failures.size() == 1);
  CHECK(outcome.failures.front().expectation == "exit with b.exe");
  CHECK(outcome.reproduce.find("b.exe") != std::string::npos);
}

TEST_CASE("a program's builds: those that run always, all when asked for, and what is not there") {
  TemporaryFolder folder;
  const fs::path file =
      folder.write("a.toml", "title = \"t\"\nguests = \"p\"\n[expect]\nexit = 0\n");
  Lab lab = fake_lab(0);
  std::vector<std::string> seen;
  const RunScenario passing = lab.run;
  lab.run = [&](const Scenario& scenario, trace::Listener& listener) {
    seen.push_back(scenario.guest.value);
    return passing(scenario, listener);
  };
  CHECK(run_one(file, lab, {}).status == Status::Broken);  // nobody knows p's builds
  lab.builds = [](const std::string& program) -> Result<std::vector<Build>> {
    return std::vector<Build>{{program + ".a.exe"},
                              {program + ".b.exe", false},
                              {program + ".c.exe", false, "no compiler"},
                              {program + ".d.exe", false, "no compiler"}};
  };
  const Outcome some = run_one(file, lab, {});
  CHECK(some.status == Status::Passed);
  CHECK(some.notes.empty());
  CHECK(seen == std::vector<std::string>{"p.a.exe"});
  seen.clear();
  const Outcome all = run_one(file, lab, {.all_builds = true});
  CHECK(all.status == Status::Passed);
  CHECK(all.notes == std::vector<std::string>{"2 builds are not there: no compiler"});
  CHECK(seen == std::vector<std::string>{"p.a.exe", "p.b.exe"});
  lab.builds = [](const std::string&) -> Result<std::vector<Build>> {
    return fail("p.builds", "cannot be read");
  };
  const Outcome unknown = run_one(file, lab, {});
  CHECK(unknown.status == Status::Broken);
  CHECK(unknown.message.ends_with("a.toml:2: guests: p.builds: cannot be read"));
}

TEST_CASE("a scenario whose expectations hold passes, one whose do not fails") {
  TemporaryFolder folder;
  const fs::path file = folder.write("a.toml", good());
  const Outcome passed = run_one(file, fake_lab(0), {});
  CHECK(passed.status == Status::Passed);
  CHECK(passed.title == "good");
  const Outcome failed = run_one(file, fake_lab(1), {});
  CHECK(failed.status == Status::Failed);
  REQUIRE(failed.failures.size() == 1);
  CHECK(failed.failures[0].expectation == "exit");
  CHECK(failed.reproduce == "sehlab run --trace --watch=report go_fixed.exe A");
}

TEST_CASE("the command to reproduce a run holds all that it depends on") {
  TemporaryFolder folder;
  const fs::path file = folder.write(
      "a.toml",
      "title = \"t\"\nguest = \"go fixed.exe\"\nrun = [\"it's\", \"\"]\nseed = 3\nbudget = 4\n"
      "profile = \"windows-7\"\nwatch = \"strict\"\ndll_path = [\"/my dlls\"]\n[expect]\nexit = "
      "0\n");
  CHECK(run_one(file, fake_lab(0), {}).reproduce ==
        "sehlab run --trace --watch=strict --profile=windows-7 --seed=3 --budget=4 "
        "--dll-path='/my dlls' 'go fixed.exe' 'it'\\''s' ''");
}

TEST_CASE("a scenario file at fault, or a lab that cannot run it, is broken") {
  TemporaryFolder folder;
  const fs::path bad = folder.write("bad.toml", "title = 1\n");
  CHECK(run_one(bad, fake_lab(0), {}).status == Status::Broken);
  CHECK(run_one(bad, fake_lab(0), {})
            .message.ends_with("bad.toml:1: title: must be a string, not a whole number"));
  const fs::path profile = folder.write("p.toml", good("profile = \"windows-8\"\n"));
  CHECK(run_one(profile, fake_lab(0), {}).status == Status::Broken);
  const fs::path symbol = folder.write("s.toml", good() + "handlers = [\"sigtrap\"]\n");
  CHECK(run_one(symbol, fake_lab(0), {}).message.ends_with("(did you mean \"sigtramp\"?)"));
  Lab lab = fake_lab(0);
  lab.run = [](const Scenario&, trace::Listener&) -> Result<RunResult> {
    return fail("", "the engine does not start");
  };
  const Outcome outcome = run_one(folder.write("a.toml", good()), lab, {});
  CHECK(outcome.status == Status::Broken);
  CHECK(outcome.message == "the engine does not start");
}

TEST_CASE("symbols of a guest that cannot be read are not checked: the run says why") {
  TemporaryFolder folder;
  Lab lab = fake_lab(0);
  lab.symbols = [](const Scenario&) -> Result<std::vector<std::string>> {
    return fail("g.exe", "no such file");
  };
  lab.run = [](const Scenario&, trace::Listener&) -> Result<RunResult> {
    return RunResult{End::Refused, 0, 127, "", "", "no such file"};
  };
  const fs::path file = folder.write("a.toml", good() + "handlers = [\"f\"]\n");
  const Outcome outcome = run_one(file, lab, {});
  CHECK(outcome.status == Status::Failed);
  CHECK(outcome.failures.at(0).got == "127: the guest could not be run: no such file");
}

TEST_CASE("a skipped scenario is read and not run") {
  TemporaryFolder folder;
  Lab lab = fake_lab(0);
  lab.run = [](const Scenario&, trace::Listener&) -> Result<RunResult> {
    FAIL("a skipped scenario was run");
    return RunResult{};
  };
  const fs::path file = folder.write("a.toml", good("skip = \"not yet\"\n"));
  const Outcome outcome = run_one(file, lab, {});
  CHECK(outcome.status == Status::Skipped);
  CHECK(outcome.message == "not yet");
}

TEST_CASE("--update writes the golden trace of a run that is as expected, and of no other") {
  TemporaryFolder folder;
  const fs::path file = folder.write("a.toml", good("trace = \"a.trace\"\n"));
  const fs::path golden = folder.path() / "a.trace";
  CHECK(run_one(file, fake_lab(0), {}).status == Status::Failed);
  CHECK(run_one(file, fake_lab(1), {.update = true}).status == Status::Failed);
  CHECK_FALSE(fs::exists(golden));
  const Outcome written = run_one(file, fake_lab(0), {.update = true});
  CHECK(written.status == Status::Passed);
  CHECK(written.golden_changed == true);
  CHECK(run_one(file, fake_lab(0), {.update = true}).golden_changed == false);
  CHECK(run_one(file, fake_lab(0), {}).status == Status::Passed);
  folder.write("a.trace", "something else\n");
  CHECK(run_one(file, fake_lab(0), {}).status == Status::Failed);
  CHECK(run_one(file, fake_lab(0), {.golden = false}).status == Status::Passed);
  CHECK(run_one(file, fake_lab(1), {.golden = false}).status == Status::Failed);
}

TEST_CASE("a suite tells its reporters of each scenario, in order, and of the sum") {
  TemporaryFolder folder;
  folder.write("1.toml", good());
  folder.write("2.toml", good("skip = \"not yet\"\n"));
  folder.write("3.toml", "nonsense");
  folder.write("4.toml", "title = \"bad\"\nguest = \"g\"\n[expect]\nexit = 3\n");
  Heard heard;
  const Summary summary =
      run_all(find_scenarios({folder.path()}).value(), fake_lab(0), {}, {&heard});
  REQUIRE(heard.outcomes.size() == 4);
  CHECK(heard.outcomes[0].status == Status::Passed);
  CHECK(heard.outcomes[1].status == Status::Skipped);
  CHECK(heard.outcomes[2].status == Status::Broken);
  CHECK(heard.outcomes[3].status == Status::Failed);
  CHECK(summary.passed == 1);
  CHECK(summary.failed == 1);
  CHECK(summary.skipped == 1);
  CHECK(summary.broken == 1);
  CHECK(heard.summary.passed == 1);
}

TEST_CASE("scenarios that run at the same time are told of in order, with the same sum") {
  TemporaryFolder folder;
  for (int i = 10; i < 50; ++i) {
    folder.write(std::to_string(i) + ".toml", i % 10 == 3 ? "nonsense" : good());
  }
  Lab lab = fake_lab(0);
  const RunScenario passing = lab.run;
  std::atomic<int> running = 0, most = 0;
  lab.run = [&](const Scenario& scenario, trace::Listener& listener) {
    const int now = ++running;
    for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {
    }
    // The first of all is the last to end: whoever comes first is not told of first.
    const bool first = scenario.file.filename() == "10.toml";
    std::this_thread::sleep_for(std::chrono::milliseconds(first ? 50 : 1));
    --running;
    return passing(scenario, listener);
  };
  Heard heard;
  const auto files = find_scenarios({folder.path()}).value();
  const Summary summary = run_all(files, lab, {.jobs = 4}, {&heard});
  REQUIRE(heard.outcomes.size() == files.size());
  for (std::size_t i = 0; i < files.size(); ++i) CHECK(heard.outcomes[i].file == files[i]);
  CHECK(summary.passed == 36);
  CHECK(summary.broken == 4);
  CHECK(most > 1);
  CHECK(most <= 4);
}

TEST_CASE("the exit code: 0 as expected, 1 failed, 2 at fault, 77 all skipped") {
  // docs/cli.md, exit codes.
  CHECK(exit_code({.passed = 2, .skipped = 1}) == 0);
  CHECK(exit_code({.passed = 2, .failed = 1}) == 1);
  CHECK(exit_code({.failed = 1, .broken = 1}) == 2);
  CHECK(exit_code({.skipped = 3}) == 77);
}

TEST_SUITE_END();
