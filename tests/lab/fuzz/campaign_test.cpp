// run_campaign with an engine that is a script: it says and leaves what libFuzzer 14 would
// (compiler-rt/lib/fuzzer: lines, artifacts, exit codes 0, 72 interrupted and 77 found).
#include "host/lab/fuzz/campaign.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/lab/scratch.hpp"

namespace sehlab::lab {

namespace {

namespace fs = std::filesystem;

/// An executable script; "$prefix" is what -artifact_prefix= gives, "$corpus" the first folder.
fs::path engine(const Scratch& scratch, const std::string& deeds) {
  const fs::path file = scratch.write(
      "engine",
      "#!/bin/sh\nfor word; do case $word in -artifact_prefix=*) prefix=${word#*=};; -*) ;;\n"
      "*) corpus=${corpus:-$word};; esac; done\n" +
          deeds);
  fs::permissions(file, fs::perms::owner_all);
  return file;
}

CampaignRequest request(const Scratch& scratch, const std::string& deeds) {
  CampaignRequest request;
  request.run.out = scratch.path("out");
  request.program = engine(scratch, deeds);
  return request;
}

constexpr const char* kStatus =
    "echo '#4096 NEW    cov: 12 ft: 34 corp: 5/20b lim: 4 exec/s: 2048 rss: 30Mb'\n";

}  // namespace

TEST_SUITE("lab") {
  TEST_CASE("a campaign that finds nothing tells the engine's numbers") {
    const Scratch scratch;
    const auto answer = run_campaign(request(scratch, std::string(kStatus) + "exit 0\n"));
    REQUIRE(answer);
    CHECK(answer->status.executions == 4096);
    CHECK(answer->status.corpus == 5);
    CHECK(answer->artifacts.empty());
    CHECK(answer->failure == "");
    CHECK(Scratch::read(answer->log).find("#4096 NEW") != std::string::npos);
  }

  TEST_CASE("what the engine keeps is an artifact of this run, older files are not") {
    const Scratch scratch;
    scratch.write("out/artifacts/crash-old", "old");
    const auto answer = run_campaign(
        request(scratch, "echo new >${prefix}crash-new; echo n >${prefix}notes; exit 77\n"));
    REQUIRE(answer);
    CHECK(answer->artifacts == std::vector<fs::path>{scratch.path("out/artifacts/crash-new")});
    CHECK(answer->status.findings == 1);
    CHECK(answer->failure == "");
  }

  TEST_CASE("an engine that fails is told of, with its last words") {
    const Scratch scratch;
    const auto answer = run_campaign(request(scratch, "echo ERROR: no room >&2; exit 1\n"));
    REQUIRE(answer);
    CHECK(answer->failure.find("exit code 1") != std::string::npos);
    CHECK(answer->failure.find("ERROR: no room") != std::string::npos);
  }

  TEST_CASE("exit code 77 without an artifact is a failure") {
    const Scratch scratch;
    const auto answer = run_campaign(request(scratch, "exit 77\n"));
    REQUIRE(answer);
    CHECK(answer->failure.find("77") != std::string::npos);
  }

  TEST_CASE("a campaign that is stopped ends its engine and keeps what is there") {
    const Scratch scratch;
    auto asked = request(scratch, std::string(kStatus) +
                                      "trap 'exit 72' INT\necho x >${prefix}crash-1\n"
                                      "while :; do sleep 0.05; done\n");
    std::size_t told = 0;
    asked.progress = [&](const EngineStatus& status, double) {
      told += status.executions != 0 && status.findings != 0 ? 1 : 0;
    };
    asked.stopped = [&] { return told >= 2; };
    const auto answer = run_campaign(asked);
    REQUIRE(answer);
    CHECK(answer->interrupted);
    CHECK(answer->artifacts.size() == 1);
    CHECK(answer->failure == "");
  }

  TEST_CASE("the corpus folder comes first, and is made") {
    const Scratch scratch;
    auto asked = request(scratch, "echo seed >$corpus/seed\n");
    REQUIRE(run_campaign(asked));
    CHECK(Scratch::read(scratch.path("out/corpus/seed")) == "seed\n");
  }

  TEST_CASE("a folder that cannot be made is named") {
    const Scratch scratch;
    auto asked = request(scratch, "");
    asked.run.out = scratch.write("file", "") / "out";
    const auto answer = run_campaign(asked);
    REQUIRE_FALSE(answer);
    CHECK(answer.error().text().find("out") != std::string::npos);
  }
}

}  // namespace sehlab::lab
