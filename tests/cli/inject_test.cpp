// `sehlab run --inject`: what is refused, what is told, and what the exit code is (docs/cli.md).
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/run_sehlab.hpp"

namespace sehlab::cli_test {

TEST_SUITE("cli") {
  TEST_CASE("an injected exception that nobody takes is told as injected, traced or not") {
    const std::string spec = "at=exit0!start fault=illegal";
    for (const bool traced : {false, true}) {
      std::vector<std::string> arguments = {"run", "--inject", spec};
      if (traced) arguments.insert(arguments.end(), {"--trace", "-o", "/dev/null"});
      arguments.push_back(guest("exit0.exe"));
      const Ran ran = run_sehlab(arguments);
      CHECK(ran.exit_code == 139);
      CHECK(says(ran.err, "unhandled exception C000001D illegal instruction"));
      CHECK(says(ran.err, "injected by at=exit0!start fault=illegal"));
    }
  }

  TEST_CASE("a crash of the program's own is not told as injected") {
    const Ran ran =
        run_sehlab({"run", "--inject", "at=unhandled!start set=edi:edi", guest("unhandled.exe")});
    CHECK(ran.exit_code == 139);
    CHECK_FALSE(says(ran.err, "injected"));
  }

  TEST_CASE("--inject is repeatable and takes one specification each time") {
    // fault_continue.exe exits with what EAX is at its `pushl %eax` (guest/cases/fault_continue.S).
    const Ran ran = run_sehlab({"run", "--inject", "at=fault_continue.S:8 fault=divide", "--inject",
                                "at=fault_continue.S:12 set=eax:7", guest("fault_continue.exe")});
    CHECK(ran.exit_code == 7);
    CHECK(ran.err == "");
  }

  TEST_CASE("a specification that is wrong is a usage error that names the part") {
    const std::string program = guest("exit0.exe");
    const std::vector<std::pair<std::string, std::string>> wrong = {
        {"at=exit0!start fault=raed", "fault: \"raed\" is no fault \\(did you mean \"read\"\\?\\)"},
        {"at=exit0!strat fault=read", "at: \"strat\" is no symbol of exit0.exe"},
        {"at=exit0!start", "says not what to do"},
        {"nonsense", "\"nonsense\" is no KEY=VALUE"},
        {"at=exit0!start fault=read fault=read", "fault: is given more than once"}};
    for (const auto& each : wrong) {
      const auto& spec = each.first;
      const auto& what = each.second;
      CAPTURE(spec);
      const Ran ran = run_sehlab({"run", "--inject", spec, program});
      CHECK(ran.exit_code == 2);
      CHECK(ran.out == "");
      CHECK(says(ran.err, "--inject"));
      CHECK(says(ran.err, what));
    }
  }

  TEST_CASE("one that never fired is told on standard error and in the result") {
    const Scratch scratch;
    const std::string result = scratch.path("r.json");
    const Ran ran = run_sehlab({"run", "--result", result, "--inject",
                                "at=call:kernel32!CreateFileA fault=read", "--inject",
                                "at=exit0!start set=edi:edi", guest("exit0.exe")});
    CHECK(ran.exit_code == 0);  // the guest's own
    CHECK(says(ran.err,
               "inject: at=call:kernel32!CreateFileA fault=read never fired: it was not called "
               "from another image"));
    CHECK_FALSE(says(ran.err, "edi"));
    const auto json = nlohmann::json::parse(read_file(result));
    REQUIRE(json.at("injections").size() == 2);
    CHECK(json["injections"][0]["fired"] == 0);
    CHECK(json["injections"][0]["why"] == "it was not called from another image");
    CHECK(json["injections"][1]["fired"] == 1);
    CHECK_FALSE(json["injections"][1].contains("why"));
  }

  TEST_CASE("a trace tells when an injection fired") {
    const Ran ran = run_sehlab(
        {"run", "--trace", "--inject", "at=exit0!start set=edi:edi", guest("exit0.exe")});
    CHECK(says(ran.out, "inject +#1 before exit0!start, visit 1: at=exit0!start set=edi:edi"));
  }

  TEST_CASE(
      "a scenario whose injection does not fire fails, and one that asks wrongly is refused") {
    const Scratch scratch;
    const std::string head = "title = \"t\"\nguest = \"exit0.exe\"\n";
    const std::string tail = "[expect]\nexit = 0\n";
    const std::string quiet = scratch.write(
        "quiet.toml",
        head + "[[inject]]\nat = \"call:kernel32!CreateFileA\"\nfault = \"read\"\n" + tail);
    const Ran never = run_sehlab({"test", quiet});
    CHECK(never.exit_code == 1);
    CHECK(says(never.out + never.err, "inject +expected +to fire: at=call:kernel32!CreateFileA"));
    CHECK(says(never.out + never.err, "it never did: it was not called from another image"));
    CHECK(says(never.out + never.err, "quiet.toml:3"));
    const std::string slip = scratch.write(
        "slip.toml", head + "[[inject]]\nat = \"exit0!strat\"\nfault = \"read\"\n" + tail);
    const Ran refused = run_sehlab({"test", slip});
    CHECK(refused.exit_code == 2);
    CHECK(says(refused.out + refused.err, "slip.toml:4: at: \"strat\" is no symbol"));
    const std::string key = scratch.write(
        "key.toml", head + "[[inject]]\nat = \"exit0!start\"\nfalt = \"read\"\n" + tail);
    CHECK(says(run_sehlab({"test", key}).err + run_sehlab({"test", key}).out,
               "key.toml:5: falt: unknown key \\(did you mean \"fault\"\\?\\)"));
  }
}

}  // namespace sehlab::cli_test
