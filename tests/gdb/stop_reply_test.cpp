// Stop replies. Expectations: GDB manual, E.3 "Stop Reply Packets", and what GDB 13.1 takes
// (facts/debugger.md).
#include <doctest/doctest.h>

#include "host/gdb/commands.hpp"
#include "tests/gdb/fake_target.hpp"

namespace sehlab::gdb {
namespace {

struct Rig {
  FakeTarget target;
  Listening control;
  Commands commands{target};
  StopReport report{StopReport::Why::Signal, Signal::Segment, 3, {}, 0, false};
  std::string operator()() { return commands.stop_reply(report); }
};

}  // namespace

TEST_CASE("An exception is a signal of a thread") {
  Rig reply;
  CHECK(reply() == "T0bthread:3;");
  reply.report.signal = Signal::Arithmetic;
  CHECK(reply() == "T08thread:3;");
}

TEST_CASE("A breakpoint is named as one where GDB said that it understands") {
  Rig reply;
  reply.report = {StopReport::Why::StopPoint, Signal::Trap, 1, {}, 0, false};
  CHECK(reply() == "T05thread:1;");
  static_cast<void>(reply.commands.answer("qSupported:swbreak+;hwbreak+", reply.control));
  CHECK(reply() == "T05swbreak:;thread:1;");
  reply.report.point.kind = Stopper::HardwareBreakpoint;
  CHECK(reply() == "T05hwbreak:;thread:1;");
}

TEST_CASE("A watchpoint is named by its address and kind") {
  Rig reply;
  reply.report = {StopReport::Why::StopPoint,
                  Signal::Trap,
                  1,
                  {Stopper::WriteWatch, GuestAddr{0x7ffde000}, 4},
                  0,
                  false};
  CHECK(reply() == "T05watch:7ffde000;thread:1;");
  reply.report.point.kind = Stopper::ReadWatch;
  CHECK(reply() == "T05rwatch:7ffde000;thread:1;");
  reply.report.point.kind = Stopper::AccessWatch;
  CHECK(reply() == "T05awatch:7ffde000;thread:1;");
}

TEST_CASE("The ends of history, other images, and the process's end are told") {
  Rig reply;
  reply.report.signal = Signal::Trap;
  reply.report.why = StopReport::Why::HistoryBegin;
  CHECK(reply() == "T05replaylog:begin;thread:3;");
  reply.report.why = StopReport::Why::HistoryEnd;
  CHECK(reply() == "T05replaylog:end;thread:3;");
  reply.report.why = StopReport::Why::Signal;
  reply.report.images_changed = true;
  CHECK(reply() == "T05library:;thread:3;");
  reply.report.why = StopReport::Why::Exited;
  reply.report.code = 42;
  CHECK(reply() == "W2a");
  reply.report.why = StopReport::Why::Killed;
  reply.report.signal = Signal::Segment;
  CHECK(reply() == "X0b");
}

}  // namespace sehlab::gdb
