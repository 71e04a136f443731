// setjmp and longjmp. Source: facts seh-x86.md 3.7 (setjmp3, longjmp), 3.6.
#include <doctest/doctest.h>

#include "tests/fuzz/sequence/scene.hpp"

using namespace sehlab::fuzz::sequence;

namespace {

constexpr Op kSetjmp{LAB_OP_SETJMP};
constexpr Op longjmp(int which) {
  return {LAB_OP_LONGJMP, which};
}

}  // namespace

TEST_SUITE("sequence") {
  TEST_CASE("longjmp unwinds to the record that setjmp found") {
    check({kSetjmp, record(LAB_HANDLE_SEARCH), longjmp(0), kNop},
          {handler(1, kUnwind, kUnwindCode), landed(0)}, kRanToEnd);
  }

  TEST_CASE("longjmp unwinds nothing where fs:[0] is what setjmp found") {
    check({record(LAB_HANDLE_CONTINUE), kSetjmp, longjmp(0), kRead},
          {landed(1), handler(0, kNone, kViolation), resumed(3)}, kRanToEnd);
  }

  TEST_CASE("longjmp chooses among live setjmp frames, the innermost first") {
    check({kSetjmp, kSetjmp, longjmp(1)}, {landed(0)}, kRanToEnd);
    check({kSetjmp, kSetjmp, longjmp(2), longjmp(5)}, {landed(1), landed(0)}, kRanToEnd);
    check({longjmp(0), kSetjmp, kEnd, longjmp(0)}, {}, kRanToEnd);
  }

  TEST_CASE("longjmp leaves a handler: the protecting record is unwound like any other") {
    check({kSetjmp, record(LAB_HANDLE_STEPS_SEARCH), kRead, longjmp(0)},
          {handler(1, kNone, kViolation), handler(1, kUnwind, kUnwindCode), landed(0)}, kRanToEnd);
  }

  TEST_CASE("a jump inside a handler leaves the dispatch alone") {
    check({record(LAB_HANDLE_STEPS_CONTINUE), kRead, kSetjmp, record(LAB_HANDLE_SEARCH), longjmp(0),
           kEnd, kNop},
          {handler(0, kNone, kViolation), handler(3, kUnwind, kUnwindCode), landed(2), resumed(1)},
          kRanToEnd);
  }

  TEST_CASE("a jump whose record was unwound is to an invalid target") {
    // Unwinding to 0, handler 1 jumps to setjmp frame 3, whose record, 2's, is off the chain.
    check({record(LAB_HANDLE_UNWIND),
           record(LAB_HANDLE_SEARCH, 0, LAB_UNWIND_STEPS),
           record(LAB_HANDLE_SEARCH),
           kSetjmp,
           {LAB_OP_UNWIND, 2},
           longjmp(0)},
          {handler(2, kUnwind, kUnwindCode), handler(1, kUnwind, kUnwindCode),
           handler(0, kFixed, kBadTarget), landed(0)},
          kRanToEnd);
  }

  TEST_CASE("longjmp runs __finally blocks, and no destructors") {
    // STATUS_UNWIND, which /EHs ignores (1.6)
    check({kSetjmp, try_finally(LAB_BLOCK_PLAIN), cxx_object(LAB_BLOCK_PLAIN), longjmp(0)},
          {finally(1, true), landed(0)}, kRanToEnd);
  }

  TEST_CASE("from a goroutine's stack nobody jumps into a frame of the thread's") {
    CHECK(predict({kCgocall,
                   {LAB_OP_ADD_VECTORED, LAB_VECTORED_STEPS},
                   kSetjmp,
                   kCallback,
                   kRead,
                   longjmp(0)},
                  Program::Go)
              .unmodelled == LAB_OP_LONGJMP);
  }

  TEST_CASE("a jump that has nothing to unwind does not call RtlUnwind") {
    const Prediction prediction = predict({kSetjmp, longjmp(0)}, Program::C, Detail::Steps);
    REQUIRE(prediction.steps.size() == 1);
    CHECK(prediction.steps[0].kind == Step::Kind::Ended);
  }
}
