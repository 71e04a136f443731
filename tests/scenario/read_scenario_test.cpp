#include "host/scenario/read_scenario.hpp"

#include <doctest/doctest.h>

#include "tests/scenario/judged.hpp"

using namespace sehlab;
using namespace sehlab::scenario;

namespace {

std::string complaint(const std::string& text, const std::vector<std::string>& profiles = {}) {
  const auto scenario = parse_scenario(text, "fixed.toml", profiles);
  return scenario ? "" : scenario.error().text();
}

const std::string kHead = "title = \"t\"\nguest = \"g.exe\"\n";
const std::string kTail = "[expect]\nexit = 0\n";

}  // namespace

TEST_SUITE_BEGIN("scenario");

TEST_CASE("profiles are all, or some by name; a trace is then one a profile") {
  const std::vector<std::string> known{"windows-7", "wine"};
  const auto all = parse_scenario(
      kHead + "profiles = \"all\"\ntrace = \"a.{profile}.trace\"\n" + kTail, "d/x.toml", known);
  REQUIRE_MESSAGE(all.has_value(), (all ? "" : all.error().text()));
  CHECK(all->profiles == known);
  const Scenario one = all->under("wine");
  CHECK(one.profile->value == "wine");
  CHECK(one.profiles.empty());
  CHECK(one.golden->path == "d/a.wine.trace");
  CHECK(complaint(kHead + "profiles = [\"win\"]\n" + kTail, known).find("\"win\" is no profile") !=
        std::string::npos);
  CHECK(complaint(kHead + "profiles = []\n" + kTail, known).find("must be \"all\"") !=
        std::string::npos);
  CHECK(complaint(kHead + "profile = \"wine\"\nprofiles = \"all\"\n" + kTail, known)
            .find("there is a profile already") != std::string::npos);
  CHECK(complaint(kHead + "profiles = \"all\"\ntrace = \"a.trace\"\n" + kTail, known)
            .find("needs {profile}") != std::string::npos);
  CHECK(complaint(kHead + "trace = \"a.{profile}.trace\"\n" + kTail, known)
            .find("several profiles") != std::string::npos);
}

TEST_CASE("guests are a list in place of a guest") {
  const std::string title = "title = \"t\"\n";
  const auto read =
      parse_scenario(title + "guests = [\"a.exe\", \"b.exe\"]\n" + kTail, "x.toml", {});
  REQUIRE(read.has_value());
  CHECK(read->guests.size() == 2);
  CHECK(read->with(read->guests[1]).guest.value == "b.exe");
  CHECK(read->with(read->guests[1]).guests.empty());
  const auto listed = parse_scenario(title + "guests = \"a\"\n" + kTail, "x.toml", {});
  REQUIRE(listed.has_value());
  CHECK(listed->listed_builds);
  CHECK(listed->guest.value == "a");
  CHECK(complaint(title + "guests = \"a\"\ntrace = \"a.trace\"\n" + kTail)
            .find("a trace of its own") != std::string::npos);
  CHECK(complaint(kHead + "guests = [\"a.exe\"]\n" + kTail).find("there is a guest already") !=
        std::string::npos);
  CHECK(complaint(title + "guests = []\n" + kTail).find("says nothing") != std::string::npos);
  CHECK(complaint(title + "guests = [\"a.exe\", \"b.exe\"]\ntrace = \"a.trace\"\n" + kTail)
            .find("a trace of its own") != std::string::npos);
}

TEST_CASE("sehop is true or false") {
  CHECK(parse_scenario(kHead + "sehop = true\n" + kTail, "x.toml", {})->sehop);
  CHECK(complaint(kHead + "sehop = 1\n" + kTail).find("must be true or false") !=
        std::string::npos);
}

TEST_CASE("the design's scenario is read, key by key") {
  // The example of docs/scenarios.md.
  const auto read = parse_scenario(R"(
title   = "A fault after a recovered callback panic reaches Go's handler through mstart's record"
guest   = "go_fixed.exe"
run     = ["TestCallbackPanicLocked", "TestSetPanicOnFault"]
dll_path = ["lib", "../lib"]
profile = "windows-7"
source  = "Go commit 1249d3a, syscall_windows_test.go"
seed    = 7
budget  = 1000000
watch   = "strict"
trace   = "golden/fixed.trace"
trace_kinds = ["all", "-gate"]

[expect]
exit     = 0
handlers = ["sigtramp@mstart"]
chain    = "restored"
watch    = []
)",
                                   "dir/fixed.toml", {"windows-7"});
  REQUIRE_MESSAGE(read.has_value(), (read ? "" : read.error().text()));
  CHECK(read->title.starts_with("A fault after"));
  CHECK(read->guest.value == "go_fixed.exe");
  CHECK(read->guest.line == 3);
  CHECK(read->run == std::vector<std::string>{"TestCallbackPanicLocked", "TestSetPanicOnFault"});
  CHECK(read->dll_path == std::vector<std::string>{"lib", "../lib"});
  CHECK(read->profile->value == "windows-7");
  CHECK(read->source == "Go commit 1249d3a, syscall_windows_test.go");
  CHECK(read->seed == 7);
  CHECK(read->budget == 1000000);
  CHECK(read->watch == "strict");
  CHECK(read->golden->path == "dir/golden/fixed.trace");
  CHECK_FALSE(read->golden->kinds.contains(*trace::find_kind("gate")));
  CHECK(read->golden->kinds.contains(*trace::find_kind("push")));
  CHECK(read->expect.exit->value == 0);
  CHECK(read->expect.exit->line == 15);
  CHECK(read->expect.handlers->value.at(0).value == "sigtramp@mstart");
  CHECK(std::holds_alternative<Restored>(read->expect.chain->value));
  CHECK(read->expect.watch->value.empty());
}

TEST_CASE("title and guest must be there") {
  CHECK(complaint("guest = \"g.exe\"\n" + kTail) == "scenario fixed.toml:1: title is missing");
  CHECK(complaint("title = \"t\"\n" + kTail) == "scenario fixed.toml:1: guest is missing");
  CHECK(complaint("title = \"\"\nguest = \"g\"\n" + kTail) ==
        "scenario fixed.toml:1: title: must not be empty");
}

TEST_CASE("what is no TOML is refused with its line") {
  const std::string text = complaint("title = \"t\"\nguest = \n");
  CHECK(text.starts_with("scenario fixed.toml:2: "));
  CHECK(complaint("title = \"a\"\ntitle = \"b\"\n").starts_with("scenario fixed.toml:2: "));
  CHECK(complaint("\xff\xfe").starts_with("scenario fixed.toml:1: "));
}

TEST_CASE("an unknown key is refused, with the known one that it resembles") {
  CHECK(complaint(kHead + "profle = \"x\"\n" + kTail) ==
        "scenario fixed.toml:3: profle: unknown key (did you mean \"profile\"?)");
  CHECK(complaint(kHead + "zzz = 1\n" + kTail) == "scenario fixed.toml:3: zzz: unknown key");
  CHECK(complaint(kHead + kTail + "handler = [\"x\"]\n") ==
        "scenario fixed.toml:5: expect.handler: unknown key (did you mean \"handlers\"?)");
}

TEST_CASE("a header that is no key is refused with its line") {
  CHECK(complaint(kHead + "[,").starts_with("scenario fixed.toml:3: "));
}

TEST_CASE("an injection that is no table is refused") {
  CHECK(complaint(kHead + "[inject]\nat = \"x\"\n" + kTail) ==
        "scenario fixed.toml:3: inject: must be an array of tables: [[inject]]");
  CHECK(complaint(kHead + "inject = [1]\n" + kTail) ==
        "scenario fixed.toml:3: inject: must be an array of tables: [[inject]]");
  CHECK(complaint(kHead + "[[inject]]\nat = true\n" + kTail) ==
        "scenario fixed.toml:4: inject.at: must be text without quotation marks, a whole number, "
        "or several of them, not true or false");
  CHECK(complaint(kHead + "[[inject]]\nat = [[1]]\n" + kTail).find("inject.at") !=
        std::string::npos);
  // A key must stand before the `=` of a command line (docs/injection.md).
  CHECK(complaint(kHead + "[[inject]]\n\"a b\" = 1\n" + kTail) ==
        "scenario fixed.toml:4: inject.a b: is no key of an injection");
  CHECK(complaint(kHead + "[[inject]]\nset = {\"e=x\" = 1}\n" + kTail).find("inject.set") !=
        std::string::npos);
}

TEST_CASE("an injection's members are text with their lines, whatever they mean") {
  const auto read =
      parse_scenario(kHead +
                         "[[inject]]\nat = \"x!y\"\naddress = 0x10\nparameters = [1, \"esp+4\"]\n"
                         "[[inject]]\nat = \"a b\"\nset = {eax = 1, ecx = -1}\n" +
                         kTail,
                     "fixed.toml", {});
  REQUIRE_MESSAGE(read.has_value(), (read ? "" : read.error().text()));
  REQUIRE(read->injections.size() == 2);
  CHECK(read->injections[0].line == 3);
  CHECK(read->injections[0].members[1].second.line == 5);
  CHECK(read->injections[0].text() == "at=x!y address=16 parameters=1,esp+4");
  CHECK(read->injections[1].text() == "at=\"a b\" set=eax:1,ecx:-1");
}

TEST_CASE("wrong types and ranges name the key") {
  CHECK(complaint(kHead + "run = \"x\"\n" + kTail) ==
        "scenario fixed.toml:3: run: must be an array of strings, the arguments");
  CHECK(complaint(kHead + "run = [1]\n" + kTail) ==
        "scenario fixed.toml:3: run: must hold strings");
  CHECK(complaint(kHead + "dll_path = \"lib\"\n" + kTail) ==
        "scenario fixed.toml:3: dll_path: must be an array of strings, folders to search for DLLs");
  CHECK(complaint(kHead + "seed = -1\n" + kTail) ==
        "scenario fixed.toml:3: seed: -1 is out of range; it must be from 0 to "
        "9223372036854775807");
  CHECK(complaint(kHead + "budget = 0\n" + kTail).starts_with("scenario fixed.toml:3: budget: 0"));
  CHECK(complaint(kHead + "seed = 1.5\n" + kTail) ==
        "scenario fixed.toml:3: seed: must be a whole number, not a fraction");
  CHECK(complaint(kHead + "profile = 7\n" + kTail) ==
        "scenario fixed.toml:3: profile: must be a string, not a whole number");
  CHECK(complaint(kHead + "expect = 1\n") ==
        "scenario fixed.toml:3: expect: must be a table, not a whole number");
  CHECK(complaint(kHead + "watch = [\"dangling\"]\n" + kTail) ==
        "scenario fixed.toml:3: watch: must be a string, not an array");
  CHECK(complaint(kHead + "source = 2014-03-05\n" + kTail) ==
        "scenario fixed.toml:3: source: must be a string, not a date or time");
}

TEST_CASE("an unknown profile is refused when the profiles are known") {
  const std::string text = kHead + "profile = \"windows7\"\n" + kTail;
  CHECK(complaint(text, {"windows-7", "wine"}) ==
        "scenario fixed.toml:3: profile: \"windows7\" is no profile (did you mean "
        "\"windows-7\"?)");
  CHECK(complaint(text).empty());
}

TEST_CASE("a golden trace stays in reach of its scenario, and of some kinds") {
  CHECK(complaint(kHead + "trace = \"/etc/passwd\"\n" + kTail) ==
        "scenario fixed.toml:3: trace: must be relative to the scenario's folder");
  CHECK(complaint(kHead + "trace_kinds = [\"push\"]\n" + kTail) ==
        "scenario fixed.toml:3: trace_kinds: there is no trace to choose kinds for");
  CHECK(complaint(kHead + "trace = \"a\"\ntrace_kinds = [\"pish\"]\n" + kTail)
            .starts_with("scenario fixed.toml:4: trace_kinds: \"pish\" is no kind of event"));
  CHECK(complaint(kHead + "trace = \"a\"\ntrace_kinds = [\"push\", \"-push\"]\n" + kTail) ==
        "scenario fixed.toml:4: trace_kinds: a trace of no kinds says nothing");
}

TEST_CASE("a scenario that expects nothing is refused") {
  const std::string why = "expect: nothing is expected, so nothing could fail";
  CHECK(complaint(kHead) == "scenario fixed.toml:1: " + why);
  CHECK(complaint(kHead + "[expect]\n") == "scenario fixed.toml:3: " + why);
  CHECK(complaint(kHead + "trace = \"a.trace\"\n").empty());
}

TEST_CASE("expectations on the watch are refused while it is off") {
  const std::string off = kHead + "watch = \"off\"\n[expect]\nexit = 0\n";
  const std::string why = ": the watch is off, so nothing could violate this";
  CHECK(complaint(off).empty());
  CHECK(complaint(off + "watch = []\n") == "scenario fixed.toml:6: expect.watch" + why);
  CHECK(complaint(off + "exposures = 0\n") == "scenario fixed.toml:6: expect.exposures" + why);
  CHECK(complaint(off + "chain = \"restored\"\n") == "scenario fixed.toml:6: expect.chain" + why);
  CHECK(complaint(off + "chain = [\"mstart\"]\n").empty());
}

TEST_CASE("a file that is missing, a folder or too large is refused") {
  TemporaryFolder folder;
  const auto where = [&](const char* name) {
    return "scenario " + (folder.path() / name).generic_string();
  };
  CHECK(read_scenario(folder.path() / "none.toml")
            .error()
            .text()
            .starts_with(where("none.toml") + ": cannot be read: "));
  CHECK(read_scenario(folder.path()).error().text().starts_with("scenario "));
  folder.write("large.toml", std::string((1 << 20) + 1, '#'));
  CHECK(read_scenario(folder.path() / "large.toml").error().text() ==
        where("large.toml") + ": the file is larger than a megabyte");
}

TEST_CASE("deep nesting is refused, not followed") {
  const std::string deep(100000, '[');
  CHECK(complaint("a = " + deep).starts_with("scenario fixed.toml:1: "));
}

TEST_SUITE_END();
