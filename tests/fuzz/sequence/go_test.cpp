// C and Go calling each other, and faults in both. Source: facts go-windows-386.md (sections in the
// comments), the commit 1249d3a (endcgo restores fs:[0]), seh-x86.md 3.6, 3.10.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/fuzz/sequence/scene.hpp"

using namespace sehlab::fuzz::sequence;

TEST_SUITE("sequence") {
  TEST_CASE("faults of Go code become panics, or end the process") {
    // 1.8: issigpanic, and sigpanic's look at the address; 0: no panic, exit code 2.
    const std::vector<std::uint32_t> values{1, 1, 0, 5, 2, 3, 0, 0, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0};
    REQUIRE(values.size() == LAB_FAULTS);
    for (int which = 0; which < LAB_FAULTS; ++which) {
      if (which == LAB_FAULT_INT3) continue;
      const std::uint32_t value = values[static_cast<std::size_t>(which)];
      if (value == 0) {
        go({defer(LAB_DEFER_RECOVER), fault(which)}, {}, kGoDied);
      } else {
        go({defer(LAB_DEFER_RECOVER), fault(which)}, {deferred(0), recovered(0, value)}, kRanToEnd);
      }
    }
  }

  TEST_CASE("a breakpoint in Go code cannot be unwound: the protecting record is on its stack") {
    // 1.8: sigtramp answers 1; seh-x86.md 3.9: the base frame takes it and unwinds; 3.6: the first
    // record that RtlUnwind meets is the dispatcher's own on the goroutine's stack, 3.10: which
    // ends the next dispatch as well.
    go({defer(LAB_DEFER_RECOVER), fault(LAB_FAULT_INT3)}, {}, unhandled(kBadTarget));
    Model below(GoroutineStacks::BelowThreads);
    Prediction prediction;
    below.predict(bytes_of({fault(LAB_FAULT_INT3)}), Program::Go, Detail::Log, prediction);
    CHECK(prediction.ending == unhandled(kBadStack));
  }

  TEST_CASE("a breakpoint in Go code may be continued by C's record outside of the callback") {
    go({kCgocall, record(LAB_HANDLE_CONTINUE), kCallback, fault(LAB_FAULT_INT3)},
       {handler(1, kNone, kBreakpoint), resumed(3)}, kRanToEnd);
    go({kCgocall, record(LAB_HANDLE_UNWIND), kCallback, fault(LAB_FAULT_INT3)},
       {handler(1, kNone, kBreakpoint)}, unhandled(kBadTarget));
  }

  TEST_CASE("C handles its faults by records of its own; what comes to sigtramp kills") {
    // 1.8: on the thread's own stack, "signal arrived during cgo execution"
    go({kCgocall, record(LAB_HANDLE_UNWIND), kRead, kEnd, kNop},
       {handler(1, kNone, kViolation), landed(1)}, kRanToEnd);
    go({defer(LAB_DEFER_RECOVER), kCgocall, record(LAB_HANDLE_SEARCH), kRead},
       {handler(2, kNone, kViolation)}, kGoDied);
    go({kCgocall, record(LAB_HANDLE_SEARCH), raise(0)}, {handler(1, kNone, kOwn)}, kGoDied);
    // The dispatcher's own exceptions as well.
    go({kCgocall, record(LAB_HANDLE_JUNK), kRead},
       {handler(1, kNone, kViolation), handler(1, kFixed, kDisposition),
        handler(1, kFixed, kDisposition)},
       kGoDied);
  }

  TEST_CASE("a breakpoint in C passes sigtramp and is the base frame's") {
    go({kCgocall, record(LAB_HANDLE_SEARCH), fault(LAB_FAULT_INT3)},
       {handler(1, kNone, kBreakpoint), handler(1, kUnwind, kUnwindCode)}, unhandled(kBreakpoint));
  }

  TEST_CASE("a panic in a callback passes C without a handler being called (issue 7470)") {
    // 2, 3: afterwards fs:[0] is mstart's record, so that the fault 7 is a panic again.
    go({defer(LAB_DEFER_RECOVER),
        kGocall,
        defer(LAB_DEFER_RECOVER),
        kCgocall,
        record(LAB_HANDLE_CONTINUE, 0, LAB_UNWIND_STEPS),
        kCallback,
        panic(6),
        {LAB_OP_REUSE},
        kRead},
       {deferred(2), recovered(2, 0x86), deferred(0), recovered(0, LAB_VALUE_MEMORY)}, kRanToEnd);
  }

  TEST_CASE("a panic passes two calls of C; deferred functions between them fault and recover") {
    // 3: each endcgo restores what its cgocall found: for the inner one callbackasm1's record.
    go({kGocall, defer(LAB_DEFER_RECOVER), kCgocall, record(LAB_HANDLE_SEARCH), kCallback,
        defer(LAB_DEFER_STEPS), kCgocall, record(LAB_HANDLE_SEARCH), kCallback, panic(8),
        // Deferred function 5, in the outer callback: its fault is a panic, which 11 recovers.
        kGocall, defer(LAB_DEFER_RECOVER), kRead, kEnd, kNop},
       {deferred(5), deferred(11), recovered(11, LAB_VALUE_MEMORY), deferred(1),
        recovered(1, 0x88)},
       kRanToEnd);
  }

  TEST_CASE("a callback that recovers returns to C") {
    go({kCgocall, record(LAB_HANDLE_CONTINUE), kCallback, defer(LAB_DEFER_RECOVER), panic(4),
        kRead},
       {deferred(3), recovered(3, 0x84), handler(1, kNone, kViolation), resumed(5)}, kRanToEnd);
  }

  TEST_CASE("a panic out of a handler's callback abandons the dispatch") {
    go({kGocall, defer(LAB_DEFER_RECOVER), kCgocall, record(LAB_HANDLE_STEPS_CONTINUE), kRead,
        kCallback, panic(6), kNop},
       {handler(3, kNone, kViolation), deferred(1), recovered(1, 0x86)}, kRanToEnd);
  }

  TEST_CASE("live frames are those of the innermost call of C") {
    go({kCgocall,
        record(LAB_HANDLE_SEARCH),
        kCallback,
        kCgocall,
        {LAB_OP_UNWIND, 0},
        record(LAB_HANDLE_SEARCH),
        {LAB_OP_UNWIND, 1}},
       {landed(5)}, kRanToEnd);
    // Handler 1 is asked while the inner call of C is going on, which has no frame to choose.
    go({kCgocall, record(LAB_HANDLE_UNWIND_TO), kCallback, kCgocall, fault(LAB_FAULT_INT3)},
       {handler(1, kNone, kBreakpoint), handler(1, kUnwind, kUnwindCode)}, unhandled(kBreakpoint));
  }

  TEST_CASE("C that unwinds Go frames goes on, until cgocall finds its deferred call gone") {
    // 1.6: "bad defer entry"
    go({kCgocall, record(LAB_HANDLE_UNWIND), kCallback, kCgocall, fault(LAB_FAULT_INT3), kNop},
       {handler(1, kNone, kBreakpoint), landed(1)}, kGoDied);
  }

  TEST_CASE("vectored handlers see Go's faults first, and may continue them") {
    go({kCgocall, {LAB_OP_ADD_VECTORED, LAB_VECTORED_CONTINUE}, kEnd, kRead},
       {vectored(1, kNone, kViolation), resumed(3)}, kRanToEnd);
  }

  TEST_CASE("continue handlers are told that sigtramp makes a fault a panic") {
    // seh-x86.md 3.2 B: a frame handler returned 0.
    go({defer(LAB_DEFER_RECOVER), kCgocall, {LAB_OP_ADD_CONTINUE}, kEnd, kRead},
       {continued(2, kNone, kViolation), deferred(0), recovered(0, LAB_VALUE_MEMORY)}, kRanToEnd);
  }

  TEST_CASE("a fault in a vectored handler on a goroutine's stack is that goroutine's panic") {
    // 1.8: sigtramp asks which g runs, and that is the goroutine.
    go({defer(LAB_DEFER_RECOVER),
        kCgocall,
        {LAB_OP_ADD_VECTORED, LAB_VECTORED_STEPS},
        kEnd,
        kRead,
        fault(LAB_FAULT_DIVIDE)},
       {vectored(2, kNone, kViolation), vectored(2, kNone, kDivide), deferred(0),
        recovered(0, LAB_VALUE_DIVIDE)},
       kRanToEnd);
  }

  TEST_CASE("a record on a goroutine's stack ends the dispatch: STACK_INVALID") {
    // seh-x86.md 3.2 E1, 3.10
    go({kCgocall,
        {LAB_OP_ADD_VECTORED, LAB_VECTORED_STEPS},
        kEnd,
        kRead,
        record(LAB_HANDLE_CONTINUE),
        fault(LAB_FAULT_DIVIDE)},
       {vectored(1, kNone, kViolation), vectored(1, kNone, kDivide)}, unhandled(kDivide));
  }

  TEST_CASE("a thread that Go does not know has no record of Go's before it calls back") {
    // 1.5: needm links one, dropm takes it away.
    go({kCgocall, {LAB_OP_THREAD}, kRead}, {}, unhandled(kViolation));
    go({kCgocall, {LAB_OP_THREAD}, kCallback, kEnd, kRead}, {}, unhandled(kViolation));
    go({kCgocall, {LAB_OP_THREAD}, kCallback, defer(LAB_DEFER_RECOVER), kRead},
       {deferred(3), recovered(3, LAB_VALUE_MEMORY)}, kRanToEnd);
    go({kGocall, defer(LAB_DEFER_RECOVER), kCgocall, {LAB_OP_THREAD}, kCallback, panic(1)}, {},
       kGoDied);
  }

  TEST_CASE("on such a thread a callback has two records of Go's") {
    const Prediction prediction = predict(
        {kCgocall, {LAB_OP_THREAD}, record(LAB_HANDLE_CONTINUE), kCallback, fault(LAB_FAULT_INT3)},
        Program::Go, Detail::Steps);
    CHECK(std::ranges::count_if(prediction.steps, [](const Step& step) {
            return step.kind == Step::Kind::HandlerEntered &&
                   step.record.kind == RecordKind::Sigtramp;
          }) == 2);
  }

  TEST_CASE("threads of a C program have frames and records of their own") {
    check({record(LAB_HANDLE_CONTINUE), {LAB_OP_THREAD}, {LAB_OP_UNWIND, 0}, kEnd, kRead},
          {handler(0, kNone, kViolation), resumed(4)}, kRanToEnd);
    check({record(LAB_HANDLE_CONTINUE), {LAB_OP_THREAD}, kRead}, {}, unhandled(kViolation));
    check({{LAB_OP_ADD_VECTORED, LAB_VECTORED_CONTINUE}, {LAB_OP_THREAD}, kRead},
          {vectored(0, kNone, kViolation), resumed(2)}, kRanToEnd);
  }

  TEST_CASE("what nobody's rules determine is said to be unmodelled") {
    // C on a goroutine's stack calls back: the goroutine's saved stack pointer is stale (1.7).
    const std::vector<Op> vectored_callback{
        kCgocall, {LAB_OP_ADD_VECTORED, LAB_VECTORED_STEPS}, kEnd, kRead, kCallback};
    CHECK(predict(vectored_callback, Program::Go).unmodelled == LAB_OP_CALLBACK);
    // It unwinds into a frame on the thread's stack.
    const std::vector<Op> vectored_unwind{kCgocall,
                                          {LAB_OP_ADD_VECTORED, LAB_VECTORED_STEPS},
                                          record(LAB_HANDLE_SEARCH),
                                          kCallback,
                                          kRead,
                                          {LAB_OP_UNWIND, 0}};
    CHECK(predict(vectored_unwind, Program::Go).unmodelled == LAB_OP_UNWIND);
    // C unwound Go frames, and calls back again.
    CHECK(predict({kCgocall, record(LAB_HANDLE_UNWIND), kCallback, kCgocall, fault(LAB_FAULT_INT3),
                   kCallback},
                  Program::Go)
              .unmodelled == LAB_OP_CALLBACK);
  }

  TEST_CASE("the steps of a dispatch that a record on a goroutine's stack ends") {
    const Prediction prediction = predict({kCgocall,
                                           {LAB_OP_ADD_VECTORED, LAB_VECTORED_STEPS},
                                           kEnd,
                                           kRead,
                                           record(LAB_HANDLE_CONTINUE),
                                           fault(LAB_FAULT_DIVIDE)},
                                          Program::Go, Detail::Steps);
    REQUIRE(prediction.steps.size() >= 2);
    const Step abandoned = prediction.steps[prediction.steps.size() - 2];
    CHECK(abandoned == Step{Step::Kind::Abandoned, {}, kDivide, 8, 1});
  }

  TEST_CASE("after endcgo a deferred function's breakpoint is not asked of C that is gone") {
    // 3: while the panic is still going on, fs:[0] is the outer callback's record, behind which
    // comes C's record 3; record 7 is of the inner call of C, which the panic has passed.
    go({kGocall, defer(LAB_DEFER_RECOVER), kCgocall, record(LAB_HANDLE_CONTINUE), kCallback,
        defer(LAB_DEFER_STEPS), kCgocall, record(LAB_HANDLE_CONTINUE), kCallback, panic(9),
        fault(LAB_FAULT_INT3), kEnd},
       {deferred(5), handler(3, kNone, kBreakpoint), resumed(10), deferred(1), recovered(1, 0x89)},
       kRanToEnd);
  }
}
