#include "host/trace/slices.hpp"

#include <doctest/doctest.h>

#include "tests/trace/trace_maker.hpp"

using namespace sehlab;
using namespace sehlab::trace;

namespace {

/// The steps of the maker's events, one after the other.
std::vector<Slices::Step> steps_of(const TraceMaker& trace) {
  Slices slices;
  std::vector<Slices::Step> steps;
  for (const Event& event : trace.events) steps.push_back(slices.take(event));
  return steps;
}

HandlerEntered handler(std::uint32_t frame) {
  return {GuestAddr{frame}, place(0x403000), 0, 0, {}, {}};
}

}  // namespace

TEST_SUITE_BEGIN("trace");

// Expectations: which event lies in which call, by hand.

TEST_CASE("a handler's slice begins with its call and ends with its answer, inside its dispatch") {
  TraceMaker trace;
  trace.at(10, 0x1000).emit(DispatchBegun{.record = GuestAddr{0xf00}});
  trace.emit(handler(0x2000)).at(20, 0xa00).emit(Disposition{GuestAddr{0x2000}, {}, 0});
  trace.emit(DispatchContinued{{}, GuestAddr{0x1000}});
  const auto steps = steps_of(trace);
  CHECK(steps[0].opened == SliceKind::Dispatch);
  CHECK(steps[1].opened == SliceKind::Handler);
  CHECK(steps[1].depth == 1);
  CHECK(steps[2].ended == 1);
  CHECK(steps[2].depth == 2);
  CHECK(steps[3].ended == 1);
  CHECK(steps[3].left == 0);
}

TEST_CASE("a handler that never answers ends with the dispatch that its thread has left") {
  TraceMaker trace;
  trace.at(10, 0x1000).emit(DispatchBegun{.record = GuestAddr{0xf00}}).emit(handler(0x2000));
  trace.at(20, 0x1000).emit(RecordPopped{});
  const auto steps = steps_of(trace);
  CHECK(steps[2].left == 2);
  CHECK(steps[2].depth == 0);
}

TEST_CASE("a fault inside a handler lies inside of its slice, and the handler goes on behind it") {
  TraceMaker trace;
  trace.at(10, 0x1000).emit(DispatchBegun{.record = GuestAddr{0xf00}}).emit(handler(0x2000));
  trace.at(15, 0xa00).emit(DispatchBegun{.record = GuestAddr{0x900}}).emit(handler(0x2100));
  trace.at(18, 0x500).emit(Disposition{GuestAddr{0x2100}, {}, 0});
  trace.emit(DispatchContinued{{}, GuestAddr{0xa00}});
  trace.at(30, 0xa00).emit(Disposition{GuestAddr{0x2000}, {}, 0});
  const auto steps = steps_of(trace);
  CHECK(steps[3].depth == 3);
  CHECK(steps[5].ended == 1);
  CHECK(steps[6].depth == 2);
  CHECK(steps[6].ended == 1);
}

TEST_CASE("an answer without a call ends nothing") {
  TraceMaker trace;
  trace.at(10, 0x1000).emit(DispatchBegun{.record = GuestAddr{0xf00}});
  trace.emit(Disposition{GuestAddr{0x2000}, {}, 0});
  trace.emit(VectoredReturned{place(0x1234), false, 0});
  const auto steps = steps_of(trace);
  CHECK(steps[1].ended == 0);
  CHECK(steps[2].ended == 0);
}
