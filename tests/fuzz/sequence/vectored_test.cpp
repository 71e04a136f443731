// Vectored and continue handlers. Source: facts seh-x86.md 3.2 A and B; sequence.h.
#include <doctest/doctest.h>

#include "tests/fuzz/sequence/scene.hpp"

using namespace sehlab::fuzz::sequence;

namespace {

constexpr Op add(int policy, bool first = false) {
  return {LAB_OP_ADD_VECTORED, policy, first ? 1 : 0};
}
constexpr Op add_continue(bool first = false) {
  return {LAB_OP_ADD_CONTINUE, 0, first ? 1 : 0};
}

}  // namespace

TEST_SUITE("sequence") {
  TEST_CASE("vectored handlers are called in the order of their list, before any record") {
    check({add(LAB_VECTORED_SEARCH), add(LAB_VECTORED_SEARCH), add(LAB_VECTORED_SEARCH, true),
           record(LAB_HANDLE_CONTINUE), kRead},
          {vectored(2, kNone, kViolation), vectored(0, kNone, kViolation),
           vectored(1, kNone, kViolation), handler(3, kNone, kViolation), resumed(4)},
          kRanToEnd);
  }

  TEST_CASE("one that continues ends the walk; continue handlers are told, in their order") {
    check({add(LAB_VECTORED_CONTINUE), add(LAB_VECTORED_SEARCH), add_continue(), add_continue(true),
           record(LAB_HANDLE_SEARCH), kRead},
          {vectored(0, kNone, kViolation), continued(3, kNone, kViolation),
           continued(2, kNone, kViolation), resumed(5)},
          kRanToEnd);
  }

  TEST_CASE("continue handlers are told when a frame handler continues") {
    check({add_continue(), record(LAB_HANDLE_CONTINUE), kRead},
          {handler(1, kNone, kViolation), continued(0, kNone, kViolation), resumed(2)}, kRanToEnd);
  }

  TEST_CASE("of each list at most eight are ever added, and removed ones make no room") {
    check({add(0),
           add(0),
           add(0),
           add(0),
           add(0),
           add(0),
           add(0),
           add(0),
           {LAB_OP_REMOVE_VECTORED, 1},
           add(0),
           record(LAB_HANDLE_CONTINUE),
           kRead},
          {vectored(0, kNone, kViolation), vectored(2, kNone, kViolation),
           vectored(3, kNone, kViolation), vectored(4, kNone, kViolation),
           vectored(5, kNone, kViolation), vectored(6, kNone, kViolation),
           vectored(7, kNone, kViolation), handler(10, kNone, kViolation), resumed(11)},
          kRanToEnd);
  }

  TEST_CASE("removal counts in the order of adding, whatever the order of calls") {
    check({add(0), add(0, true), {LAB_OP_REMOVE_VECTORED, 2}, record(LAB_HANDLE_CONTINUE), kRead},
          {vectored(1, kNone, kViolation), handler(3, kNone, kViolation), resumed(4)}, kRanToEnd);
    check({{LAB_OP_REMOVE_VECTORED, 2},
           {LAB_OP_REMOVE_CONTINUE},
           add_continue(),
           add_continue(),
           {LAB_OP_REMOVE_CONTINUE},
           record(LAB_HANDLE_CONTINUE),
           kRead},
          {handler(5, kNone, kViolation), continued(3, kNone, kViolation), resumed(6)}, kRanToEnd);
  }

  TEST_CASE("a noncontinuable exception is not continued, but that is a use") {
    check({add(LAB_VECTORED_CONTINUE), record(LAB_HANDLE_UNWIND), raise(0, true), kRead, kRead},
          {vectored(0, kFixed, kOwn), handler(1, kFixed, kOwn), landed(1),
           vectored(0, kNone, kViolation), resumed(3), vectored(0, kNone, kViolation)},
          unhandled(kViolation));
  }

  TEST_CASE("the dispatcher's own exceptions are first-chance exceptions as well") {
    check({add(LAB_VECTORED_SEARCH), record(LAB_HANDLE_JUNK), kRead},
          {vectored(0, kNone, kViolation), handler(1, kNone, kViolation),
           vectored(0, kFixed, kDisposition), handler(1, kFixed, kDisposition),
           vectored(0, kFixed, kDisposition), handler(1, kFixed, kDisposition),
           handler(1, kUnwind, kUnwindCode)},
          unhandled(kDisposition));
  }

  TEST_CASE("a vectored handler that faults is called for that fault; no record says nested") {
    // facts 3.4: only frame handlers run under a protecting record.
    check({add(LAB_VECTORED_STEPS), record(LAB_HANDLE_CONTINUE), kRead, fault(LAB_FAULT_DIVIDE),
           kEnd, kEnd},
          {vectored(0, kNone, kViolation), vectored(0, kNone, kDivide), handler(1, kNone, kDivide),
           resumed(3), handler(1, kNone, kViolation), resumed(2)},
          kRanToEnd);
  }

  TEST_CASE("a handler that is appended during a walk is reached, one in front is not") {
    // facts 3.2 A
    check({add(LAB_VECTORED_STEPS), record(LAB_HANDLE_CONTINUE), kRead, add(0), add(0, true), kEnd},
          {vectored(0, kNone, kViolation), vectored(3, kNone, kViolation),
           handler(1, kNone, kViolation), resumed(2)},
          kRanToEnd);
  }

  TEST_CASE("a handler that removes itself is called no more, the walk goes on behind it") {
    check({add(LAB_VECTORED_STEPS),
           add(0),
           record(LAB_HANDLE_CONTINUE),
           kRead,
           {LAB_OP_REMOVE_VECTORED, 0},
           kEnd,
           kRead},
          {vectored(0, kNone, kViolation), vectored(1, kNone, kViolation),
           handler(2, kNone, kViolation), resumed(3), vectored(1, kNone, kViolation),
           handler(2, kNone, kViolation), resumed(6)},
          kRanToEnd);
  }

  TEST_CASE("one that is removed while a walk is at it stays in the list until the walk is over") {
    // facts 3.2 A: unlinking is deferred until the walk drops its reference. Here the walk is
    // abandoned by a landing, so the reference is never dropped.
    check({add(LAB_VECTORED_STEPS),
           record(LAB_HANDLE_UNWIND),
           kRead,
           {LAB_OP_REMOVE_VECTORED, 0},
           {LAB_OP_UNWIND, 0},
           record(LAB_HANDLE_CONTINUE),
           kRead},
          {vectored(0, kNone, kViolation), landed(1), vectored(0, kNone, kViolation),
           handler(5, kNone, kViolation), resumed(6)},
          kRanToEnd);
  }

  TEST_CASE("a vectored handler runs no operations after two uses") {
    check({add(LAB_VECTORED_STEPS), record(LAB_HANDLE_CONTINUE), kRead, kEnd, kRead, kEnd,
           record(LAB_HANDLE_CONTINUE), kRead, kEnd},
          {vectored(0, kNone, kViolation), handler(1, kNone, kViolation), resumed(2),
           vectored(0, kNone, kViolation), handler(1, kNone, kViolation), resumed(4),
           vectored(0, kNone, kViolation), handler(6, kNone, kViolation), resumed(7)},
          kRanToEnd);
  }
}
