#include "host/trace/tree_marks.hpp"

#include <doctest/doctest.h>

#include "tests/trace/sample_events.hpp"

using namespace sehlab;
using namespace sehlab::trace;

namespace {

struct TreeMarks {
  Nesting nesting;
  std::string mark(const Event& event) { return tree_mark(nesting.take(event)); }
};

Event at(std::uint64_t instruction, std::uint32_t esp, Payload payload, std::uint32_t thread = 1) {
  Event event;
  event.instruction = instruction;
  event.thread = thread;
  event.esp = GuestAddr{esp};
  event.payload = std::move(payload);
  return event;
}

Payload dispatch(std::uint32_t record) {
  return DispatchBegun{.record = GuestAddr{record}};
}
Payload unwind() {
  return UnwindBegun{};
}
Payload visit() {
  return RecordVisited{};
}
Payload continued(std::uint32_t esp) {
  return DispatchContinued{{}, GuestAddr{esp}};
}
Payload abandoned() {
  return DispatchAbandoned{};
}

}  // namespace

TEST_SUITE_BEGIN("trace");

TEST_CASE("what happens inside a dispatch hangs below it") {
  TreeMarks marks;
  CHECK(marks.mark(at(10, 0x1000, FaultRaised{})) == "");
  CHECK(marks.mark(at(10, 0x1000, dispatch(0xf00))) == "├ ");
  CHECK_MESSAGE(marks.mark(at(10, 0x1000, visit())) == "│ ", "ESP is still the faulting one");
  CHECK(marks.mark(at(10, 0xa00, HandlerEntered{})) == "│ ");
  CHECK(marks.mark(at(20, 0xa00, Disposition{})) == "│ ");
  CHECK(marks.mark(at(20, 0xa00, continued(0x1000))) == "└ ");
  CHECK(marks.mark(at(21, 0x1000, RecordPopped{})) == "");
}

TEST_CASE("a fault inside a handler nests one deeper, and comes back out") {
  TreeMarks marks;
  CHECK(marks.mark(at(10, 0x1000, dispatch(0xf00))) == "├ ");
  CHECK(marks.mark(at(15, 0xa00, FaultRaised{})) == "│ ");
  CHECK(marks.mark(at(15, 0xa00, dispatch(0x900))) == "│ ├ ");
  CHECK(marks.mark(at(18, 0x500, visit())) == "│ │ ");
  CHECK(marks.mark(at(19, 0x500, continued(0xa00))) == "│ └ ");
  CHECK(marks.mark(at(20, 0xa00, abandoned())) == "└ ");
  CHECK(marks.mark(at(21, 0xa00, ProcessEnded{})) == "");
}

TEST_CASE("a dispatch ends where it continues to, be ESP moved before the event or after") {
  for (const std::uint32_t esp_at_event : {0x500U, 0x1000U}) {
    TreeMarks marks;
    (void)marks.mark(at(10, 0x1000, dispatch(0xf00)));
    (void)marks.mark(at(15, 0xa00, dispatch(0x900)));
    // The inner handler was left by a jump; the outer dispatch is the one that continues.
    CHECK(marks.mark(at(30, esp_at_event, continued(0x1000))) == "└ ");
    CHECK(marks.mark(at(31, 0x1000, visit())) == "");
  }
}

TEST_CASE("a dispatch that nobody ends is left when the thread runs above its record") {
  TreeMarks marks;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    CHECK(marks.mark(at(10 * i + 1, 0x1000, dispatch(0xf00))) == "├ ");
    CHECK(marks.mark(at(10 * i + 5, 0xa00, HandlerEntered{})) == "│ ");
  }
}

TEST_CASE("an unwinding inside a dispatch ends by itself, the dispatch by a jump out of it") {
  TreeMarks marks;
  CHECK(marks.mark(at(10, 0x1000, dispatch(0xf00))) == "├ ");
  CHECK(marks.mark(at(20, 0x900, unwind())) == "│ ├ ");
  CHECK(marks.mark(at(25, 0x500, RecordUnwound{})) == "│ │ ");
  CHECK(marks.mark(at(30, 0x914, UnwindEnded{})) == "│ └ ");
  CHECK(marks.mark(at(40, 0x1000, RecordPopped{})) == "");
}

TEST_CASE("another thread's dispatch does not indent this one") {
  TreeMarks marks;
  (void)marks.mark(at(10, 0x1000, dispatch(0xf00), 1));
  CHECK(marks.mark(at(11, 0x900, RecordPushed{}, 2)) == "");
  CHECK(marks.mark(at(12, 0xa00, visit(), 1)) == "│ ");
}

TEST_CASE("ESP on the OS stack says nothing of a frame on a goroutine's stack") {
  TreeMarks marks;
  (void)marks.mark(at(
      1, 0x1a0000, ThreadStarted{1, GuestAddr{}, {GuestAddr{0x190000}, GuestAddr{0x1a0000}}, {}}));
  (void)marks.mark(at(10, 0x2fd00, dispatch(0x2f9d0)));  // a goroutine's stack
  CHECK_MESSAGE(marks.mark(at(20, 0x19ff00, GateCalled{})) == "│ ", "the handler calls a gate");
  CHECK(marks.mark(at(30, 0x2fd04, RecordPushed{})) == "");
}

TEST_CASE("an end without a beginning closes nothing") {
  TreeMarks marks;
  CHECK(marks.mark(at(1, 0x1000, continued(0x1000))) == "");
  CHECK(marks.mark(at(1, 0x1000, UnwindEnded{})) == "");
  CHECK(marks.mark(at(1, 0x1000, abandoned())) == "");
}

TEST_CASE("nesting without end does not make lines without end") {
  TreeMarks marks;
  std::string mark;
  for (std::uint32_t i = 0; i < 1000; ++i) {
    mark = marks.mark(at(i, 0x100000 - 0x100 * i, dispatch(0xffff0 - 0x100 * i)));
  }
  CHECK(mark.size() < 100);
}

TEST_SUITE_END();
