// StackBase at the end of a live record. Source: facts seh-x86.md 3.2 E1 (a record must lie on the
// thread's stack, the whole of it; else STACK_INVALID and nobody is asked any more), 3.6 (RtlUnwind
// raises STATUS_BAD_STACK); sequence.h.
#include <doctest/doctest.h>

#include "tests/fuzz/sequence/scene.hpp"

using namespace sehlab::fuzz::sequence;

namespace {

constexpr Op stack_base(int frame, bool is_short = false) {
  return {LAB_OP_STACK_BASE, frame, is_short ? 1 : 0};
}

}  // namespace

TEST_SUITE("sequence") {
  TEST_CASE(
      "a record that ends where the stack ends is asked, one that lies beyond ends the walk") {
    // The thread's outermost __except lies beyond as well, so that nothing is unwound.
    check({record(LAB_HANDLE_SEARCH), record(LAB_HANDLE_SEARCH), stack_base(1), kRead},
          {handler(1, kNone, kViolation), handler(0, kNone, kViolation)}, unhandled(kViolation));
    check({record(LAB_HANDLE_CONTINUE), record(LAB_HANDLE_SEARCH), stack_base(0), kRead},
          {handler(1, kNone, kViolation)}, unhandled(kViolation));
    check({record(LAB_HANDLE_CONTINUE), stack_base(0), kRead},
          {handler(0, kNone, kViolation), resumed(2)}, kRanToEnd);
  }

  TEST_CASE("a record whose last byte lies beyond the stack's end is not asked") {
    check({record(LAB_HANDLE_CONTINUE), stack_base(0, true), kRead}, {}, unhandled(kViolation));
    check({record(LAB_HANDLE_CONTINUE), record(LAB_HANDLE_SEARCH), stack_base(1, true), kRead},
          {handler(1, kNone, kViolation)}, unhandled(kViolation));
  }

  TEST_CASE("an unwind that comes to a record beyond the stack's end raises STATUS_BAD_STACK") {
    check({record(LAB_HANDLE_SEARCH),
           record(LAB_HANDLE_SEARCH),
           record(LAB_HANDLE_SEARCH),
           stack_base(0),
           {LAB_OP_UNWIND, 2}},
          {handler(2, kUnwind, kUnwindCode)}, unhandled(kBadStack));
    check({record(LAB_HANDLE_SEARCH),
           record(LAB_HANDLE_SEARCH),
           stack_base(0, true),
           {LAB_OP_UNWIND, 1}},
          {}, unhandled(kBadStack));
    // The target itself is not looked at: the walk is over there.
    check({record(LAB_HANDLE_SEARCH),
           record(LAB_HANDLE_SEARCH),
           stack_base(0, true),
           {LAB_OP_UNWIND, 0}},
          {landed(1)}, kRanToEnd);
  }

  TEST_CASE("StackBase is put back by whoever leaves the frame") {
    check({record(LAB_HANDLE_CONTINUE), record(LAB_HANDLE_UNWIND), stack_base(0), kRead, kRead},
          {handler(1, kNone, kViolation), landed(1), handler(0, kNone, kViolation), resumed(4)},
          kRanToEnd);
    check({record(LAB_HANDLE_CONTINUE), stack_base(0, true), kEnd, kRead},
          {handler(0, kNone, kViolation), resumed(3)}, kRanToEnd);
    check({record(LAB_HANDLE_CONTINUE),
           cxx_try(LAB_CATCH_ALL, true),
           stack_base(0),
           {LAB_OP_THROW, 1},
           kRead},
          {caught(1, 0), handler(0, kNone, kViolation), resumed(4)}, kRanToEnd);
  }

  TEST_CASE("StackBase is moved to no record that lies beyond it, and not where there is none") {
    check({record(LAB_HANDLE_CONTINUE), record(LAB_HANDLE_SEARCH), stack_base(0), stack_base(1),
           kEnd, kRead},
          {handler(1, kNone, kViolation), handler(0, kNone, kViolation), resumed(5)}, kRanToEnd);
    check({stack_base(0), record(LAB_HANDLE_CONTINUE), kRead},
          {handler(1, kNone, kViolation), resumed(2)}, kRanToEnd);
  }

  TEST_CASE("a thread made meanwhile has its own stack") {
    check({record(LAB_HANDLE_SEARCH),
           stack_base(0, true),
           {LAB_OP_THREAD},
           record(LAB_HANDLE_CONTINUE),
           kRead},
          {handler(3, kNone, kViolation), resumed(4)}, kRanToEnd);
  }

  TEST_CASE("nobody calls back into Go while StackBase is moved") {
    const Prediction prediction =
        predict({kCgocall, record(LAB_HANDLE_SEARCH), stack_base(0), kCallback}, Program::Go,
                Detail::Steps);
    REQUIRE(prediction.visits.size() == 4);
    CHECK(prediction.visits.back().idle);
    CHECK_FALSE(prediction.unmodelled);
  }
}
