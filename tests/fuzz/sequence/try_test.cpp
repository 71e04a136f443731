// __try frames. Source: facts seh-x86.md 1.6, 3.7 (_except_handler3, _global_unwind2,
// _local_unwind2); sequence.h.
#include <doctest/doctest.h>

#include "tests/fuzz/sequence/scene.hpp"

using namespace sehlab::fuzz::sequence;

TEST_SUITE("sequence") {
  TEST_CASE("a filter searches, continues or executes") {
    check({try_except(LAB_FILTER_CONTINUE), try_except(LAB_FILTER_SEARCH), kRead},
          {filter(1, kNone, kViolation), filter(0, kNone, kViolation), resumed(2)}, kRanToEnd);
    check({try_except(LAB_FILTER_EXECUTE), record(LAB_HANDLE_SEARCH), kRead},
          {handler(1, kNone, kViolation), filter(0, kNone, kViolation),
           // _global_unwind2: without a record, so STATUS_UNWIND
           handler(1, kUnwind, kUnwindCode), except(0)},
          kRanToEnd);
  }

  TEST_CASE("filters run operations on top of the fault") {
    check({try_except(LAB_FILTER_STEPS_EXECUTE), kRead, record(LAB_HANDLE_CONTINUE), raise(0)},
          {filter(0, kNone, kViolation), handler(2, kNone, kOwn), resumed(3), except(0)},
          kRanToEnd);
    check({try_except(LAB_FILTER_STEPS_SEARCH), kRead, kEnd}, {filter(0, kNone, kViolation)},
          unhandled(kViolation));
    check({try_except(LAB_FILTER_STEPS_CONTINUE), kRead, kEnd, kNop},
          {filter(0, kNone, kViolation), resumed(1)}, kRanToEnd);
  }

  TEST_CASE("an exception in a filter is asked of the same filter again, as nested") {
    check({try_except(LAB_FILTER_STEPS_EXECUTE), kRead, fault(LAB_FAULT_DIVIDE)},
          {filter(0, kNone, kViolation), filter(0, kNested, kDivide), except(0)}, kRanToEnd);
  }

  TEST_CASE("the __except block runs operations with its record linked and its try left") {
    check({try_except(LAB_FILTER_EXECUTE, true), kRead, record(LAB_HANDLE_CONTINUE), raise(0), kEnd,
           kRead},
          {filter(0, kNone, kViolation), except(0), handler(2, kNone, kOwn), resumed(3)},
          unhandled(kViolation));
  }

  TEST_CASE("a __finally block runs at the frame's end, and in an unwind as abnormal termination") {
    check({try_finally(LAB_BLOCK_PLAIN), kEnd}, {finally(0, false)}, kRanToEnd);
    check({try_except(LAB_FILTER_EXECUTE), try_finally(LAB_BLOCK_PLAIN), kRead},
          {filter(0, kNone, kViolation), finally(1, true), except(0)}, kRanToEnd);
    // By the base frame's unwind as well.
    check({try_finally(LAB_BLOCK_PLAIN), kRead}, {finally(0, true)}, unhandled(kViolation));
  }

  TEST_CASE("a __finally block runs operations") {
    check({record(LAB_HANDLE_CONTINUE), try_finally(LAB_BLOCK_STEPS), kEnd, kRead, kEnd, kRead},
          {finally(1, false), handler(0, kNone, kViolation), resumed(3),
           handler(0, kNone, kViolation), resumed(5)},
          kRanToEnd);
  }

  TEST_CASE("of two scopes in a function the inner __finally runs before the __except block") {
    check({try_both(LAB_FILTER_EXECUTE, LAB_BLOCK_PLAIN), kRead},
          {filter(0, kNone, kViolation), finally(0, true), except(0)}, kRanToEnd);
    check({try_both(LAB_FILTER_EXECUTE, LAB_BLOCK_PLAIN), kEnd, kNop}, {finally(0, false)},
          kRanToEnd);
  }

  TEST_CASE("an exception in a __finally block at the frame's end is still in the outer scope") {
    check({try_both(LAB_FILTER_EXECUTE, LAB_BLOCK_STEPS), kEnd, kRead},
          {finally(0, false), filter(0, kNone, kViolation), except(0)}, kRanToEnd);
  }

  TEST_CASE("an exception in a __finally block before __except: the guard, then the same filter") {
    // The frame is the chain's head below the guard; the level is the outer scope's, the protecting
    // record is gone. The second EXECUTE unwinds the guard (collided: behind it) and lands.
    check({try_both(LAB_FILTER_EXECUTE, LAB_BLOCK_STEPS), kRead, fault(LAB_FAULT_DIVIDE)},
          {filter(0, kNone, kViolation), finally(0, true), filter(0, kNone, kDivide), except(0)},
          kRanToEnd);
  }

  TEST_CASE("an exception in a __finally block of an unwind that the same function would take") {
    // facts 3.6: RtlUnwind(0) for __except meets the guard (goes on behind it), then the first
    // unwind's protecting record, which pops frame 0, its target: STATUS_INVALID_UNWIND_TARGET.
    check(
        {record(LAB_HANDLE_UNWIND),
         try_both(LAB_FILTER_EXECUTE, LAB_BLOCK_STEPS),
         {LAB_OP_UNWIND, 0},
         kRead},
        {finally(1, true), filter(1, kNone, kViolation), handler(0, kFixed, kBadTarget), landed(0)},
        kRanToEnd);
  }

  TEST_CASE("an outer function takes what a __finally block raises: the block does not run again") {
    check({try_except(LAB_FILTER_EXECUTE), try_finally(LAB_BLOCK_STEPS), kRead,
           fault(LAB_FAULT_DIVIDE)},
          {filter(0, kNone, kViolation), finally(1, true), filter(0, kNone, kDivide), except(0)},
          kRanToEnd);
  }

  TEST_CASE("__except takes a noncontinuable exception, a filter that continues it does not") {
    check({try_except(LAB_FILTER_EXECUTE), raise(0, true)}, {filter(0, kFixed, kOwn), except(0)},
          kRanToEnd);
    check({try_except(LAB_FILTER_EXECUTE), try_except(LAB_FILTER_CONTINUE), raise(0, true)},
          {filter(1, kFixed, kOwn), filter(1, kFixed, kNoncontinuable),
           filter(1, kFixed, kNoncontinuable), filter(0, kFixed, kNoncontinuable), except(0)},
          kRanToEnd);
  }

  TEST_CASE(
      "an __except block runs operations one level inside of its function's, not the fault's") {
    // Eleven frames: the function is at level 11, its __try and its block at level 12. The block
    // ends at 13, so that 14 has eleven frames to choose from, and takes number 10, the outermost.
    std::vector<Op> ops(11, {LAB_OP_SETJMP});
    ops.insert(ops.end(),
               {try_except(LAB_FILTER_EXECUTE, true), kRead, kEnd, {LAB_OP_LONGJMP, 10}});
    check(ops, {filter(11, kNone, kViolation), except(11), landed(0)}, kRanToEnd);
  }

  TEST_CASE("the steps of a local unwind's guard") {
    // 3.7: an exception in a __finally block of an unwind; the guard answers 1 to it, and 3 to the
    // unwind that the block is left by.
    const Prediction prediction =
        predict({try_except(LAB_FILTER_EXECUTE), try_finally(LAB_BLOCK_STEPS), kRead,
                 fault(LAB_FAULT_DIVIDE)},
                Program::C, Detail::Steps);
    std::vector<std::int32_t> answers;
    for (const Step& step : prediction.steps) {
      const bool guard = step.record == RecordRef{RecordKind::LocalUnwindGuard, 1};
      if (guard && step.kind == Step::Kind::Returned) answers.push_back(step.value);
    }
    CHECK(answers == std::vector<std::int32_t>{1, 3});
  }
}
