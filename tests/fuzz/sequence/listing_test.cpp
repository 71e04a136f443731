// What a person reads of a sequence. Source of the words' fields: sequence.h.
#include "host/fuzz/sequence/listing.hpp"

#include <doctest/doctest.h>

#include "tests/fuzz/sequence/scene.hpp"

using namespace sehlab::fuzz::sequence;

TEST_SUITE("sequence") {
  TEST_CASE("words of the log read as sentences") {
    CHECK(describe(handler(3, kUnwind, kViolation)) ==
          "handler of #3 entered: access violation, unwinding");
    CHECK(describe(filter(1, kNested, kOwn)) == "filter of #1 entered: E0000001, nested");
    CHECK(describe(recovered(2, 0)) == "#2 recovers nil");
    CHECK(describe(recovered(2, 0x85)) == "#2 recovers panic(5)");
    CHECK(describe(recovered(2, LAB_VALUE_DIVIDE)) == "#2 recovers division by zero");
    CHECK(describe(finally(4, true)) == "__finally block of #4, abnormal termination");
    CHECK(describe(word(LAB_LOG_CHAIN, 9)) == "fs:[0] is wrong after the frame of #9");
    CHECK(describe(0x12345600) == "12345600, which is no word of the log");
  }

  TEST_CASE("two exceptions of one code8 are both named") {
    // 03 ^ 80 = 63 ^ e0 = 83
    CHECK(describe(handler(0, kFixed, kCxx)) ==
          "handler of #0 entered: breakpoint or C++ exception, noncontinuable");
  }

  TEST_CASE("a sequence is indented as it runs, and says what does nothing and what never runs") {
    const std::vector<Op> ops{
        record(LAB_HANDLE_UNWIND_TO, 2, LAB_UNWIND_STEPS), {LAB_OP_CGOCALL}, kRead, kRead, kNop};
    const Prediction prediction = predict(ops, Program::C, Detail::Steps);
    CHECK(listing(bytes_of(ops), prediction) ==
          "#0   C  RECORD: unwinds to live frame 2 and lands; when unwound: runs operations\n"
          "#1   C    CGOCALL  (does nothing)\n"
          "#2   C    FAULT: read of address 0\n"
          "#3   C  FAULT: read of address 0\n"
          "#4   never runs: NOP\n"
          "\n"
          "handler of #0 entered: access violation\n"
          "landed in #0\n"
          "dies of C0000005, access violation\n");
  }

  TEST_CASE("where no rule determines what happens the listing says so") {
    const std::vector<Op> ops{cxx_object(LAB_BLOCK_STEPS), kEnd, throws(1)};
    CHECK(listing(bytes_of(ops), predict(ops, Program::C, Detail::Steps)) ==
          "#0   C  CXX_OBJECT: destructor runs operations\n"
          "#1   C    END\n"
          "#2   C    THROW: 1\n"
          "\n"
          "destructor of #0\n"
          "then comes what no rule determines: CXX_OBJECT\n");
  }

  TEST_CASE("every operation has a name") {
    for (const int op : {0,  1,  2,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18,
                         19, 20, 21, 22, 23, 24, 25, 32, 33, 34, 35, 36, 37, 38}) {
      CHECK(!describe(Operation{static_cast<std::uint8_t>(op), 255, 255, 255})
                 .starts_with("unknown"));
    }
    CHECK(describe(Operation{63, 0, 0, 0}) == "unknown operation 63");
  }
}
