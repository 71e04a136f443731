// `sehlab sweep` as its users call it: options, exit codes, what is written where (docs/cli.md,
// docs/sweeps.md). fault_continue.exe's window: its record is linked by the third instruction.
#include <doctest/doctest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/cli/run_sehlab.hpp"

namespace sehlab::cli_test {

namespace {

const std::string kWindow = "start..kernel32!ExitProcess";
const std::string kScenarios = SEHLAB_SOURCE_DIR "/fixtures/scenarios/";

std::string swept_guest() {
  return guest("fault_continue.exe");
}

/// A scenario that sweeps fault_continue.exe, with these lines more.
std::string scenario_text(const std::string& head, const std::string& rest) {
  return "title = \"T\"\nguest = \"fault_continue.exe\"\n" + head + "[sweep]\nwindow = \"" +
         kWindow + "\"\nfault = \"read\"\n" + rest;
}

}  // namespace

TEST_SUITE("cli") {
  TEST_CASE("options stand before the program or after it") {
    const Scratch scratch;
    const std::string o = scratch.path("o.toml");
    const Ran before =
        run_sehlab({"sweep", "--window", kWindow, "--fault", "read", "-o", o, swept_guest()});
    const Ran after = run_sehlab(
        {"sweep", swept_guest(), "--fault", "read", "--window", kWindow, "-j", "1", "-o", o});
    const Ran greedy =
        run_sehlab({"sweep", "--window", kWindow, "-o", o, "--fault", "read", swept_guest()});
    for (const Ran& ran : {before, after, greedy}) {
      CHECK(ran.exit_code == 1);
      CHECK(ran.err == "");  // no progress: this is no terminal
      CHECK(says(ran.out, "^fault_continue.exe\n"));
      CHECK(says(ran.out, "fault_continue!start +[0-9]+ +[0-9]+ +[0-9]+ +0 +[0-9]+  "));
      CHECK(says(ran.out, "the first: read before fault_continue!start \\(guest/cases/"));
      CHECK_FALSE(says(ran.out, "\x1b"));
    }
  }

  TEST_CASE("words behind -- are the program and its arguments, whatever they look like") {
    const Scratch scratch;
    const Ran ran =
        run_sehlab({"sweep", "-o", scratch.path("o.toml"), "--window", kWindow, "--fault", "read",
                    "divide", "--", swept_guest(), "--window", "x.exe"});
    CHECK(ran.exit_code == 1);
    CHECK(says(ran.out, "^fault_continue.exe --window x.exe\n"));
    CHECK(says(ran.out, "one read and one divide at each of"));
  }

  TEST_CASE("a window in which all survive exits with 0, and writes no scenario") {
    const Scratch scratch;
    const std::string o = scratch.path("o.toml");
    // seh_nested_except's inner work is inside its __try (guest/seh/nested_except.c).
    const Ran ran = run_sehlab({"sweep", guest("fault_continue.exe"), "-o", o, "--fault", "read",
                                "--window", "fault_continue!Lrepaired..fault_continue!start#9"});
    CHECK(ran.exit_code == 2);  // start is reached once
    CHECK_FALSE(std::filesystem::exists(o));
  }

  TEST_CASE("--json is one object with positions, as_expected and failures") {
    const Scratch scratch;
    const Ran ran = run_sehlab({"sweep", "--json", "-o", scratch.path("o.toml"), "--window",
                                kWindow, "--fault", "read", "--", swept_guest()});
    CHECK(ran.exit_code == 1);
    const auto json = nlohmann::json::parse(ran.out);
    const std::uint64_t from = json.at("window").at("from"), to = json.at("window").at("to");
    CHECK(json.at("positions") == to - from);
    const auto& failures = json.at("failures");
    CHECK(json.at("as_expected").get<std::uint64_t>() + failures.size() == to - from);
    CHECK(failures.at(0).at("instruction") == from);
    CHECK(failures.at(0).at("got") == "unhandled");
    CHECK(json.at("holds") == false);
    CHECK(json.at("without_fault").at("end") == "exit 42");
    CHECK(json.at("scenario") == scratch.path("o.toml"));
  }

  TEST_CASE("the first failing position is a scenario that fails in the same way") {
    const Scratch scratch;
    const std::string o = scratch.path("first.toml");
    CHECK(
        run_sehlab({"sweep", "-o", o, "--window", kWindow, "--fault", "read", "--", swept_guest()})
            .exit_code == 1);
    const Ran ran = run_sehlab({"test", o});
    CHECK(ran.exit_code == 1);
    CHECK(says(ran.out, "end +expected +exited"));
    CHECK(says(ran.out, "got +unhandled"));
  }

  TEST_CASE("--junit writes a test case for each function") {
    const Scratch scratch;
    const std::string junit = scratch.path("j.xml");
    CHECK(run_sehlab({"sweep", "--junit", junit, "-o", scratch.path("o.toml"), "--window", kWindow,
                      "--fault", "read", "--", swept_guest()})
              .exit_code == 1);
    const std::string xml = read_file(junit);
    CHECK(says(xml, "^<\\?xml version=\"1.0\" encoding=\"UTF-8\"\\?>"));
    CHECK(says(xml, "<testcase classname=\"fault_continue.exe\" name=\"fault_continue!start\""));
    CHECK(says(xml, "</testsuites>\n$"));
  }

  TEST_CASE("what is wrong with the command line is said, with exit code 2") {
    const Scratch scratch;
    const std::string text = scratch.write("not_pe.exe", "hello");
    const std::string program = guest("exit0.exe");
    const std::vector<std::pair<std::vector<std::string>, std::string>> wrong = {
        {{program, "--fault", "read"}, "sweep: --window FROM..TO is missing"},
        {{program, "--window", "5..9"}, "sweep: --fault KIND is missing"},
        {{"--window", "5..9", "--fault", "read"}, "SCENARIO.toml or PROGRAM.exe is missing"},
        {{program, "--window", "59", "--fault", "read"}, "--window must be FROM..TO"},
        {{program, "--window", "9..5", "--fault", "read"}, "\"9..5\" is empty"},
        {{program, "--window", "5..99999999", "--fault", "read"}, "the program ends after"},
        {{program, "--window", "nowhere..", "--fault", "read"}, "\"nowhere\" is no symbol"},
        {{program, "--window", "5..9", "--fault", "raed"}, "did you mean \"read\""},
        {{program, "--window", "5..9", "--fault", "read", "-j", "0"}, "--jobs"},
        {{program, "--window", "5..9", "--fault", "read", "-o", scratch.path("no/o.toml")},
         "cannot write"},
        {{program, "--window", "5..9", "--fault", "read", "--junit", scratch.path("no/j.xml")},
         "cannot write"},
        {{"no_such.exe", "--window", "5..9", "--fault", "read"}, "no_such.exe"},
        {{text, "--window", "5..9", "--fault", "read"}, "not a PE image"},
        {{"--window", "5..9", "--fault", "read", text + ".none"}, "is no fault"},
        {{guest("loop.exe"), "--window", "5..9", "--fault", "read", "--budget", "100000"},
         "must end by itself"},
        {{"no_such.toml"}, "scenario no_such.toml: cannot be read"},
        {{kScenarios + "go/act-4-the-fix.toml"}, "has no \\[sweep\\]"},
        {{kScenarios + "go/sweep-callback.toml", "argument"}, "its guest's arguments itself"}};
    for (const auto& each : wrong) {
      const auto& arguments = each.first;
      const auto& what = each.second;
      CAPTURE(what);
      std::vector<std::string> all = {"sweep"};
      all.insert(all.end(), arguments.begin(), arguments.end());
      const Ran ran = run_sehlab(all);
      CHECK(ran.exit_code == 2);
      CHECK(ran.out == "");
      CHECK_MESSAGE(says(ran.err, what), ran.err);
    }
  }

  TEST_CASE("a scenario of several guests, or profiles, is not one sweep") {
    const Scratch scratch;
    const std::string profiles =
        scratch.write("p.toml", scenario_text("profiles = [\"windows-7\", \"windows-xp\"]\n", ""));
    Ran ran = run_sehlab({"sweep", profiles});
    CHECK(ran.exit_code == 2);
    CHECK(says(ran.err, "has several profiles; choose one with --profile"));
    ran = run_sehlab({"sweep", profiles, "--profile", "windows-xp", "-o", scratch.path("o.toml")});
    CHECK(ran.exit_code == 1);
    const std::string guests =
        scratch.write("g.toml",
                      "title = \"T\"\nguests = [\"exit0.exe\", \"loop.exe\"]\n[sweep]\n"
                      "window = \"1..2\"\nfault = \"read\"\n");
    ran = run_sehlab({"sweep", guests});
    CHECK(ran.exit_code == 2);
    CHECK(says(ran.err, "has several guests"));
  }

  TEST_CASE("a scenario whose sweep is to fail in a part holds when just that fails") {
    const Scratch scratch;
    // Before the record is linked, three instructions; --window and --fault of the command line
    // stand for the scenario's.
    const std::string expect = "failing = \"start..FAIL\"\n[[sweep.expect]]\nexit = 42\n";
    const std::string file = scratch.write("f.toml", scenario_text("", expect));
    // Counted from start: it begins at N, so the record is there from N + 3 on.
    const auto json = nlohmann::json::parse(
        run_sehlab({"sweep", "--json", "-o", scratch.path("o.toml"), "--window", kWindow, "--fault",
                    "read", "--", swept_guest()})
            .out);
    const std::uint64_t from = json.at("window").at("from");
    const auto with = [&](std::uint64_t fail_to, std::uint64_t to) {
      std::string text = read_file(file);
      text.replace(text.find("FAIL"), 4, std::to_string(fail_to));
      text.replace(text.find("kernel32!ExitProcess"), 20, std::to_string(to));
      return run_sehlab({"sweep", "-o", scratch.path("o.toml"), scratch.write("x.toml", text)});
    };
    const Ran right = with(from + 3, from + 5);
    CHECK(right.exit_code == 0);
    CHECK(says(right.out, "3 positions\n  which is where nothing was to be as expected"));
    const Ran wide = with(from + 4, from + 5);
    CHECK(wide.exit_code == 1);
    CHECK(says(wide.out, "1 position is as expected where none was to be"));
    const Ran narrow = with(from + 2, from + 5);
    CHECK(narrow.exit_code == 1);
    CHECK(says(narrow.out, "the first: read before fault_continue!start\\+"));
  }

  TEST_CASE("after the recovery Go's own handler takes each fault, and without the fix nobody") {
    // Go commit 1249d3a: endcgo restores fs:[0], so mstart's record is the head again. The whole
    // path is swept by fixtures/scenarios/go/sweep-*.toml.
    for (const auto& [program, taker] :
         {std::pair("go_fixed.exe", "sigtramp@mstart"), std::pair("go_buggy.exe", "nobody")}) {
      const Scratch scratch;
      const Ran ran =
          run_sehlab({"sweep", "--json", "-o", scratch.path("o.toml"), "--window",
                      "gorecover..checkcallbackpanic", "--fault", "read", "--", guest(program),
                      "TestCallbackPanicLocked", "TestSetPanicOnFault"});
      const auto json = nlohmann::json::parse(ran.out);
      const std::uint64_t positions = json.at("positions");
      CHECK(positions > 10);
      REQUIRE(json.at("functions").size() >= 1);
      for (const auto& function : json["functions"]) {
        CHECK(function.at("handled_by") == nlohmann::json{{taker, function.at("positions")}});
      }
      const bool fixed = std::string_view(program) == "go_fixed.exe";
      CHECK(json.at(fixed ? "survived" : "died") == positions);
      CHECK(ran.exit_code == (fixed ? 0 : 1));
    }
  }
}

}  // namespace sehlab::cli_test
