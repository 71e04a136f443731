// Source of every rule: guest/include/lab/sequence.h, the byte format.
#include <doctest/doctest.h>

#include <vector>

#include "host/fuzz/sequence/operation.hpp"
#include "tests/fuzz/sequence/scene.hpp"

using namespace sehlab::fuzz::sequence;

TEST_SUITE("sequence") {
  TEST_CASE("a rest of one to three bytes and what follows the first 240 operations is no part") {
    std::vector<std::byte> bytes(7);
    CHECK(operation_count(bytes) == 1);
    bytes.resize(3);
    CHECK(operation_count(bytes) == 0);
    bytes.resize(4 * 241);
    CHECK(operation_count(bytes) == 240);
  }

  TEST_CASE("the operation is the first byte's low six bits") {
    const std::vector<std::byte> bytes{std::byte{0xc2}, std::byte{7}, std::byte{8}, std::byte{9}};
    const Operation op = operation_at(bytes, 0);
    CHECK(op.op == LAB_OP_FAULT);
    CHECK(op.a == 7);
    CHECK(op.b == 8);
    CHECK(op.c == 9);
  }

  TEST_CASE("an empty sequence, unknown operations and those of Go's world in C do nothing") {
    check({}, {}, kRanToEnd);
    check({{3},
           {7},
           {26},
           {31},
           {63},
           {LAB_OP_CGOCALL},
           {LAB_OP_DEFER},
           {LAB_OP_PANIC, 1},
           {LAB_OP_GO},
           {LAB_OP_CALLBACK},
           {LAB_OP_LOCK},
           {LAB_OP_REUSE}},
          {}, kRanToEnd);
  }

  TEST_CASE("the end of a frame in the outermost frame is nothing") {
    check({kEnd, kEnd, record(LAB_HANDLE_CONTINUE), kRead},
          {handler(2, kNone, kViolation), resumed(3)}, kRanToEnd);
  }

  TEST_CASE("a frame lasts until its end, or the end of the string") {
    check({record(LAB_HANDLE_CONTINUE), kEnd, kRead}, {}, unhandled(kViolation));
    check({record(LAB_HANDLE_CONTINUE), record(LAB_HANDLE_SEARCH), kEnd, kRead},
          {handler(0, kNone, kViolation), resumed(3)}, kRanToEnd);
  }

  TEST_CASE("operands are taken modulo what they choose from") {
    check({record(LAB_HANDLES + LAB_HANDLE_CONTINUE), fault(LAB_FAULTS + LAB_FAULT_DIVIDE)},
          {handler(0, kNone, kDivide), resumed(1)}, kRanToEnd);
  }

  TEST_CASE("what would open a frame at the twelfth level does nothing") {
    // The outermost frame is level 0; twelve RECORDs bring level 12; the thirteenth opens none, so
    // that the fault is asked of twelve handlers only.
    std::vector<Op> ops(13, record(LAB_HANDLE_SEARCH));
    ops.push_back(kRead);
    std::vector<std::uint32_t> log;
    for (int id = 11; id >= 0; --id) log.push_back(handler(id, kNone, kViolation));
    for (int id = 11; id >= 0; --id) log.push_back(handler(id, kUnwind, kUnwindCode));
    check(ops, log, unhandled(kViolation));
  }

  TEST_CASE("what would run operations at the twelfth level runs none") {
    // The filter is entered at level 12, so the operation behind the fault is run by the frame
    // that goes on, not by the filter.
    std::vector<Op> ops(11, record(LAB_HANDLE_SEARCH));
    ops.push_back(try_except(LAB_FILTER_STEPS_CONTINUE));
    ops.push_back(kRead);
    ops.push_back(kEnd);
    ops.push_back(raise(0));
    const Prediction prediction = predict(ops);
    REQUIRE(prediction.log.size() >= 3);
    CHECK(prediction.log[0] == filter(11, kNone, kViolation));
    CHECK(prediction.log[1] == resumed(12));
    CHECK(prediction.log[2] == handler(10, kNone, kOwn));
  }

  TEST_CASE("what comes when the log is full is lost, and said so") {
    // Eleven handlers answer what is no disposition, twice each: raise number j asks (j+1)/2 of
    // them, j from 1 to 22; the 23rd asks all 12, whose outermost unwinds 11 and is landed in:
    // 132 + 12 + 11 + 1 words (arithmetic; facts 3.2 E5).
    const auto groups = [](int count) {
      std::vector<Op> ops;
      for (int group = 0; group < count; ++group) {
        ops.push_back(record(LAB_HANDLE_UNWIND));
        for (int i = 0; i < 11; ++i) ops.push_back(record(LAB_HANDLE_JUNK));
        ops.push_back(kRead);
      }
      return predict(ops);
    };
    CHECK(groups(13).log.size() == 13 * 156);
    CHECK(!groups(13).overflow);
    CHECK(groups(14).log.size() == LAB_SEQ_MOST_LOG);
    CHECK(groups(14).overflow);
    CHECK(groups(14).ending == kRanToEnd);
  }
}
