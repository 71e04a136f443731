// Lines of libFuzzer as LLVM 14 prints them (compiler-rt/lib/fuzzer: Fuzzer::PrintStats,
// FuzzWithFork), files of AFL++ 4 as its documentation describes them
// (docs/afl-fuzz_approach.md, "Interpreting output").
#include "host/lab/fuzz/engine_status.hpp"

#include <doctest/doctest.h>

namespace sehlab::lab {

TEST_SUITE("lab") {
  TEST_CASE("a line of one libFuzzer process gives its numbers") {
    EngineStatus status;
    CHECK(
        read_libfuzzer_line("#131072\tpulse  cov: 431 ft: 1204 corp: 77/1523b lim: 960 "
                            "exec/s: 65536 rss: 62Mb",
                            status));
    CHECK(status.executions == 131072);
    CHECK(status.coverage == 431);
    CHECK(status.corpus == 77);
    CHECK(status.per_second == 65536);
    CHECK(
        read_libfuzzer_line("#131090\tREDUCE cov: 431 ft: 1204 corp: 77/1519b lim: 960 exec/s: "
                            "65545 rss: 62Mb L: 8/96 MS: 2 EraseBytes-ChangeBit-",
                            status));
    CHECK(status.executions == 131090);
  }

  TEST_CASE("a line of -fork gives its numbers, findings with them") {
    EngineStatus status;
    CHECK(
        read_libfuzzer_line("#40960: cov: 12 ft: 34 corp: 5 exec/s 10240 oom/timeout/crash: "
                            "1/2/4 time: 12s job: 3 dft_time: 0",
                            status));
    CHECK(status.executions == 40960);
    CHECK(status.corpus == 5);
    CHECK(status.per_second == 10240);
    CHECK(status.findings == 7);  // 1 + 2 + 4
  }

  TEST_CASE("libFuzzer's last words give the executions") {
    EngineStatus status;
    status.corpus = 3;
    CHECK(read_libfuzzer_line("stat::number_of_executed_units: 131099", status));
    CHECK(status.executions == 131099);
    CHECK(read_libfuzzer_line("Done 131100 runs in 2 second(s)", status));
    CHECK(status.executions == 131100);
    CHECK(status.corpus == 3);
  }

  TEST_CASE("what is no status line leaves the numbers alone") {
    EngineStatus status;
    for (const char* line :
         {"", "#", "#abc cov: 1 exec/s: 2", "INFO: Seed: 7470", "#5\tREAD units: 3", "Done",
          "#99999999999999999999999 cov: 1 exec/s: 1", "==12== ERROR: libFuzzer: deadly signal",
          "stat::number_of_executed_units: x", "Done with it"}) {
      CAPTURE(line);
      CHECK_FALSE(read_libfuzzer_line(line, status));
      CHECK(status.executions == 0);
    }
  }

  TEST_CASE("the last whole line of a plot_data counts, columns by their names") {
    const char* text =
        "# relative_time, cycles_done, cur_item, corpus_count, pending_total, pending_favs, "
        "map_size, saved_crashes, saved_hangs, max_depth, execs_per_sec, total_execs, edges_found\n"
        "5, 0, 1, 20, 18, 3, 4.10%, 0, 0, 2, 11000.50, 55000, 300\n"
        "10, 0, 4, 31, 22, 5, 4.90%, 2, 1, 3, 11200.25, 110000, 402\n"
        "15, 0, 4, 35";
    const auto status = read_afl_plot(text);
    REQUIRE(status);
    CHECK(status->executions == 110000);
    CHECK(status->per_second == doctest::Approx(11200.25));
    CHECK(status->corpus == 31);
    CHECK(status->coverage == 402);
    CHECK(status->findings == 3);  // two crashes, a hang
    CHECK_FALSE(read_afl_plot(""));
    CHECK_FALSE(read_afl_plot("# relative_time, total_execs\n"));
    CHECK_FALSE(read_afl_plot("nothing\nof the kind\n"));
  }

  TEST_CASE("fuzzer_stats gives the same numbers") {
    const auto status = read_afl_stats(
        "start_time        : 1700000000\nexecs_done        : 190123\nexecs_per_sec     : 11400.12\n"
        "corpus_count      : 41\nsaved_crashes     : 1\nsaved_hangs       : 0\nedges_found       : "
        "512\n");
    REQUIRE(status);
    CHECK(status->executions == 190123);
    CHECK(status->corpus == 41);
    CHECK(status->coverage == 512);
    CHECK(status->findings == 1);
    CHECK_FALSE(read_afl_stats("corpus_count : 3\n"));
    CHECK_FALSE(read_afl_stats("execs_done : many\n"));
  }

  TEST_CASE("instances that share add up what each does, not what all have") {
    const EngineStatus all = together({100, 10, 7, 50, 1}, {200, 20, 5, 60, 0});
    CHECK(all.executions == 300);
    CHECK(all.per_second == 30);
    CHECK(all.corpus == 7);
    CHECK(all.coverage == 60);
    CHECK(all.findings == 1);
  }
}

}  // namespace sehlab::lab
