// The expectations' source is guest/include/lab/sequence.h.
#include "host/fuzz/sequence/outline.hpp"

#include <doctest/doctest.h>

#include <string>

#include "tests/fuzz/sequence/ops.hpp"

namespace sehlab::fuzz::sequence {

namespace {

/// World and level of each place, the one behind the last operation included: "G0 C1 C0".
std::string places(const Bytes& bytes, World begins_in) {
  const Outline outline(bytes, begins_in);
  std::string text;
  for (std::size_t i = 0; i <= outline.count(); ++i) {
    if (i != 0) text += ' ';
    text += outline.at(i).world == World::C ? 'C' : 'G';
    text += std::to_string(outline.at(i).level);
  }
  return text;
}

}  // namespace

TEST_SUITE("sequence outline") {
  TEST_CASE("calls change the world, and an END goes back") {
    CHECK(places(bytes_of({{LAB_OP_CGOCALL},
                           {LAB_OP_CALLBACK},
                           {LAB_OP_GOCALL},
                           {LAB_OP_END},
                           {LAB_OP_END},
                           {LAB_OP_END},
                           {LAB_OP_END}}),
                 World::Go) == "G0 C1 G2 G3 G2 C1 G0 G0");
  }

  TEST_CASE("an operation that its world does not have opens nothing") {
    CHECK(places(bytes_of({{LAB_OP_CGOCALL}, {LAB_OP_RECORD}, {LAB_OP_GOCALL}}), World::C) ==
          "C0 C0 C1 C1");
    CHECK(places(bytes_of({{LAB_OP_RECORD}, {63}}), World::Go) == "G0 G0 G0");
  }

  TEST_CASE("no frame is opened at the deepest level") {
    Bytes bytes;
    for (int i = 0; i < LAB_SEQ_MOST_LEVELS + 3; ++i) {
      const Bytes op = bytes_of({{LAB_OP_RECORD}});
      bytes.insert(bytes.end(), op.begin(), op.end());
    }
    CHECK(Outline(bytes, World::C).at(LAB_SEQ_MOST_LEVELS + 3).level == LAB_SEQ_MOST_LEVELS);
  }

  TEST_CASE("frames know the END that leaves them") {
    const Outline outline(
        bytes_of({{LAB_OP_RECORD}, {LAB_OP_SETJMP}, {LAB_OP_END}, {LAB_OP_END}, {LAB_OP_SETJMP}}),
        World::C);
    CHECK(outline.at(0).end == 3);
    CHECK(outline.at(1).end == 2);
    CHECK(outline.at(4).end == Outline::kNone);
    CHECK(outline.at(2).opener == 1);
  }

  TEST_CASE("a handler that runs operations runs those behind the fault, one level deeper") {
    CHECK(places(bytes_of({{LAB_OP_RECORD, LAB_HANDLE_STEPS_CONTINUE},
                           {LAB_OP_FAULT},
                           {LAB_OP_REUSE},
                           {LAB_OP_END},
                           {LAB_OP_END}}),
                 World::C) == "C0 C1 C2 C2 C1 C0");
  }

  TEST_CASE("a record that unwinds to itself is left") {
    CHECK(places(bytes_of({{LAB_OP_RECORD, LAB_HANDLE_UNWIND}, {LAB_OP_SETJMP}, {LAB_OP_FAULT}}),
                 World::C) == "C0 C1 C2 C0");
  }

  TEST_CASE("a policy is followed twice, then it searches on") {
    CHECK(places(bytes_of({{LAB_OP_RECORD, LAB_HANDLE_UNWIND},
                           {LAB_OP_RECORD, LAB_HANDLE_CONTINUE},
                           {LAB_OP_FAULT},
                           {LAB_OP_FAULT},
                           {LAB_OP_FAULT}}),
                 World::C) == "C0 C1 C2 C2 C2 C0");
  }

  // They run on top of the frames that are being unwound.
  TEST_CASE("blocks on the way of an unwind run operations, then it goes on") {
    CHECK(places(bytes_of({{LAB_OP_TRY_EXCEPT, LAB_FILTER_EXECUTE, 0, 1},
                           {LAB_OP_TRY_FINALLY, LAB_BLOCK_STEPS},
                           {LAB_OP_RAISE},
                           {LAB_OP_END},
                           {LAB_OP_END}}),
                 World::C) == "C0 C1 C2 C3 C1 C0");
  }

  TEST_CASE("a C++ exception goes to the catch, and past filters that search") {
    CHECK(places(bytes_of({{LAB_OP_CXX_TRY}, {LAB_OP_TRY_EXCEPT}, {LAB_OP_THROW, 1}}), World::C) ==
          "C0 C1 C2 C0");
  }

  TEST_CASE("longjmp leaves the frame of its setjmp") {
    CHECK(places(bytes_of({{LAB_OP_SETJMP}, {LAB_OP_SETJMP}, {LAB_OP_LONGJMP, 1}}), World::C) ==
          "C0 C1 C2 C0");
  }

  TEST_CASE("a recovered panic leaves the function that deferred, through C and callbacks") {
    CHECK(places(bytes_of({{LAB_OP_GOCALL},
                           {LAB_OP_DEFER, LAB_DEFER_RECOVER},
                           {LAB_OP_CGOCALL},
                           {LAB_OP_CALLBACK},
                           {LAB_OP_PANIC, 1}}),
                 World::Go) == "G0 G1 G1 C2 G3 G0");
  }

  TEST_CASE("deferred functions run operations in Go, at a return and in a panic") {
    CHECK(
        places(bytes_of(
                   {{LAB_OP_GOCALL}, {LAB_OP_DEFER, LAB_DEFER_STEPS}, {LAB_OP_END}, {LAB_OP_END}}),
               World::Go) == "G0 G1 G1 G2 G0");
    CHECK(places(bytes_of({{LAB_OP_GOCALL},
                           {LAB_OP_DEFER, LAB_DEFER_STEPS_RECOVER},
                           {LAB_OP_FAULT},
                           {LAB_OP_END}}),
                 World::Go) == "G0 G1 G1 G2 G0");
  }

  TEST_CASE("vectored handlers are asked first") {
    CHECK(places(bytes_of({{LAB_OP_ADD_VECTORED, LAB_VECTORED_CONTINUE},
                           {LAB_OP_ADD_VECTORED, LAB_VECTORED_STEPS, 1},
                           {LAB_OP_FAULT},
                           {LAB_OP_REMOVE_VECTORED, 1},
                           {LAB_OP_REUSE}}),
                 World::C) == "C0 C0 C0 C1 C1 C1");
    CHECK(
        Outline(bytes_of(
                    {{LAB_OP_ADD_VECTORED, LAB_VECTORED_CONTINUE}, {LAB_OP_FAULT}, {LAB_OP_REUSE}}),
                World::C)
            .reached() == 3);
  }

  TEST_CASE("nothing is reached behind what nobody handles") {
    const Outline fault(bytes_of({{LAB_OP_RECORD}, {LAB_OP_FAULT}, {LAB_OP_END}}), World::C);
    CHECK(fault.reached() == 2);
    CHECK_FALSE(fault.at(2).reached);
    CHECK_FALSE(fault.at(3).reached);
    const Outline panic(bytes_of({{LAB_OP_GOCALL}, {LAB_OP_PANIC}, {LAB_OP_END}}), World::Go);
    CHECK(panic.reached() == 2);
    // Go's handler is asked before C's record outside of the callback.
    const Outline inside(bytes_of({{LAB_OP_CGOCALL},
                                   {LAB_OP_RECORD, LAB_HANDLE_CONTINUE},
                                   {LAB_OP_CALLBACK},
                                   {LAB_OP_CGOCALL},
                                   {LAB_OP_FAULT},
                                   {LAB_OP_END}}),
                         World::Go);
    CHECK(inside.reached() == 5);
  }

  TEST_CASE("a program of C alone has no Go") {
    const Outline outline(bytes_of({{LAB_OP_CALLBACK}, {LAB_OP_RECORD}}), World::C);
    CHECK(outline.fitting() == 1);
    CHECK(outline.at(1).level == 0);
  }

  TEST_CASE("the world of a sequence is guessed from the operations that it has") {
    CHECK(guess_world(bytes_of({{LAB_OP_GOCALL}, {LAB_OP_PANIC}})) == World::Go);
    CHECK(guess_world(bytes_of({{LAB_OP_RECORD}, {LAB_OP_RAISE}})) == World::C);
    CHECK(guess_world(bytes_of({{LAB_OP_FAULT}})) == std::nullopt);
  }

  TEST_CASE("any bytes have an outline") {
    Bytes bytes(1003);
    std::uint32_t state = 1;
    for (int round = 0; round < 2000; ++round) {
      for (std::uint8_t& byte : bytes)
        byte = static_cast<std::uint8_t>((state = state * 1664525u + 1013904223u) >> 24);
      const Outline outline(bytes, round % 2 != 0 ? World::C : World::Go);
      REQUIRE(outline.count() == LAB_SEQ_MOST_OPS);
      for (std::size_t i = 0; i <= outline.count(); ++i) {
        REQUIRE(outline.at(i).level <= LAB_SEQ_MOST_LEVELS);
        REQUIRE(outline.at(i).opener < static_cast<std::int16_t>(i + 1));
      }
    }
  }
}

}  // namespace sehlab::fuzz::sequence
