// A program of sequences as FuzzedGuest. The bug is Go issue 7470 (docs/tutorial.md): a panic that
// a callback lets through leaves fs:[0] pointing at a record in dead stack.
#include "host/lab/fuzz/sequence_guest.hpp"

#include <doctest/doctest.h>

#include <sstream>

#include "host/lab/fuzz/findings.hpp"
#include "host/lab/fuzz/told_run.hpp"
#include "lab/sequence.h"
#include "tests/lab/scratch.hpp"

namespace sehlab::lab {

namespace {

InputBytes sequence_of(std::initializer_list<int> bytes) {
  InputBytes input;
  for (const int byte : bytes) input.push_back(std::byte(byte));
  return input;
}

/// A deferred function recovers, in the frame outside of C, what a Go function inside of it panics.
InputBytes panic_through_callback() {
  return sequence_of({LAB_OP_GOCALL,
                      0,
                      0,
                      0,  //
                      LAB_OP_DEFER,
                      LAB_DEFER_RECOVER,
                      0,
                      0,  //
                      LAB_OP_CGOCALL,
                      0,
                      0,
                      0,  //
                      LAB_OP_CALLBACK,
                      0,
                      0,
                      0,  //
                      LAB_OP_PANIC,
                      1,
                      0,
                      0});
}

std::unique_ptr<FuzzedGuest> made(const std::string& name, bool ending_only = false) {
  auto guest = make_sequence_guest(name, ending_only);
  REQUIRE_MESSAGE(guest, (guest ? "" : guest.error().text()));
  return std::move(*guest);
}

}  // namespace

TEST_SUITE("lab") {
  TEST_CASE("a name that is no program of sequences is refused, with those that there are") {
    const auto guest = make_sequence_guest("sequence", false);
    REQUIRE_FALSE(guest);
    CHECK(guest.error().text().find("sequences") != std::string::npos);
  }

  TEST_CASE("a record that continues a fault is as predicted, and so printed by a plain run") {
    const auto guest = made("sequences");
    const InputBytes input =
        sequence_of({LAB_OP_RECORD, LAB_HANDLE_CONTINUE, 0, 0, LAB_OP_FAULT, LAB_FAULT_READ, 0, 0});
    CHECK(guest->judge(input) == nullptr);
    CHECK(guest->size_text(input) == "2 operations");
    std::ostringstream trace;
    const auto told = tell_run(*guest->plain_run(input), TraceForm::Text, trace);
    REQUIRE(told);
    // sequence.h: HANDLER of #0, flags 0, code8 of C0000005 is 05 ^ c0; RESUMED of #1.
    CHECK(told->out == "c5000001\n0000010a\n");
    CHECK(guest->expectations(input).find("c5000001\n0000010a\n") != std::string::npos);
    CHECK(trace.str().find("fault") != std::string::npos);
  }

  TEST_CASE(
      "Go before its fix leaves the chain broken; shrunk it still does, and its scenario fails") {
    const Scratch scratch;
    const auto guest = made("sequences_go_buggy");
    InputBytes input = panic_through_callback();
    REQUIRE(guest->judge(input) != nullptr);
    input.insert(input.begin() + 4, 8, std::byte{LAB_OP_NOP});
    const auto file =
        scratch.write("input", {reinterpret_cast<const char*>(input.data()), input.size()});
    auto bugs = group_findings(*guest, std::span(&file, 1), {});
    REQUIRE(bugs);
    REQUIRE(bugs->size() == 1);
    Bug& bug = bugs->front();
    const std::string signature = bug.finding.signature;
    shrink_bug(*guest, bug, {});
    CHECK(bug.shrunk.size() < input.size());
    CHECK(bug.finding.signature == signature);
    REQUIRE(write_bug(*guest, bug, scratch.path("findings")));
    CHECK(bug.scenario_fails == true);
  }

  TEST_CASE("with Go's fix the same sequence is as predicted") {
    CHECK(made("sequences_go")->judge(panic_through_callback()) == nullptr);
  }

  TEST_CASE("when only the ending counts, a broken chain alone is no finding") {
    CHECK(made("sequences_go_buggy", true)->judge(panic_through_callback()) == nullptr);
  }

  TEST_CASE("bytes that are no whole operation, and none at all, are a sequence") {
    const auto guest = made("sequences");
    CHECK(guest->judge({}) == nullptr);
    CHECK(guest->judge(sequence_of({LAB_OP_FAULT, 0, 0})) == nullptr);
    CHECK(guest->in_short({}) == "nothing");
    CHECK(guest->size_text(InputBytes(5000)) == "240 operations");  // LAB_SEQ_MOST_OPS
  }
}

}  // namespace sehlab::lab
