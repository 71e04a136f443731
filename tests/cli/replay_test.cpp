// sehlab run --record and sehlab replay, as their user calls them.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/cli/run_sehlab.hpp"

using namespace sehlab::cli_test;

namespace {

std::vector<nlohmann::json> lines_of(const std::string& text) {
  std::vector<nlohmann::json> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(nlohmann::json::parse(line));
  return lines;
}

}  // namespace

TEST_CASE("a crash is recorded, and gone through backwards to where the chain broke") {
  const Scratch scratch;
  const std::string file = scratch.path("run.rec");
  const Ran recorded = run_sehlab({"run", "--watch=report", "--record", file, guest("go_buggy.exe"),
                                   "TestCallbackPanicLocked", "TestSetPanicOnFault"});
  CHECK(recorded.exit_code == 139);  // docs/cli.md: unhandled
  const Ran replayed =
      run_sehlab({"replay", file, "--json", "--to", "fault", "--to", "defect", "--to", "1000"});
  CHECK(replayed.exit_code == 0);
  CHECK(replayed.err.empty());
  const auto places = lines_of(replayed.out);
  REQUIRE(places.size() == 3);
  CHECK(places[0]["symbol"] == "go_buggy!probe+0x6");  // the nil dereference
  CHECK(places[0]["ended"] == false);
  CHECK(places[0]["last_event"]["kind"] != "end");
  CHECK(places[1]["instruction"] < places[0]["instruction"]);
  CHECK(places[2]["instruction"] == 1000);
  // The chain of a thread ends with what ntdll pushed first.
  CHECK(places[2]["chain"].back()["next"] == 0xffffffff);
  const Ran text = run_sehlab({"replay", file, "--to", "fault"});
  CHECK(says(text.out, "^@ .* thread 1  go_buggy!probe\\+0x6"));
  CHECK(says(text.out, "next event .* fault +read of 00000000"));
}

TEST_CASE("files of a sandbox are part of a recording") {
  const Scratch scratch;
  const std::string file = scratch.path("run.rec"), folder = scratch.path("box");
  scratch.write("empty", "");
  REQUIRE(std::system(("mkdir " + folder).c_str()) == 0);
  const Ran recorded =
      run_sehlab({"run", "--sandbox", folder, "--record", file, guest("crt_streams_ucrt.exe")});
  REQUIRE(recorded.exit_code == 0);
  REQUIRE(std::system(("rm -r " + folder).c_str()) == 0);
  const Ran replayed = run_sehlab({"replay", file, "--json"});
  CHECK(replayed.exit_code == 0);
  const auto places = lines_of(replayed.out);
  REQUIRE(places.size() == 1);
  CHECK(places[0]["ended"] == true);
  CHECK(places[0]["stdout"] == recorded.out);
}

TEST_CASE("what cannot be replayed is named, with exit code 2") {
  const Scratch scratch;
  const std::string file = scratch.path("run.rec");
  CHECK(run_sehlab({"run", "--record", file, guest("exit0.exe")}).exit_code == 0);
  const Ran nowhere = run_sehlab({"replay", file, "--to", "defekt"});
  CHECK(nowhere.exit_code == 2);
  CHECK(says(nowhere.err, "did you mean \"defect\""));
  CHECK(run_sehlab({"replay", file, "--to", "fault"}).exit_code == 2);  // it never comes
  CHECK(run_sehlab({"replay", scratch.path("none")}).exit_code == 2);
  CHECK(run_sehlab({"replay", scratch.write("junk", "junk")}).exit_code == 2);
  CHECK(run_sehlab({"replay"}).exit_code == 2);
  const Ran unwritable = run_sehlab({"run", "--record", "/nonexistent/r", guest("exit0.exe")});
  CHECK(unwritable.exit_code == 2);
  CHECK(says(unwritable.err, "/nonexistent/r"));
}
