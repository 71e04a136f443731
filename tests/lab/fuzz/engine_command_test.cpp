// Command lines of engines: options are those of LLVM 14's libFuzzer (docs/LibFuzzer.rst) and of
// AFL++ 4.04c (afl-fuzz -hh).
#include "host/lab/fuzz/engine_command.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string_view>

#include "tests/lab/scratch.hpp"

namespace sehlab::lab {

namespace {

bool has(const ChildCommand& command, std::string_view word) {
  return std::ranges::find(command.words, word) != command.words.end();
}

/// Is `second` the word behind `first`?
bool has_pair(const ChildCommand& command, std::string_view first, std::string_view second) {
  const auto at = std::ranges::find(command.words, first);
  return at != command.words.end() && at + 1 != command.words.end() && at[1] == second;
}

std::string variable(const ChildCommand& command, std::string_view name) {
  for (const auto& [key, value] : command.environment) {
    if (key == name) return value;
  }
  return "(none)";
}

FuzzRun a_run() {
  FuzzRun run;
  run.out = "/out";
  return run;
}

}  // namespace

TEST_SUITE("lab") {
  TEST_CASE("one job is one process of libFuzzer, several are -fork") {
    FuzzRun run = a_run();
    const ChildCommand one = libfuzzer_command(run, "/bin/x");
    CHECK(one.words.front() == "/bin/x");
    CHECK(std::ranges::none_of(one.words, [](auto& w) { return w.starts_with("-fork"); }));
    CHECK(std::ranges::none_of(one.words, [](auto& w) { return w.starts_with("-max_total"); }));
    CHECK(one.words.back() == "/out/corpus");  // the first folder is the one that is written
    CHECK(has(one, "-artifact_prefix=/out/artifacts/"));
    CHECK(has(one, "-max_len=960"));  // LAB_SEQ_MOST_OPS * LAB_SEQ_OP_BYTES
    run.jobs = 3;
    CHECK(has(libfuzzer_command(run, "x"), "-fork=3"));
  }

  TEST_CASE("findings end libFuzzer, unless it is to go on, which only -fork can") {
    FuzzRun run = a_run();
    CHECK_FALSE(has(libfuzzer_command(run, "x"), "-ignore_crashes=1"));
    run.keep_going = true;
    CHECK(has(libfuzzer_command(run, "x"), "-ignore_crashes=1"));
    CHECK(has(libfuzzer_command(run, "x"), "-fork=1"));
  }

  TEST_CASE("time, seed, corpora and oracle reach libFuzzer") {
    FuzzRun run = a_run();
    run.seconds = 30;
    run.seed = 7470;
    run.corpora = {"/a", "/b"};
    run.ending_only = true;
    const ChildCommand command = libfuzzer_command(run, "x");
    CHECK(has(command, "-max_total_time=30"));
    CHECK(has(command, "-seed=7470"));
    CHECK(has_pair(command, "/out/corpus", "/a"));
    CHECK(command.words.back() == "/b");
    CHECK(variable(command, "SEHLAB_FUZZ_ORACLE") == "ending");
  }

  TEST_CASE(
      "a DLL is named by the environment, with its whole path, and its inputs have no bound") {
    FuzzRun run = a_run();
    run.guest = "mine.dll";
    const ChildCommand command = libfuzzer_command(run, "x");
    CHECK(variable(command, "SEHLAB_FUZZ_GUEST") == std::filesystem::absolute("mine.dll").string());
    CHECK(std::ranges::none_of(command.words, [](auto& w) { return w.starts_with("-max_len"); }));
  }

  TEST_CASE("instances of afl-fuzz are one main one, which reads the corpus, and others") {
    FuzzRun run = a_run();
    run.engine = Engine::Afl;
    run.seconds = 20;
    run.seed = 5;
    const ChildCommand main = afl_command(run, "/bin/x-afl", 0), other = afl_command(run, "x", 1);
    CHECK(main.words.front() == "afl-fuzz");
    CHECK(has_pair(main, "-M", afl_instance_name(0)));
    CHECK(has_pair(main, "-F", "/out/corpus"));  // -F needs -M
    CHECK(has_pair(main, "-o", "/out/afl"));
    CHECK(has_pair(main, "-m", "none"));
    CHECK(has_pair(main, "-V", "20"));
    CHECK(has_pair(main, "-s", "5"));
    CHECK(main.words.back() == "/bin/x-afl");
    CHECK(has_pair(other, "-S", afl_instance_name(1)));
    CHECK(has_pair(other, "-s", "6"));  // two with one seed would do the same
    CHECK_FALSE(has(other, "-F"));
    CHECK(variable(main, "AFL_NO_UI") == "1");
    CHECK(variable(main, "AFL_SKIP_CPUFREQ") == "1");
  }

  TEST_CASE("names of instances are what afl-fuzz takes, and differ") {
    for (const unsigned instance : {0u, 1u, 255u}) {
      const std::string name = afl_instance_name(instance);
      CHECK(name.size() <= 32);
      CHECK(name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                   "-_") == std::string::npos);
      CHECK(name != afl_instance_name(instance + 1));
    }
    CHECK(afl_instance_name(0).starts_with("main-"));
  }

  TEST_CASE("a merge writes into the first folder") {
    const ChildCommand command = merge_command(a_run(), "x", "/into", {"/a", "/b"});
    CHECK(has(command, "-merge=1"));
    CHECK(has_pair(command, "/into", "/a"));
    CHECK(command.words.back() == "/b");
  }

  TEST_CASE("a fuzzer that was not built says what it takes") {
    const Scratch scratch;
    setenv("SEHLAB_FUZZ_DIR", scratch.path().c_str(), 1);
    const auto none = engine_program("sequences", Engine::Afl);
    scratch.write("sequences", "");
    const auto one = engine_program("sequences", Engine::LibFuzzer);
    unsetenv("SEHLAB_FUZZ_DIR");
    REQUIRE_FALSE(none);
    CHECK(none.error().text().find("afl++") != std::string::npos);
    REQUIRE(one);
    CHECK(*one == scratch.path("sequences"));
  }
}

}  // namespace sehlab::lab
