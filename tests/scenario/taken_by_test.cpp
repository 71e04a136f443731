// Who took an exception. Sources: Windows' dispatch (facts/seh-x86.md): a handler that returns
// ExceptionContinueExecution, or unwinds to its frame, has taken it; a thread's base frame unwinds
// too, to end the process (its filter is UnhandledExceptionFilter).
#include "host/scenario/taken_by.hpp"

#include <doctest/doctest.h>

#include "tests/trace/trace_maker.hpp"

using namespace sehlab;
using namespace sehlab::scenario;
using trace::place;
using trace::TraceMaker;

namespace {

trace::HandlerEntered entered(const char* handler, const char* owner, std::uint32_t frame) {
  return {GuestAddr{frame}, place(0x403000, handler), 0xC0000005, 0, place(0x402022, owner), {}};
}

TakenBy taken(const TraceMaker& trace, bool unhandled) {
  TakenBy by;
  for (const trace::Event& event : trace.events) by.on_event(event);
  by.finish(unhandled);
  return by;
}

TraceMaker asked_two() {
  TraceMaker t;
  t.emit(trace::DispatchBegun{});
  t.emit(entered("c!first", "c!f+0x1", 0x19ff00));
  t.emit(trace::Disposition{GuestAddr{0x19ff00}, {}, 1});
  t.emit(entered("go!sigtramp", "go!mstart+0x22", 0x19ff70));
  return t;
}

}  // namespace

TEST_SUITE_BEGIN("scenario");

TEST_CASE("the handler after which the thread goes on has taken it") {
  TraceMaker t = asked_two();
  t.emit(trace::DispatchContinued{});
  t.emit(entered("later!handler", "later!f", 0x19fe00));
  const TakenBy by = taken(t, false);
  CHECK(by.name() == "sigtramp@mstart");
  CHECK(by.asked().size() == 2);
  CHECK(by.is_one_of({{"first", 1}, {"sigtramp@mstart", 1}}));
  CHECK_FALSE(by.is_one_of({{"first", 1}, {"nobody", 1}}));
}

TEST_CASE("what it goes on to may be fatal: it has been taken all the same") {
  TraceMaker t = asked_two();
  t.emit(trace::DispatchContinued{});
  CHECK(taken(t, true).name() == "sigtramp@mstart");
}

TEST_CASE("the handler that unwinds has taken it") {
  TraceMaker t = asked_two();
  t.emit(trace::UnwindBegun{});
  CHECK(taken(t, false).name() == "sigtramp@mstart");
}

TEST_CASE("a handler that unwinds and lets the process die of this exception has not") {
  TraceMaker t = asked_two();
  t.emit(trace::UnwindBegun{});
  const TakenBy by = taken(t, true);
  CHECK(by.name() == "nobody");
  CHECK(by.is_one_of({{"nobody", 1}}));
  CHECK_FALSE(by.is_one_of({{"sigtramp", 1}}));
  // Of another exception, it has.
  t.emit(trace::DispatchBegun{});
  CHECK(taken(t, true).name() == "sigtramp@mstart");
}

TEST_CASE("nobody takes what is abandoned, or what nobody was asked about") {
  TraceMaker t = asked_two();
  t.emit(trace::DispatchAbandoned{0xC0000005, false});
  CHECK(taken(t, true).name() == "nobody");
  TraceMaker none;
  none.emit(trace::DispatchBegun{});
  CHECK(taken(none, true).name() == "nobody");
  CHECK(taken(none, false).name() == "nobody");
}

TEST_CASE("a handler that never returns has taken it, unless the process dies") {
  CHECK(taken(asked_two(), false).name() == "sigtramp@mstart");
  CHECK(taken(asked_two(), true).name() == "nobody");
}

TEST_CASE("a handler that is no function's start is told by its address, and goes by that") {
  for (const char* symbol : {"p!start+0x21", ""}) {
    TraceMaker t;
    trace::HandlerEntered handler = entered(symbol, "p!start+0x5", 0x19ff00);
    handler.handler.address = GuestAddr{0x41414141};
    t.emit(handler);
    t.emit(trace::DispatchContinued{});
    const TakenBy by = taken(t, false);
    CHECK(by.name() == "0x41414141@start");
    CHECK(by.is_one_of({{by.name(), 1}}));
  }
}

TEST_CASE("a vectored handler takes it; a continue handler is not asked") {
  TraceMaker t;
  t.emit(trace::VectoredEntered{place(0x401000, "p!vectored"), false, 0xC0000005, 0});
  t.emit(trace::VectoredEntered{place(0x402000, "p!continuing"), true, 0xC0000005, 0});
  t.emit(trace::DispatchContinued{});
  const TakenBy by = taken(t, false);
  CHECK(by.name() == "vectored");
  CHECK(by.asked().size() == 1);
}

TEST_SUITE_END();
