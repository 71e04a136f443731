#include "host/scenario/symbol_check.hpp"

#include <doctest/doctest.h>

#include "tests/scenario/judged.hpp"

using namespace sehlab;
using namespace sehlab::scenario;

namespace {

const std::vector<std::string> kKnown = {
    "go_fixed!sigtramp", "go_fixed!mstart", "go_fixed!callbackasm1",   "go_fixed!recovery",
    "go_fixed!_f@4",     "ntdll!sigtramp2", "ntdll!RtlUserThreadStart"};

std::string complaint(const std::string& lines) {
  const auto checked = check_symbols(expecting(lines), kKnown);
  return checked ? "" : checked.error().text();
}

}  // namespace

TEST_SUITE_BEGIN("scenario");

TEST_CASE("symbols that exist are found in every form") {
  CHECK(complaint(R"(handlers = ["sigtramp", "sigtramp@mstart", "go_fixed!sigtramp@go_fixed!mstart",
    "_f@4", "_f@4@mstart", "sigtramp@0x0019ff70", "0x41414141"]
unwound = ["ntdll!sigtramp2"]
chain = ["mstart", "RtlUserThreadStart", "sigtramp@mstart"]
watch = ["dangling", "dangling@callbackasm1"]
handlers_after = {symbol = "recovery", handlers = ["sigtramp"]}
reached = {"ntdll!RtlUserThreadStart" = 1}
)")
            .empty());
}

TEST_CASE("a symbol that does not exist is named with its line and its nearest neighbour") {
  // Written by hand: a name with its near miss.
  CHECK(complaint("handlers = [\"sigtrap\"]") ==
        "scenario s.toml:4: expect.handlers: \"sigtrap\" is no symbol of go_fixed.exe (did you "
        "mean \"sigtramp\"?)");
  CHECK(complaint("handlers = [\n\"sigtramp@msart\"]") ==
        "scenario s.toml:5: expect.handlers: \"msart\" is no symbol of go_fixed.exe (did you "
        "mean \"mstart\"?)");
  CHECK(complaint("unwound = [\"zzzzzzzz\"]") ==
        "scenario s.toml:4: expect.unwound: \"zzzzzzzz\" is no symbol of go_fixed.exe");
  CHECK(complaint("handlers = [\"go_fixd!sigtramp\"]") ==
        "scenario s.toml:4: expect.handlers: \"go_fixd!sigtramp\" is no symbol of go_fixed.exe "
        "(did you mean \"go_fixed!sigtramp\"?)");
  CHECK(
      complaint("chain = [\"mstrat\"]").starts_with("scenario s.toml:4: expect.chain: \"mstrat\""));
  CHECK(complaint("watch = [\"dangling@callback\"]")
            .starts_with("scenario s.toml:4: expect.watch: \"callback\""));
  CHECK(complaint("handlers_after = {symbol = \"recover\", handlers = []}")
            .starts_with("scenario s.toml:4: expect.handlers_after.symbol: \"recover\""));
  CHECK(complaint("handlers_after = {symbol = \"recovery\", handlers = [\"x\"]}")
            .starts_with("scenario s.toml:4: expect.handlers_after.handlers: \"x\""));
  CHECK(complaint("reached = {recoverz = 1}")
            .starts_with("scenario s.toml:4: expect.reached: \"recoverz\""));
}

TEST_CASE("a symbol of a DLL that is loaded later is believed, if its image is named") {
  CHECK(complaint("reached = {\"user32!EnumWindows\" = 1}").empty());
  CHECK(complaint("handlers = [\"user32!handler@user32!EnumWindows\"]").empty());
  CHECK(complaint("handlers = [\"user32!_f@4\", \"user32!_f@4@mstart\"]").empty());
  CHECK_FALSE(complaint("handlers = [\"user32!handler@EnumWindows\"]").empty());
  CHECK_FALSE(complaint("handlers = [\"_g@4\"]").empty());
  CHECK_MESSAGE(!complaint("reached = {\"go_fixd!recovery\" = 1}").empty(), "a slip is named");
  CHECK_FALSE(complaint("reached = {\"go_fixed!recoverz\" = 1}").empty());
}

TEST_CASE("a symbol to stop at belongs to the guest unless its image is named") {
  CHECK(complaint("reached = {RtlUserThreadStart = 1}")
            .starts_with("scenario s.toml:4: expect.reached: \"RtlUserThreadStart\""));
}

TEST_CASE("a scenario without names needs no symbols") {
  CHECK_FALSE(names_symbols(expecting("exit = 0\nhandlers = []\nwatch = []\n")));
  CHECK(names_symbols(expecting("handlers = [\"a\"]")));
  CHECK(names_symbols(expecting("reached = {a = 1}")));
  CHECK(names_symbols(expecting("chain = [\"a\"]")));
  CHECK_FALSE(names_symbols(expecting("chain = \"restored\"")));
}

TEST_CASE("who takes a sweep's faults, and whose records its watch names, must be there") {
  const auto swept = [](const std::string& lines) {
    const auto scenario = parse_scenario(
        "title = \"t\"\nguest = \"go_fixed.exe\"\n[sweep]\nwindow = \"..\"\nfault = \"read\"\n"
        "[[sweep.expect]]\n" +
            lines,
        "s.toml");
    REQUIRE(scenario);
    CHECK(names_symbols(*scenario));
    const auto checked = check_symbols(*scenario, kKnown);
    return checked ? std::string() : checked.error().text();
  };
  CHECK(swept("handled_by = [\"sigtramp@mstart\", \"nobody\", \"0x00401034@mstart\"]") == "");
  CHECK(swept("handled_by = \"sigtrap@mstart\"") ==
        "scenario s.toml:7: sweep.expect.handled_by: \"sigtrap\" is no symbol of go_fixed.exe (did "
        "you mean \"sigtramp\"?)");
  CHECK(swept("watch = [\"dangling@callbackasm\"]")
            .starts_with("scenario s.toml:7: sweep.expect.watch: \"callbackasm\" is no symbol"));
}

TEST_SUITE_END();
