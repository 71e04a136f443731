// panic, recover and deferred functions. Source: the Go language specification ("Defer statements",
// "Handling panics"); the policies and words: sequence.h.
#include <doctest/doctest.h>

#include "tests/fuzz/sequence/scene.hpp"

using namespace sehlab::fuzz::sequence;

TEST_SUITE("sequence") {
  TEST_CASE("deferred functions run when their function returns, newest first") {
    go({defer(LAB_DEFER_PLAIN), kGocall, defer(LAB_DEFER_PLAIN), defer(LAB_DEFER_PLAIN), kEnd,
        defer(LAB_DEFER_PLAIN)},
       {deferred(3), deferred(2), deferred(5), deferred(0)}, kRanToEnd);
  }

  TEST_CASE(
      "a panic that nobody recovers runs all deferred functions and ends the process with 2") {
    go({defer(LAB_DEFER_PLAIN), kGocall, defer(LAB_DEFER_PLAIN), panic(1)},
       {deferred(2), deferred(0)}, kGoDied);
  }

  TEST_CASE("a recovered panic: its function returns, what it deferred before still runs") {
    go({kGocall, defer(LAB_DEFER_PLAIN), defer(LAB_DEFER_RECOVER), defer(LAB_DEFER_PLAIN), panic(4),
        defer(LAB_DEFER_PLAIN)},
       {deferred(3), deferred(2), recovered(2, 0x84), deferred(1), deferred(5)}, kRanToEnd);
  }

  TEST_CASE("in the outermost frame a recovered panic ends the sequence well") {
    go({defer(LAB_DEFER_RECOVER), panic(0xff), defer(LAB_DEFER_PLAIN)},
       {deferred(0), recovered(0, 0xff)}, kRanToEnd);
  }

  TEST_CASE("an outer function recovers what inner ones panicked with") {
    go({kGocall, defer(LAB_DEFER_RECOVER), kGocall, defer(LAB_DEFER_PLAIN), kGocall, panic(2)},
       {deferred(3), deferred(1), recovered(1, 0x82)}, kRanToEnd);
  }

  TEST_CASE("recover gives nil without a panic, and to a helper of a deferred function") {
    go({defer(LAB_DEFER_RECOVER), defer(LAB_DEFER_HELPED)},
       {deferred(1), recovered(1, 0), deferred(0), recovered(0, 0)}, kRanToEnd);
    go({defer(LAB_DEFER_HELPED), panic(1)}, {deferred(0), recovered(0, 0)}, kGoDied);
  }

  TEST_CASE("a function that a deferred function called, and that returns, recovers nothing") {
    // Its deferred function is not called by the panic but by its own return.
    go({kGocall, defer(LAB_DEFER_STEPS_RECOVER), panic(2), defer(LAB_DEFER_RECOVER), kEnd},
       {deferred(1), deferred(3), recovered(3, 0), recovered(1, 0x82)}, kRanToEnd);
  }

  TEST_CASE("a panic inside a deferred function may be recovered there: the first one goes on") {
    go({kGocall, defer(LAB_DEFER_STEPS_RECOVER), panic(1), defer(LAB_DEFER_RECOVER), panic(7),
        kNop},
       {deferred(1), deferred(3), recovered(3, 0x87), recovered(1, 0x81)}, kRanToEnd);
    go({defer(LAB_DEFER_STEPS), panic(1), defer(LAB_DEFER_RECOVER), panic(7)},
       {deferred(0), deferred(2), recovered(2, 0x87)}, kGoDied);
  }

  TEST_CASE("a panic of a deferred function takes the place of the one that called it") {
    go({kGocall, defer(LAB_DEFER_RECOVER), defer(LAB_DEFER_PANIC), panic(1)},
       {deferred(2), deferred(1), recovered(1, 0x82)}, kRanToEnd);
    go({kGocall, defer(LAB_DEFER_RECOVER), defer(LAB_DEFER_RECOVER_PANIC), panic(3)},
       {deferred(2), recovered(2, 0x83), deferred(1), recovered(1, 0x82)}, kRanToEnd);
    go({defer(LAB_DEFER_PANIC), panic(1)}, {deferred(0)}, kGoDied);
  }

  TEST_CASE("a panic that was aborted is not recovered later in place of an older one") {
    // Panic 2 calls 1, which runs 3..7; panic 6 calls 5, whose panic aborts it and which 4
    // recovers; 1 then recovers panic 2.
    go({kGocall, defer(LAB_DEFER_STEPS_RECOVER), panic(2), kGocall, defer(LAB_DEFER_RECOVER),
        defer(LAB_DEFER_PANIC), panic(6), kEnd},
       {deferred(1), deferred(5), deferred(4), recovered(4, 0x85), recovered(1, 0x82)}, kRanToEnd);
  }

  TEST_CASE("a deferred function that panics at a normal return is recovered by an older one") {
    go({kGocall, defer(LAB_DEFER_RECOVER), defer(LAB_DEFER_PANIC), kEnd, defer(LAB_DEFER_PLAIN)},
       {deferred(2), deferred(1), recovered(1, 0x82), deferred(4)}, kRanToEnd);
  }

  TEST_CASE("a panic in a goroutine of its own is not its maker's") {
    go({defer(LAB_DEFER_RECOVER), {LAB_OP_GO}, panic(2)}, {}, kGoDied);
    go({defer(LAB_DEFER_RECOVER), {LAB_OP_GO}, defer(LAB_DEFER_RECOVER), panic(3), panic(4)},
       {deferred(2), recovered(2, 0x83), deferred(0), recovered(0, 0x84)}, kRanToEnd);
  }

  TEST_CASE("a deferred function runs no operations at the twelfth level") {
    std::vector<Op> ops(12, kGocall);
    ops.push_back(defer(LAB_DEFER_STEPS));
    ops.push_back(kEnd);
    ops.push_back(defer(LAB_DEFER_PLAIN));
    go(ops, {deferred(12), deferred(14)}, kRanToEnd);
  }

  TEST_CASE("what is left of a function's deferred calls runs at its level after a recovery") {
    // The panic is at level 12, where no operations would be run; the function is at level 1. Its
    // deferred function 1 runs 15 and 16, so that 15 is not the outermost function's.
    std::vector<Op> ops{kGocall, defer(LAB_DEFER_STEPS), defer(LAB_DEFER_RECOVER)};
    ops.insert(ops.end(), 11, kGocall);
    ops.insert(ops.end(), {panic(1), defer(LAB_DEFER_PLAIN), kEnd, defer(LAB_DEFER_PLAIN)});
    go(ops, {deferred(2), recovered(2, 0x81), deferred(1), deferred(15), deferred(17)}, kRanToEnd);
  }
}
