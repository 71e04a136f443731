// What handlers are asked, in which order, with which flags. Sources: facts seh-x86.md 3.2 (the
// walk), 3.4 (the protecting record), 3.5 (RaiseException); sequence.h for the policies.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/fuzz/sequence/scene.hpp"

using namespace sehlab::fuzz::sequence;
namespace win32 = sehlab::win32;

TEST_SUITE("sequence") {
  TEST_CASE("each fault raises the exception of its instruction") {
    // facts 2.1, 2.2
    const std::vector<std::uint32_t> codes{
        0xC0000005, 0xC0000005, 0xC0000005, 0xC0000005, 0xC0000094, 0xC0000095,
        0xC000001D, 0x80000003, 0xC0000096, 0x80000004, 0xC000008C, 0xC0000095,
        0xC000001E, 0xC0000005, 0xC0000420, 0xC000008E, 0xC00002B5, 0x80000001};
    REQUIRE(codes.size() == LAB_FAULTS);
    for (int which = 0; which < LAB_FAULTS; ++which) {
      const std::uint32_t code = codes[static_cast<std::size_t>(which)];
      check({record(LAB_HANDLE_CONTINUE), fault(which)}, {handler(0, kNone, code), resumed(1)},
            kRanToEnd);
      check({fault(which)}, {}, unhandled(code));
    }
  }

  TEST_CASE("a software exception has the code and of the flags only noncontinuable") {
    check({record(LAB_HANDLE_CONTINUE), raise(0), raise(3)},
          {handler(0, kNone, kOwn), resumed(1), handler(0, kNone, kDivide), resumed(2)}, kRanToEnd);
    check({record(LAB_HANDLE_SEARCH), raise(0, true)},
          {handler(0, kFixed, kOwn), handler(0, kUnwind, kUnwindCode)}, unhandled(kOwn));
  }

  TEST_CASE("handlers are asked from the innermost outwards until one continues") {
    check(
        {record(LAB_HANDLE_SEARCH), record(LAB_HANDLE_CONTINUE), record(LAB_HANDLE_SEARCH), kRead},
        {handler(2, kNone, kViolation), handler(1, kNone, kViolation), resumed(3)}, kRanToEnd);
  }

  TEST_CASE("a policy is followed twice, then the handler searches on") {
    check({record(LAB_HANDLE_CONTINUE), kRead, kRead, kRead},
          {handler(0, kNone, kViolation), resumed(1), handler(0, kNone, kViolation), resumed(2),
           handler(0, kNone, kViolation), handler(0, kUnwind, kUnwindCode)},
          unhandled(kViolation));
  }

  TEST_CASE("an exception that nobody takes is the base frame's, which unwinds all") {
    // facts 3.9, 3.7: _except_handler4 unwinds without a record, so with STATUS_UNWIND.
    check({record(LAB_HANDLE_SEARCH), record(LAB_HANDLE_SEARCH), kRead},
          {handler(1, kNone, kViolation), handler(0, kNone, kViolation),
           handler(1, kUnwind, kUnwindCode), handler(0, kUnwind, kUnwindCode)},
          unhandled(kViolation));
  }

  TEST_CASE("continuing a noncontinuable exception raises another one, from the chain's head") {
    // facts 3.2 E5; the new one is noncontinuable as well.
    check({record(LAB_HANDLE_CONTINUE), record(LAB_HANDLE_SEARCH), raise(0, true)},
          {handler(1, kFixed, kOwn), handler(0, kFixed, kOwn), handler(1, kFixed, kNoncontinuable),
           handler(0, kFixed, kNoncontinuable), handler(1, kFixed, kNoncontinuable),
           handler(0, kFixed, kNoncontinuable), handler(1, kUnwind, kUnwindCode),
           handler(0, kUnwind, kUnwindCode)},
          unhandled(kNoncontinuable));
  }

  TEST_CASE(
      "what is no disposition raises STATUS_INVALID_DISPOSITION, ExceptionCollidedUnwind too") {
    // facts 3.2 E5: "other (3 included)"
    for (const int policy : {LAB_HANDLE_JUNK, LAB_HANDLE_COLLIDED}) {
      check({record(LAB_HANDLE_UNWIND), record(policy), kRead},
            {handler(1, kNone, kViolation), handler(1, kFixed, kDisposition),
             handler(1, kFixed, kDisposition), handler(0, kFixed, kDisposition),
             handler(1, kFixed | kUnwind, kDisposition), landed(0)},
            kRanToEnd);
    }
  }

  TEST_CASE("ExceptionNestedException by a handler marks the exception for all frames outside") {
    // facts 3.2 E5: the flag stays until the frame in the dispatcher's context is met again, and
    // that frame, the handler's own, lies behind.
    check(
        {record(LAB_HANDLE_SEARCH), record(LAB_HANDLE_CONTINUE), record(LAB_HANDLE_NESTED), kRead},
        {handler(2, kNone, kViolation), handler(1, kNested, kViolation), resumed(3)}, kRanToEnd);
  }

  TEST_CASE("an exception in a handler is nested up to and including that handler's frame") {
    // facts 3.2 E, 3.4. Operation 3 faults; handler 1 runs operation 4, which faults; that one is
    // asked of the protecting record, then of 2 and 1 again (both inside), then 0.
    check({record(LAB_HANDLE_SEARCH), record(LAB_HANDLE_STEPS_SEARCH), record(LAB_HANDLE_SEARCH),
           kRead, fault(LAB_FAULT_DIVIDE), kEnd},
          {handler(2, kNone, kViolation), handler(1, kNone, kViolation),
           // Operation 4, in handler 1.
           handler(2, kNested, kDivide), handler(1, kNested, kDivide),
           // Handler 1's second use: its operations end at once (5).
           handler(0, kNone, kDivide), handler(2, kUnwind, kUnwindCode),
           handler(1, kUnwind, kUnwindCode), handler(0, kUnwind, kUnwindCode)},
          unhandled(kDivide));
  }

  TEST_CASE("a handler that continues a nested exception lets the first handler go on") {
    // facts 3.4: the protecting record says nested, frame 1 is asked again: it is the handler whose
    // operations fault, and its second use continues.
    check({record(LAB_HANDLE_STEPS_CONTINUE), kRead, fault(LAB_FAULT_DIVIDE), kEnd, kEnd},
          {handler(0, kNone, kViolation), handler(0, kNested, kDivide), resumed(2), resumed(1)},
          kRanToEnd);
  }

  TEST_CASE("a frame that a handler opens is asked before the protecting record") {
    check({record(LAB_HANDLE_STEPS_CONTINUE), kRead, record(LAB_HANDLE_CONTINUE),
           fault(LAB_FAULT_DIVIDE), kEnd, kEnd},
          {handler(0, kNone, kViolation), handler(2, kNone, kDivide), resumed(3), resumed(1)},
          kRanToEnd);
  }

  TEST_CASE("STACK_INVALID, set by a handler, ends the process without asking another") {
    // facts 3.2 E5, 3.9: second chance; the base frame is not asked, so nothing is unwound.
    check({record(LAB_HANDLE_CONTINUE), record(LAB_HANDLE_INVALIDATE), kRead},
          {handler(1, kNone, kViolation)}, unhandled(kViolation));
  }

  TEST_CASE(
      "the base frame is asked again about an exception while it unwinds, and ends with that") {
    // facts 3.6: the second unwind passes the first one's protecting record, collides, and goes on
    // behind frame 0.
    check({record(LAB_HANDLE_SEARCH, 0, LAB_UNWIND_STEPS), kRead, fault(LAB_FAULT_DIVIDE)},
          {handler(0, kNone, kViolation), handler(0, kUnwind, kUnwindCode),
           handler(0, kNone, kDivide)},
          unhandled(kDivide));
  }

  TEST_CASE("the steps of one fault") {
    // facts 3.2, 3.4, 3.6
    const Prediction prediction = predict(
        {record(LAB_HANDLE_UNWIND), record(LAB_HANDLE_SEARCH), kRead}, Program::C, Detail::Steps);
    using Kind = Step::Kind;
    const RecordRef r0{RecordKind::Raw, 0}, r1{RecordKind::Raw, 1},
        protector{RecordKind::Protector, 0};
    const std::vector<Step> expected{{Kind::Raised, {}, kViolation, 0, 0},
                                     {Kind::HandlerEntered, r1, kViolation, 0, 0},
                                     {Kind::Returned, r1, kViolation, 0, 1},
                                     {Kind::HandlerEntered, r0, kViolation, 0, 0},
                                     {Kind::UnwindBegun, r0, kViolation, 2, 0},
                                     {Kind::HandlerEntered, protector, kViolation, 2, 0},
                                     {Kind::Returned, protector, kViolation, 2, 1},
                                     {Kind::Unwound, protector, kViolation, 2, 0},
                                     {Kind::HandlerEntered, r1, kViolation, 2, 0},
                                     {Kind::Returned, r1, kViolation, 2, 1},
                                     {Kind::Unwound, r1, kViolation, 2, 0},
                                     {Kind::UnwindEnded, r0, kViolation, 2, 0},
                                     {Kind::Ended, {}, 0, 0, 0}};
    CHECK(prediction.steps.size() == expected.size());
    CHECK(std::ranges::equal(prediction.steps, expected));
  }

  TEST_CASE("of two handlers that faulted the outer one's frame ends the nesting") {
    // facts 3.2 E5: the context is taken when it lies above. Handler 1 faults (3); its frame is
    // asked again (its operations end at 4), then 0, which faults (5). The two protecting records
    // name 0, then 1: nested up to 0.
    constexpr std::uint32_t kOverflow = 0xC0000095;
    check({record(LAB_HANDLE_STEPS_SEARCH), record(LAB_HANDLE_STEPS_SEARCH), kRead,
           fault(LAB_FAULT_DIVIDE), kEnd, fault(LAB_FAULT_OVERFLOW), kEnd},
          {handler(1, kNone, kViolation), handler(1, kNested, kDivide), handler(0, kNone, kDivide),
           handler(1, kNested, kOverflow), handler(0, kNested, kOverflow),
           handler(1, kUnwind, kUnwindCode), handler(0, kUnwind, kUnwindCode)},
          unhandled(kOverflow));
    // The other way round: handler 0 faults (4), of which handler 1 is asked, and faults (5). The
    // records name 1, then 0.
    check(
        {record(LAB_HANDLE_STEPS_SEARCH), record(LAB_HANDLE_STEPS_SEARCH), kRead, kEnd,
         fault(LAB_FAULT_DIVIDE), fault(LAB_FAULT_OVERFLOW), kEnd},
        {handler(1, kNone, kViolation), handler(0, kNone, kViolation), handler(1, kNested, kDivide),
         handler(1, kNested, kOverflow), handler(0, kNested, kOverflow),
         handler(1, kUnwind, kUnwindCode), handler(0, kUnwind, kUnwindCode)},
        unhandled(kOverflow));
  }
}
