// sehlab run --watch and --suppressions. Sources: docs/cli.md; what the guests do wrong stands at
// the top of their sources in guest/cases.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/cli/run_sehlab.hpp"

namespace sehlab::cli_test {

namespace {

Ran watched(const std::string& name, std::vector<std::string> options = {}) {
  options.insert(options.begin(), {"run", "--watch=report"});
  options.push_back(guest(name));
  Ran ran = run_sehlab(options);
  CHECK_FALSE(ran.timed_out);
  return ran;
}

constexpr const char* kLeaks =
    "[[suppress]]\ndefect = \"dangling\"\nowner = \"leak_return!l?aks\"\nreason = \"known\"\n";

}  // namespace

TEST_SUITE("cli") {
  TEST_CASE(
      "the watch names the record, who linked it, how its frame was left, what relied on it") {
    const Ran ran = watched("leak_return.exe");
    CAPTURE(ran.err);
    CHECK(ran.exit_code == 1);
    CHECK(says(ran.err,
               "^sehlab: watch: dangling: record [0-9a-f]{8} of thread 1: its frame is gone"));
    CHECK(says(ran.err,
               "pushed .* by leak_return!leaks\\+0x[0-9a-f]+ \\(.*leak_return\\.S:[0-9]+\\)"));
    CHECK(says(ran.err, "frame of +leak_return!leaks"));
    CHECK(says(ran.err, "left .* by a return: leak_return!leaks"));
    CHECK(says(ran.err, "relied on .* linked on top of it at leak_return!links"));
    CHECK(says(ran.err, "sehlab explain dangling"));
  }

  TEST_CASE("each way of leaving a frame is told apart") {
    const std::vector<std::pair<std::string, std::string>> ways = {
        {"leak_longjmp.exe", "left .* by longjmp: leak_longjmp!longjmp"},
        {"leak_exception.exe", "left .* by an exception"},
        {"leak_handler.exe", "left .* by an exception: leak_handler!jumps"},
        {"leak_stack_switch.exe", "left .* on another stack.*gives_back"},
        {"leak_thread.exe", "left .* by a return: leak_thread!routine"}};
    for (const auto& each : ways) {
      const auto& image = each.first;
      const auto& words = each.second;
      CAPTURE(image);
      const Ran ran = watched(image);
      CAPTURE(ran.err);
      CHECK(ran.exit_code == 1);
      CHECK(says(ran.err, words));
    }
  }

  TEST_CASE("a patched handler is told with its writer, or with the two moments between") {
    const Ran ran = watched("patched.exe");
    CAPTURE(ran.err);
    CHECK(says(ran.err,
               "its handler was patched!skips when it was linked, and is now "
               "patched!skips_too"));
    CHECK(says(ran.err, "since .* when it was written by patched!writes"));
    CHECK(says(ran.err, "written +some time after @"));
  }

  TEST_CASE("a watched program that crashes is told of as an unwatched one, and its defects, too") {
    const Ran ran = watched("never_a_record.exe");
    CAPTURE(ran.err);
    CHECK(ran.exit_code == 139);
    CHECK(says(ran.err, "^unhandled exception C0000005"));
    CHECK(says(ran.err, "who was asked"));
    CHECK(says(ran.err, "watch: off-stack: record 00000010"));
  }

  TEST_CASE("a suppressed defect does not count, and stays in the trace with the reason") {
    const Scratch scratch;
    const std::string file = scratch.write("s.toml", kLeaks);
    const Ran ran = watched("leak_return.exe", {"--suppressions", file});
    CHECK(ran.exit_code == 0);
    CHECK(ran.err == "");
    const Ran traced = watched("leak_return.exe", {"--suppressions", file, "--trace=jsonl"});
    CHECK(says(traced.out, "\"kind\":\"defect\".*\"suppressed\":\"known\""));
  }

  TEST_CASE("a suppression that nothing needed is told of") {
    const Scratch scratch;
    const std::string file = scratch.write("s.toml", kLeaks);
    const Ran ran = watched("exit0.exe", {"--suppressions", file});
    CHECK(ran.exit_code == 0);
    CHECK(says(ran.err, "nothing was suppressed as dangling of leak_return!l\\?aks"));
  }

  TEST_CASE("suppressions that cannot be read, or without a watch, are a wrong command line") {
    const Scratch scratch;
    const std::string bad = scratch.write("s.toml", "[[suppress]]\ndefect = \"dangling\"\n");
    Ran ran = watched("exit0.exe", {"--suppressions", bad});
    CHECK(ran.exit_code == 2);
    CHECK(says(ran.err, "s\\.toml:1: suppress\\.owner"));
    ran = watched("exit0.exe", {"--suppressions", scratch.path("none.toml")});
    CHECK(ran.exit_code == 2);
    ran =
        run_sehlab({"run", "--suppressions", scratch.write("g.toml", kLeaks), guest("exit0.exe")});
    CHECK(ran.exit_code == 2);
    CHECK(says(ran.err, "--suppressions needs --watch"));
  }
}

}  // namespace sehlab::cli_test
