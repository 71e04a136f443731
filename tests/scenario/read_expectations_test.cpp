#include "host/scenario/read_expectations.hpp"

#include <doctest/doctest.h>

#include "tests/scenario/judged.hpp"

using namespace sehlab;
using namespace sehlab::scenario;

namespace {

/// The complaint about these lines, which begin at line 4.
std::string complaint(const std::string& lines) {
  const auto scenario =
      parse_scenario("title = \"t\"\nguest = \"g.exe\"\n[expect]\n" + lines, "s.toml");
  return scenario ? "" : scenario.error().text();
}

}  // namespace

TEST_SUITE_BEGIN("scenario");

TEST_CASE("every expectation is read") {
  const Expectations e = expecting(R"(
exit = 139
end = "unhandled"
code = 0xC0000005
handlers = ["sigtramp@mstart", "f"]
unwound = ["g@h"]
handlers_after = {symbol = "recovery", visit = 2, handlers = []}
chain = ["mstart", "RtlUserThreadStart"]
watch = ["overwritten", "dangling@callbackasm1"]
exposures = 1
dispatches = 2
stdout = "PASS\n"
stderr = ""
stdout_contains = "PASS"
stderr_contains = ["a", "b"]
[expect.reached]
recovery = 3
"go_fixed!panic" = 0
)")
                             .expect;
  CHECK(e.exit->value == 139);
  CHECK(e.end->value == End::Unhandled);
  CHECK(e.code->value == 0xC0000005);
  CHECK(e.handlers->value.size() == 2);
  CHECK(e.unwound->value.at(0).value == "g@h");
  CHECK(e.handlers_after.at(0).symbol.value == "recovery");
  CHECK(e.handlers_after.at(0).visit == 2);
  CHECK(e.handlers_after.at(0).handlers.empty());
  CHECK(std::get<ChainOwners>(e.chain->value).at(1).value == "RtlUserThreadStart");
  CHECK(e.watch->value.at(1).value == "dangling@callbackasm1");
  CHECK(e.exposures->value == 1);
  CHECK(e.dispatches->value == 2);
  CHECK(e.out->value == "PASS\n");
  CHECK(e.err->value.empty());
  CHECK(e.out_contains.size() == 1);
  CHECK(e.err_contains.size() == 2);
  CHECK(e.reached.size() == 2);
}

TEST_CASE("several points to look at handlers from are read") {
  const Expectations e = expecting(R"(
[[expect.handlers_after]]
symbol = "recovery"
handlers = ["sigtramp@mstart"]
[[expect.handlers_after]]
symbol = "panic"
handlers = []
)")
                             .expect;
  REQUIRE(e.handlers_after.size() == 2);
  CHECK(e.handlers_after[0].visit == 1);
  CHECK(e.handlers_after[1].symbol.value == "panic");
}

TEST_CASE("a scenario that does not say how the run ends expects it to exit") {
  CHECK(expecting("dispatches = 0").expect.end->value == End::Exited);
  CHECK_FALSE(expecting("exit = 139").expect.end.has_value());
  CHECK_FALSE(expecting("code = 5").expect.end.has_value());
}

TEST_CASE("an expectation that nothing could violate is refused") {
  CHECK(complaint("stdout_contains = \"\"") ==
        "scenario s.toml:4: expect.stdout_contains: an empty string says nothing");
  CHECK(complaint("exit = 0\nstderr_contains = [\"a\", \"\"]") ==
        "scenario s.toml:5: expect.stderr_contains: an empty string says nothing");
  CHECK(complaint("stdout_contains = []") ==
        "scenario s.toml:4: expect.stdout_contains: an empty array says nothing");
  CHECK(complaint("handlers_after = []") ==
        "scenario s.toml:4: expect.handlers_after: an empty array says nothing");
  CHECK(complaint("reached = {}") ==
        "scenario s.toml:4: expect.reached: an empty table says nothing");
}

TEST_CASE("an expectation of another form is refused with key and line") {
  CHECK(complaint("exit = 256") ==
        "scenario s.toml:4: expect.exit: 256 is out of range; it must be from 0 to 255");
  CHECK(complaint("exit = \"0\"") ==
        "scenario s.toml:4: expect.exit: must be a whole number, not a string");
  CHECK(complaint("code = -1073741819").starts_with("scenario s.toml:4: expect.code: -1073741819"));
  CHECK(complaint("end = \"exit\"") ==
        "scenario s.toml:4: expect.end: \"exit\" is no way to end (did you mean \"exited\"?); "
        "they are exited, unhandled, budget, unmodelled, stopped, refused");
  CHECK(complaint("handlers = \"sigtramp\"") ==
        "scenario s.toml:4: expect.handlers: must be an array of strings, not a string");
  CHECK(complaint("handlers = [\n  \"a\",\n  1]") ==
        "scenario s.toml:6: expect.handlers: must hold strings, not a whole number");
  CHECK(complaint("handlers = [\"\"]") ==
        "scenario s.toml:4: expect.handlers: an empty string says nothing");
  CHECK(complaint("chain = \"restord\"") ==
        "scenario s.toml:4: expect.chain: must be \"restored\" or an array of the records' owners");
  CHECK(complaint("chain = true") ==
        "scenario s.toml:4: expect.chain: must be an array of strings, not true or false");
  CHECK(complaint("watch = [\"dangeling\"]")
            .starts_with("scenario s.toml:4: expect.watch: \"dangeling\" is no defect (did you "
                         "mean \"dangling\"?); they are dangling,"));
  CHECK(complaint("exposures = -1").starts_with("scenario s.toml:4: expect.exposures: -1"));
  CHECK(complaint("handlers_after = {handlers = []}") ==
        "scenario s.toml:4: expect.handlers_after.symbol is missing");
  CHECK(complaint("handlers_after = {symbol = \"a\"}") ==
        "scenario s.toml:4: expect.handlers_after.handlers is missing");
  CHECK(complaint("handlers_after = {symbol = \"a\", visit = 0, handlers = []}")
            .starts_with("scenario s.toml:4: expect.handlers_after.visit: 0"));
  CHECK(complaint("handlers_after = {symbol = \"a\", handlers = [], when = 1}") ==
        "scenario s.toml:4: expect.handlers_after.when: unknown key");
  CHECK(complaint("handlers_after = 1") ==
        "scenario s.toml:4: expect.handlers_after: must be a table, not a whole number");
  CHECK(complaint("reached = {recovery = -1}")
            .starts_with("scenario s.toml:4: expect.reached.recovery: -1"));
  CHECK(complaint("reached = 1") ==
        "scenario s.toml:4: expect.reached: must be a table, not a whole number");
}

TEST_CASE("the run must report the symbols that expectations look for, once each") {
  const Scenario s = expecting(R"(
handlers_after = {symbol = "recovery", handlers = []}
reached = {recovery = 1, "user32!EnumWindows" = 1})");
  CHECK(s.observed_symbols() ==
        std::vector<std::string>{"go_fixed!recovery", "user32!EnumWindows"});
}

TEST_SUITE_END();
