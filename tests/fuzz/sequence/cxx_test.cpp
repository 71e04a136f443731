// C++ frames. Source: facts seh-x86.md 1.6 (EHFlags bit 0: /EHs), 3.7 (__CxxFrameHandler3).
#include <doctest/doctest.h>

#include "tests/fuzz/sequence/scene.hpp"

using namespace sehlab::fuzz::sequence;

TEST_SUITE("sequence") {
  TEST_CASE("catch (int) and catch (...) take what was thrown, and go on behind the try") {
    check({record(LAB_HANDLE_CONTINUE), cxx_try(LAB_CATCH_INT), throws(7), kRead},
          {caught(1, 7), handler(0, kNone, kViolation), resumed(3)}, kRanToEnd);
    check({cxx_try(LAB_CATCH_ALL), throws(7), kNop}, {caught(0, 0)}, kRanToEnd);
  }

  TEST_CASE("neither takes anything else") {
    check({record(LAB_HANDLE_CONTINUE), cxx_try(LAB_CATCH_ALL), kRead, raise(0)},
          {handler(0, kNone, kViolation), resumed(2), handler(0, kNone, kOwn), resumed(3)},
          kRanToEnd);
  }

  TEST_CASE("a catch unwinds with the exception's record: destructors run, innermost first") {
    check({cxx_try(LAB_CATCH_INT), cxx_object(LAB_BLOCK_PLAIN), record(LAB_HANDLE_SEARCH),
           cxx_object(LAB_BLOCK_PLAIN), throws(9)},
          {handler(2, kFixed, kCxx), destroyed(3), handler(2, kFixed | kUnwind, kCxx), destroyed(1),
           caught(0, 9)},
          kRanToEnd);
  }

  TEST_CASE("an unwind of another code passes objects by") {
    // /EHs: the handler looks at no other exception, in an unwind either.
    check({try_except(LAB_FILTER_EXECUTE), cxx_object(LAB_BLOCK_PLAIN), throws(1)},
          {filter(0, kFixed, kCxx), except(0)}, kRanToEnd);
    check({record(LAB_HANDLE_UNWIND), cxx_object(LAB_BLOCK_PLAIN), kRead},
          {handler(0, kNone, kViolation), landed(0)}, kRanToEnd);
    check({cxx_object(LAB_BLOCK_PLAIN), throws(1)}, {}, unhandled(kCxx));
  }

  TEST_CASE("a handler that unwinds with a C++ exception's record has destructors run") {
    check({record(LAB_HANDLE_UNWIND), cxx_object(LAB_BLOCK_PLAIN), throws(1)},
          {handler(0, kFixed, kCxx), destroyed(1), landed(0)}, kRanToEnd);
  }

  TEST_CASE("a destructor runs at its frame's end, once") {
    check({cxx_object(LAB_BLOCK_PLAIN), kEnd, kNop}, {destroyed(0)}, kRanToEnd);
    check({record(LAB_HANDLE_UNWIND), cxx_object(LAB_BLOCK_STEPS), kEnd, kRead},
          {destroyed(1), handler(0, kNone, kViolation), landed(0)}, kRanToEnd);
  }

  TEST_CASE("what a catch block throws is for tries outside") {
    check({cxx_try(LAB_CATCH_INT), cxx_try(LAB_CATCH_ALL, true), throws(3), throws(4)},
          {caught(1, 0), caught(0, 4)}, kRanToEnd);
  }

  TEST_CASE("a catch block runs operations one level inside of its try's function") {
    check({cxx_try(LAB_CATCH_INT, true),
           record(LAB_HANDLE_SEARCH),
           throws(3),
           // The catch block: frame 1 is no live frame any more.
           {LAB_OP_UNWIND, 0},
           record(LAB_HANDLE_CONTINUE),
           kRead,
           kEnd,
           kEnd,
           kRead},
          {handler(1, kFixed, kCxx), handler(1, kFixed | kUnwind, kCxx), caught(0, 3),
           handler(4, kNone, kViolation), resumed(5)},
          unhandled(kViolation));
  }

  TEST_CASE("a destructor throws and catches inside itself while it is run by an unwind") {
    check({cxx_try(LAB_CATCH_INT), cxx_object(LAB_BLOCK_STEPS), throws(3), cxx_try(LAB_CATCH_INT),
           throws(4), kEnd},
          {destroyed(1), caught(3, 4), caught(0, 3)}, kRanToEnd);
  }

  TEST_CASE("a fault in a destructor of an unwind, taken outside: the destructor runs no more") {
    // seh-x86.md 3.6: the second unwind collides with the first and goes on behind the object.
    check({try_except(LAB_FILTER_EXECUTE), cxx_try(LAB_CATCH_INT), cxx_object(LAB_BLOCK_STEPS),
           throws(3), kRead},
          {destroyed(2), filter(0, kNone, kViolation), except(0)}, kRanToEnd);
  }

  TEST_CASE("what a destructor throws out of itself is not modelled: std::terminate") {
    CHECK(predict({cxx_try(LAB_CATCH_ALL), cxx_object(LAB_BLOCK_STEPS), throws(3), throws(4)})
              .unmodelled == LAB_OP_CXX_OBJECT);
    CHECK(predict({cxx_try(LAB_CATCH_ALL), cxx_object(LAB_BLOCK_STEPS), kEnd, throws(4)})
              .unmodelled == LAB_OP_CXX_OBJECT);
  }

  TEST_CASE("a C++ exception is noncontinuable") {
    // seh-x86.md 3.2 E5
    check({record(LAB_HANDLE_UNWIND), record(LAB_HANDLE_CONTINUE), throws(1)},
          {handler(1, kFixed, kCxx), handler(1, kFixed, kNoncontinuable),
           handler(1, kFixed, kNoncontinuable), handler(0, kFixed, kNoncontinuable),
           handler(1, kFixed | kUnwind, kNoncontinuable), landed(0)},
          kRanToEnd);
  }

  TEST_CASE("a C++ exception in a Go program that C does not catch is sigtramp's") {
    // go-windows-386.md 1.8
    check({kCgocall, cxx_try(LAB_CATCH_INT), throws(2), throws(3)}, {caught(1, 2)}, kGoDied,
          Program::Go);
  }

  TEST_CASE("a catch block's level is its function's, not the throw's") {
    // As of __except blocks: the function at level 11, the block's operations at level 12.
    std::vector<Op> ops(11, {LAB_OP_SETJMP});
    ops.insert(ops.end(), {cxx_try(LAB_CATCH_INT, true), throws(5), kEnd, {LAB_OP_LONGJMP, 10}});
    check(ops, {caught(11, 5), landed(0)}, kRanToEnd);
  }
}
