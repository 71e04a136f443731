// `sehlab fuzz` as its users call it (docs/fuzzing.md). The bug is Go issue 7470: what a callback
// lets a panic skip leaves fs:[0] pointing into dead stack.
#include <doctest/doctest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "lab/sequence.h"
#include "tests/cli/run_sehlab.hpp"

namespace sehlab::cli_test {

namespace {

namespace fs = std::filesystem;

std::string bytes(std::initializer_list<int> values) {
  std::string text;
  for (const int value : values) text += static_cast<char>(value);
  return text;
}

/// A deferred function recovers, outside of C, what a Go function inside of it panics.
std::string panic_through_callback() {
  return bytes({LAB_OP_NOP,
                0,
                0,
                0,
                LAB_OP_GOCALL,
                0,
                0,
                0,
                LAB_OP_DEFER,
                LAB_DEFER_RECOVER,
                0,
                0,
                LAB_OP_CGOCALL,
                0,
                0,
                0,
                LAB_OP_CALLBACK,
                0,
                0,
                0,
                LAB_OP_PANIC,
                1,
                0,
                0});
}

std::string record_continues() {
  return bytes({LAB_OP_RECORD, LAB_HANDLE_CONTINUE, 0, 0, LAB_OP_FAULT, LAB_FAULT_READ, 0, 0});
}

bool has_fuzzer(const std::string& name) {
  return fs::exists(SEHLAB_BINARY_DIR "/bin/fuzz/" + name) ||
         fs::exists(SEHLAB_BINARY_DIR "/bin/fuzz-self-test/" + name);
}

}  // namespace

TEST_SUITE("cli") {
  TEST_CASE("fuzz replay tells each input, and exits with 1 when one shows something") {
    const Scratch scratch;
    const std::string bad = scratch.write("bad", panic_through_callback());
    fs::create_directory(scratch.path("in"));
    scratch.write("in/good", record_continues());
    const Ran good = run_sehlab({"fuzz", "replay", scratch.path("in")});
    CHECK(good.exit_code == 0);
    CHECK(says(good.out, "✓ .*in/good"));
    CHECK(says(good.err, "^1 as it should be, 0 not\n"));
    const Ran both =
        run_sehlab({"fuzz", "replay", "--guest", "sequences_go_buggy", scratch.path("in"), bad});
    CHECK(both.exit_code == 1);
    CHECK(says(both.out, "✗ .*bad\n +chain: fs:\\[0\\] is not what it was"));
    CHECK(says(both.err, "1 as it should be, 1 not"));
  }

  TEST_CASE("fuzz replay --json is one object, --trace a trace on standard output") {
    const Scratch scratch;
    const std::string bad = scratch.write("bad", panic_through_callback());
    const Ran json = run_sehlab({"fuzz", "replay", "--json", "--guest", "sequences_go_buggy", bad});
    CHECK(json.exit_code == 1);
    const auto object = nlohmann::json::parse(json.out);
    CHECK(object.at("findings") == 1);
    CHECK(object.at("inputs").at(0).at("finding").at("rule") == "chain");
    const Ran trace =
        run_sehlab({"fuzz", "replay", "--trace=jsonl", scratch.write("good", record_continues())});
    CHECK(trace.exit_code == 0);
    CHECK(nlohmann::json::parse(trace.out.substr(0, trace.out.find('\n'))).is_object());
    CHECK(says(trace.out, "\"fault\""));
    CHECK(run_sehlab({"fuzz", "replay", "--json", "--trace", bad}).exit_code == 2);
  }

  TEST_CASE("what is no input, guest or engine is refused with exit code 2 and its name") {
    const Scratch scratch;
    const std::string good = scratch.write("good", record_continues());
    const Ran missing = run_sehlab({"fuzz", "replay", scratch.path("missing")});
    CHECK(missing.exit_code == 2);
    CHECK(says(missing.err, "^sehlab: fuzz: .*missing: there is no such file or folder"));
    const Ran guest = run_sehlab({"fuzz", "replay", "--guest", "sequence_go", good});
    CHECK(guest.exit_code == 2);
    CHECK(says(guest.err, "sequence_go.*sequences_go"));
    fs::create_directory(scratch.path("empty"));
    CHECK(run_sehlab({"fuzz", "replay", scratch.path("empty")}).exit_code == 2);
    for (const auto& arguments : std::vector<std::vector<std::string>>{
             {"fuzz"},
             {"fuzz", "run"},
             {"fuzz", "nothing"},
             {"fuzz", "run", "--engine", "x", "--out", scratch.path("o")},
             {"fuzz", "run", "--jobs", "0", "--out", scratch.path("o")},
             {"fuzz", "run", "--corpus", scratch.path("missing"), "--out", scratch.path("o")},
             {"fuzz", "run", "--guest", "missing.dll", "--out", scratch.path("o")},
             {"fuzz", "shrink", good},
             {"fuzz", "shrink", good, "-o", scratch.path("small")},  // shows nothing
             {"fuzz", "show", scratch.path("missing")},
             {"fuzz", "mutants", "no_such_mutant"},
             {"fuzz", "merge", "--out", scratch.path("o"), scratch.path("missing")}}) {
      CAPTURE(arguments);
      CHECK(run_sehlab(arguments).exit_code == 2);
    }
    CHECK_FALSE(fs::exists(scratch.path("o")));
  }

  TEST_CASE("fuzz show lists a sequence and what is predicted") {
    const Scratch scratch;
    const Ran ran = run_sehlab({"fuzz", "show", scratch.write("good", record_continues())});
    CHECK(ran.exit_code == 0);
    CHECK(says(ran.out, "RECORD"));
    CHECK(says(ran.out, "FAULT"));
    CHECK(says(ran.out, "as predicted"));
  }

  TEST_CASE("fuzz show assembles the text form, and names the line that is none") {
    const Scratch scratch;
    const std::string out = scratch.path("out");
    const Ran ran = run_sehlab(
        {"fuzz", "show", scratch.write("s.txt", "RECORD CONTINUE\n  FAULT READ\n"), "-o", out});
    CHECK(ran.exit_code == 0);
    CHECK(read_file(out) == record_continues());
    const Ran bad = run_sehlab({"fuzz", "show", scratch.write("b.txt", "FAULT READ\nFALT\n")});
    CHECK(bad.exit_code == 2);
    CHECK(says(bad.err, "b.txt:2"));
  }

  TEST_CASE("fuzz shrink writes a smaller input that still shows the same") {
    const Scratch scratch;
    const std::string small = scratch.path("small");
    const Ran ran = run_sehlab({"fuzz", "shrink", "--guest", "sequences_go_buggy", "-o", small,
                                scratch.write("bad", panic_through_callback())});
    CHECK(ran.exit_code == 0);
    CHECK(says(ran.err, "shrunk from 6 operations"));
    CHECK(fs::file_size(small) < panic_through_callback().size());
    CHECK(run_sehlab({"fuzz", "replay", "--guest", "sequences_go_buggy", small}).exit_code == 1);
    CHECK(run_sehlab({"fuzz", "replay", "--guest", "sequences_go", small}).exit_code == 0);
  }

  TEST_CASE("fuzz run finds Go's bug from a seed that nearly shows it, and its scenario fails") {
    if (!has_fuzzer("sequences_go_buggy")) return;
    const Scratch scratch;
    fs::create_directory(scratch.path("seeds"));
    scratch.write("seeds/seed", panic_through_callback());
    const std::string out = scratch.path("out");
    const Ran ran = run_sehlab({"fuzz", "run", "--guest", "sequences_go_buggy", "--time", "40",
                                "--seed", "7470", "--corpus", scratch.path("seeds"), "--out", out,
                                "--json", "--verbose"});
    CHECK(ran.exit_code == 1);
    CHECK(says(ran.err, "fuzz[^ ]*/sequences_go_buggy .*-max_total_time=40"));
    const auto object = nlohmann::json::parse(ran.out);
    REQUIRE(object.at("findings").size() == 1);
    const auto& finding = object.at("findings").at(0);
    CHECK(finding.at("rule") == "chain");
    const std::string folder = finding.at("folder");
    for (const char* leaf : {"input", "original", "listing.txt", "trace.txt", "report.txt"}) {
      CHECK(fs::exists(folder + "/" + leaf));
    }
    const std::string scenario = finding.at("scenario");
    CHECK(run_sehlab({"test", scenario}).exit_code == 1);
    // With the fix it holds.
    std::string text = read_file(scenario);
    text.replace(text.find("sequences_go_buggy.exe"), 22, "sequences_go.exe");
    CHECK(run_sehlab({"test", scratch.write("fixed.toml", text)}).exit_code == 0);
  }

  TEST_CASE("fuzz run keeps its corpus, and merge adds what another has more") {
    if (!has_fuzzer("sequences")) return;
    const Scratch scratch;
    const std::string out = scratch.path("out");
    const Ran ran = run_sehlab({"fuzz", "run", "--time", "3", "--seed", "1", "--out", out});
    CHECK(ran.exit_code == 0);
    CHECK(says(ran.out, "no finding in .* executions"));
    CHECK_FALSE(fs::is_empty(out + "/corpus"));
    const std::string merged = scratch.path("merged");
    const Ran merge = run_sehlab({"fuzz", "merge", "--out", merged, out + "/corpus"});
    CHECK(merge.exit_code == 0);
    CHECK(says(merge.out, "^[0-9]+ of [0-9]+ inputs were added"));
    CHECK_FALSE(fs::is_empty(merged));
  }
}

}  // namespace sehlab::cli_test
