// sehlab run --report and sehlab report, as their user calls them.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/cli/run_sehlab.hpp"

using namespace sehlab::cli_test;

namespace {

nlohmann::json data_of(const std::string& page, const std::string& id) {
  const std::string begin = "<script type=\"application/json\" id=\"" + id + "\">";
  const std::size_t from = page.find(begin);
  REQUIRE(from != std::string::npos);
  const std::size_t to = page.find("</script>", from);
  return nlohmann::json::parse(page.substr(from + begin.size(), to - from - begin.size()));
}

std::vector<std::string> story(std::vector<std::string> options) {
  options.insert(options.begin(), {"run", "--watch=report"});
  options.insert(options.end(),
                 {guest("go_buggy.exe"), "TestCallbackPanicLocked", "TestSetPanicOnFault"});
  return options;
}

}  // namespace

TEST_CASE("a run's report is one page with registers, and the run is as without it") {
  const Scratch scratch;
  const std::string file = scratch.path("out.html");
  const Ran plain = run_sehlab(story({}));
  const Ran reported = run_sehlab(story({"--report", file}));
  CHECK(reported.exit_code == plain.exit_code);
  CHECK(reported.out == plain.out);
  CHECK(reported.err == plain.err);
  const std::string page = read_file(file);
  CHECK(page.size() < 2'000'000);  // what a mail takes
  const auto trace = data_of(page, "data-trace"), moments = data_of(page, "data-moments");
  CHECK(moments["moments"].size() == trace["events"]);
  CHECK(moments["steps"].empty());
}

TEST_CASE("a saved trace gives a page of as many events, without registers") {
  const Scratch scratch;
  const std::string trace = scratch.path("t.jsonl"), file = scratch.path("out.html");
  (void)run_sehlab(story({"--trace=jsonl", "-o", trace}));
  const Ran ran = run_sehlab({"report", trace, "-o", file});
  CHECK(ran.exit_code == 0);
  CHECK(ran.out.empty());
  CHECK(ran.err.empty());
  const std::string lines = read_file(trace), page = read_file(file);
  // A line an event, behind the head.
  CHECK(data_of(page, "data-trace")["events"] == std::count(lines.begin(), lines.end(), '\n') - 1);
  CHECK(data_of(page, "data-moments").is_null());
}

TEST_CASE("steps are instructions around the turning points, in their order, each once") {
  const Scratch scratch;
  const std::string file = scratch.path("out.html");
  (void)run_sehlab(story({"--report", file, "--report-steps", "20"}));
  const auto steps = data_of(read_file(file), "data-moments")["steps"];
  // 20 before a turning point, itself, and 20 behind it, were there one alone and not at the end.
  REQUIRE(steps.size() > 41);
  for (std::size_t i = 1; i < steps.size(); ++i) {
    CHECK(steps[i - 1][1].get<std::uint64_t>() < steps[i][1].get<std::uint64_t>());
    CHECK(steps[i - 1][0].get<std::uint64_t>() <= steps[i][0].get<std::uint64_t>());
  }
}

TEST_CASE("instruction steps change nothing of what is told of injections") {
  const Scratch scratch;
  const std::string file = scratch.path("out.html");
  // The second never fires, and the end says so (docs/injection.md).
  const std::vector<std::string> injected{"--inject", "at=go_buggy!probe fault=read address=0x10",
                                          "--inject", "at=instruction:999999999 fault=read"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.end(), injected.begin(), injected.end());
    return run_sehlab(story(more));
  };
  const Ran plain = with({"--result", scratch.path("a.json")});
  const Ran stepped =
      with({"--result", scratch.path("b.json"), "--report", file, "--report-steps", "5"});
  CHECK(stepped.exit_code == plain.exit_code);
  CHECK(stepped.err == plain.err);
  CHECK(read_file(scratch.path("a.json")) == read_file(scratch.path("b.json")));
}

TEST_CASE("what cannot be reported is said, with the place") {
  const Scratch scratch;
  const std::string out = scratch.path("out.html");
  const Ran missing = run_sehlab({"report", scratch.path("no.jsonl"), "-o", out});
  CHECK(missing.exit_code == 2);
  CHECK(says(missing.err, "no\\.jsonl"));
  const Ran broken = run_sehlab(
      {"report", scratch.write("b.jsonl", "{\"sehlab_trace\":1,\"schema_version\":2}\n{\"kind\"\n"),
       "-o", out});
  CHECK(broken.exit_code == 2);
  CHECK(says(broken.err, "b\\.jsonl:2"));
  CHECK_FALSE(std::filesystem::exists(out));
  const Ran nowhere = run_sehlab(story({"--report", scratch.path("no/such/folder.html")}));
  CHECK(nowhere.exit_code == 2);
  CHECK(says(nowhere.err, "cannot write"));
  CHECK(run_sehlab(story({"--report-steps", "20"})).exit_code == 2);
}

TEST_CASE("--trace=chrome is JSON whose slices are closed, also after a crash") {
  const Ran ran = run_sehlab(story({"--trace=chrome"}));
  CHECK(ran.exit_code == 139);
  int open = 0, begun = 0;
  for (const auto& event : nlohmann::json::parse(ran.out)) {
    if (event["ph"] == "B") ++open, ++begun;
    if (event["ph"] == "E") CHECK(--open >= 0);
  }
  CHECK(begun >= 1);
  CHECK(open == 0);
}
