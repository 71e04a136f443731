// Unwinding. Source: facts seh-x86.md 3.6 (RtlUnwind), 3.4 (collided unwinds); sequence.h.
#include <doctest/doctest.h>

#include "tests/fuzz/sequence/scene.hpp"

using namespace sehlab::fuzz::sequence;

TEST_SUITE("sequence") {
  TEST_CASE("a handler unwinds to its own frame with the exception's record, and lands there") {
    check({record(LAB_HANDLE_UNWIND), record(LAB_HANDLE_SEARCH), kRead, kNop},
          {handler(1, kNone, kViolation), handler(0, kNone, kViolation),
           handler(1, kUnwind, kViolation), landed(0)},
          kRanToEnd);
  }

  TEST_CASE("who lands goes on in the code that opened the frame, at its level") {
    check({record(LAB_HANDLE_CONTINUE), record(LAB_HANDLE_UNWIND), record(LAB_HANDLE_SEARCH), kRead,
           raise(0)},
          {handler(2, kNone, kViolation), handler(1, kNone, kViolation),
           handler(2, kUnwind, kViolation), landed(1), handler(0, kNone, kOwn), resumed(4)},
          kRanToEnd);
  }

  TEST_CASE("a noncontinuable exception may be unwound: both flags are seen") {
    check({record(LAB_HANDLE_UNWIND), record(LAB_HANDLE_SEARCH), raise(0, true)},
          {handler(1, kFixed, kOwn), handler(0, kFixed, kOwn), handler(1, kFixed | kUnwind, kOwn),
           landed(0)},
          kRanToEnd);
  }

  TEST_CASE("a handler unwinds to a frame inside its own, which is then innermost") {
    // Live RECORD frame 1 of {2, 1, 0} is 1; handler 0 unwinds 2 only and lands in 1.
    check({record(LAB_HANDLE_UNWIND_TO, 1), record(LAB_HANDLE_SEARCH), record(LAB_HANDLE_SEARCH),
           kRead, kRead},
          {handler(2, kNone, kViolation), handler(1, kNone, kViolation),
           handler(0, kNone, kViolation), handler(2, kUnwind, kViolation), landed(1),
           // Operation 4 runs in frame 0, which has one use left: live RECORD 1 % 1 is itself.
           handler(0, kNone, kViolation), landed(0)},
          kRanToEnd);
  }

  TEST_CASE("a handler unwinds to a frame outside of its own, its own handler is told") {
    check({record(LAB_HANDLE_SEARCH), record(LAB_HANDLE_UNWIND_TO, 1), kRead},
          {handler(1, kNone, kViolation), handler(1, kUnwind, kViolation), landed(0)}, kRanToEnd);
  }

  TEST_CASE("a target that is no record is invalid when the first record above it is met") {
    // facts 3.6: the walk has unwound what lies below; then STATUS_INVALID_UNWIND_TARGET is raised
    // where fs:[0] is frame 0. Its second use unwinds nothing more; then it searches.
    check({record(LAB_HANDLE_UNWIND_BAD), record(LAB_HANDLE_SEARCH), kRead},
          {handler(1, kNone, kViolation), handler(0, kNone, kViolation),
           handler(1, kUnwind, kViolation), handler(0, kFixed, kBadTarget),
           handler(0, kFixed, kBadTarget), handler(0, kUnwind, kUnwindCode)},
          unhandled(kBadTarget));
  }

  TEST_CASE("an unwind by hand has STATUS_UNWIND, and lands") {
    check({record(LAB_HANDLE_SEARCH), record(LAB_HANDLE_SEARCH), {LAB_OP_UNWIND, 1}, kRead},
          {handler(1, kUnwind, kUnwindCode), landed(0)}, unhandled(kViolation));
    check({record(LAB_HANDLE_SEARCH), {LAB_OP_UNWIND, 0}}, {landed(0)}, kRanToEnd);
    check({{LAB_OP_UNWIND, 0}}, {}, kRanToEnd);
  }

  TEST_CASE("answers to an unwind other than 1 and 3 raise STATUS_INVALID_DISPOSITION") {
    // facts 3.6: the record whose handler answered is still linked, and the first to be asked.
    for (const int policy : {LAB_UNWIND_CONTINUE, LAB_UNWIND_NESTED}) {
      check({record(LAB_HANDLE_SEARCH), record(LAB_HANDLE_SEARCH, 0, policy), {LAB_OP_UNWIND, 1}},
            {handler(1, kUnwind, kUnwindCode), handler(1, kFixed, kDisposition),
             handler(0, kFixed, kDisposition),
             // The base frame unwinds: the same answer again, the second use.
             handler(1, kUnwind, kUnwindCode), handler(1, kFixed, kDisposition),
             handler(0, kFixed, kDisposition),
             // And again: now it searches.
             handler(1, kUnwind, kUnwindCode), handler(0, kUnwind, kUnwindCode)},
            unhandled(kDisposition));
    }
  }

  TEST_CASE("ExceptionCollidedUnwind with the handler's own record changes nothing") {
    check({record(LAB_HANDLE_SEARCH),
           record(LAB_HANDLE_SEARCH, 0, LAB_UNWIND_COLLIDED),
           record(LAB_HANDLE_SEARCH),
           {LAB_OP_UNWIND, 2}},
          {handler(2, kUnwind, kUnwindCode), handler(1, kUnwind, kUnwindCode), landed(0)},
          kRanToEnd);
  }

  TEST_CASE("a handler of an unwind runs operations, and the unwind goes on") {
    check({record(LAB_HANDLE_SEARCH),
           record(LAB_HANDLE_SEARCH, 0, LAB_UNWIND_STEPS),
           {LAB_OP_UNWIND, 1},
           record(LAB_HANDLE_CONTINUE),
           kRead,
           kEnd,
           kEnd,
           kNop},
          {handler(1, kUnwind, kUnwindCode), handler(3, kNone, kViolation), resumed(4), landed(0)},
          kRanToEnd);
  }

  TEST_CASE("an unwind that collides with one goes on behind the frame that was being unwound") {
    // Operation 3 unwinds to 0; handler 2 is told, and unwinds to 0 itself (operation 4): the walk
    // meets the protecting record, which names frame 2: its handler is not called again. 1 is.
    check({record(LAB_HANDLE_SEARCH),
           record(LAB_HANDLE_SEARCH),
           record(LAB_HANDLE_SEARCH, 0, LAB_UNWIND_STEPS),
           {LAB_OP_UNWIND, 2},
           {LAB_OP_UNWIND, 2}},
          {handler(2, kUnwind, kUnwindCode), handler(1, kUnwind, kUnwindCode), landed(0)},
          kRanToEnd);
  }

  TEST_CASE("an unwind to the frame that is being unwound skips its target") {
    // facts 3.6: ExceptionCollidedUnwind pops frame 1, the target; the next record lies above.
    check({record(LAB_HANDLE_UNWIND),
           record(LAB_HANDLE_SEARCH, 0, LAB_UNWIND_STEPS),
           {LAB_OP_UNWIND, 1},
           {LAB_OP_UNWIND, 0}},
          {handler(1, kUnwind, kUnwindCode), handler(0, kFixed, kBadTarget), landed(0)}, kRanToEnd);
  }

  TEST_CASE("a frame that was unwound is live but no target any more") {
    // Handler 1 is being unwound and runs operation 4; frame 2 was taken off before.
    check({record(LAB_HANDLE_UNWIND),
           record(LAB_HANDLE_SEARCH, 0, LAB_UNWIND_STEPS),
           record(LAB_HANDLE_SEARCH),
           {LAB_OP_UNWIND, 2},
           {LAB_OP_UNWIND, 0}},
          {handler(2, kUnwind, kUnwindCode), handler(1, kUnwind, kUnwindCode),
           // RtlUnwind(2): fs:[0] is the first unwind's protecting record, which lies below 2, or
           // rather 2 lies above it: it answers 3 and frame 1 is popped; 0 lies above the target.
           handler(0, kFixed, kBadTarget), landed(0)},
          kRanToEnd);
  }

  TEST_CASE("after an unwind to an invalid target the records below are gone") {
    check({record(LAB_HANDLE_UNWIND), record(LAB_HANDLE_UNWIND_BAD), record(LAB_HANDLE_SEARCH),
           kRead},
          {handler(2, kNone, kViolation), handler(1, kNone, kViolation),
           handler(2, kUnwind, kViolation), handler(1, kFixed, kBadTarget),
           handler(1, kFixed, kBadTarget), handler(0, kFixed, kBadTarget),
           handler(1, kFixed | kUnwind, kBadTarget), landed(0)},
          kRanToEnd);
  }

  TEST_CASE("the unwind policy is in the low four bits, and its uses count by themselves") {
    // 15h: 5 modulo 5 policies, LAB_UNWIND_SEARCH
    check({record(LAB_HANDLE_SEARCH), record(LAB_HANDLE_SEARCH, 0, 0x15), {LAB_OP_UNWIND, 1}},
          {handler(1, kUnwind, kUnwindCode), landed(0)}, kRanToEnd);
    // Frame 1 has continued twice; unwound, it still runs operations, whose fault it searches for.
    check({record(LAB_HANDLE_SEARCH),
           record(LAB_HANDLE_CONTINUE, 0, LAB_UNWIND_STEPS),
           kRead,
           kRead,
           {LAB_OP_UNWIND, 1},
           fault(LAB_FAULT_DIVIDE)},
          {handler(1, kNone, kViolation), resumed(2), handler(1, kNone, kViolation), resumed(3),
           handler(1, kUnwind, kUnwindCode), handler(1, kNone, kDivide), handler(0, kNone, kDivide),
           handler(0, kUnwind, kUnwindCode)},
          unhandled(kDivide));
  }
}
