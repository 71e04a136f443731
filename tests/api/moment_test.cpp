// Moments of a call, and of a recorded program. Expectations: guest/api/component.c,
// docs/replay.md, guest/go (the nil dereference in probe).
#include <doctest/doctest.h>

#include "host/api/sehlab/printing.hpp"
#include "host/api/sehlab/replay.hpp"
#include "tests/api/component.hpp"
#include "tests/lab/scratch.hpp"

namespace sehlab {

TEST_SUITE_BEGIN("api");

TEST_CASE("a call is gone into as far as its fault") {
  Lab lab = component();
  const std::vector<std::byte> cut{std::byte{3}, std::byte{10}};
  Call call = lab.call("ParseHeader", cut);
  const Moment fault = call.go_to("fault");
  CAPTURE(fault);
  CHECK(fault.place().symbol.find("component!sum_of") == 0);
  CHECK(fault.place().address == GuestAddr{fault.registers().eip});
  CHECK_FALSE(fault.ended());
  // The record of ParseHeader's __try is the innermost.
  REQUIRE_FALSE(fault.chain().links.empty());
  const trace::ChainLink& link = fault.chain().links.front();
  CHECK(link.handler.symbol.find("component!_except_handler3") == 0);
  CHECK(fault.word(link.record) == link.next.value);
  CHECK(fault.word(link.record + 4) == link.handler.address.value);
  bool at_eip = false;
  for (const CodeLine& line : fault.code()) at_eip |= line.address == fault.place().address;
  CHECK(at_eip);
  REQUIRE(fault.next_event());
  CHECK(std::holds_alternative<trace::FaultRaised>(fault.next_event()->payload));
  // The bytes of the argument are there, and nothing behind them.
  const Moment start = call.go_to("start");
  CHECK(start.place().symbol == "component!ParseHeader");
  const GuestAddr bytes{start.word(GuestAddr{start.registers().esp} + 4)};
  CHECK(start.memory(bytes, 2) == cut);
  CHECK_THROWS_AS(static_cast<void>(start.memory(bytes, 3)), LabError);
}

TEST_CASE("a moment's memory is there until the lab goes on") {
  Lab lab = component();
  const Moment start = lab.call("Weigh", 1, 2, 3).go_to("start");
  const GuestAddr esp{start.registers().esp};
  CHECK(start.word(esp + 4) == 1);
  CHECK(start.word(esp + 12) == 3);
  CHECK(lab.call("Weigh", 4, 5, 6).run().value() == 654);
  CHECK_THROWS_WITH_AS(static_cast<void>(start.word(esp)),
                       "memory: the run of that moment has gone on", LabError);
  CHECK(start.instruction() > 0);
}

TEST_CASE("an instruction is gone to by its number, back and forth") {
  Lab lab = component();
  Call call = lab.call("Visit", lab.address("Picky"), 2);
  const Run run = call.run();
  const std::uint64_t middle = run.first_instruction() + run.instructions() / 2;
  const Moment there = call.go_to(std::to_string(middle));
  CHECK(there.instruction() == middle);
  CHECK(call.go_to(std::to_string(middle - 3)).instruction() == middle - 3);
  const Moment again = call.go_to(std::to_string(middle));
  CHECK(again.place() == there.place());
  CHECK(again.registers().esp == there.registers().esp);
  CHECK(call.go_to("end").registers().eax == 2);
  CHECK_THROWS_AS(static_cast<void>(call.go_to("1")), LabError);  // before the call
  CHECK_THROWS_AS(static_cast<void>(call.go_to("fault")), LabError);
  CHECK_THROWS_WITH_AS(static_cast<void>(call.go_to("defekt")),
                       doctest::Contains("did you mean \"defect\""), LabError);
}

TEST_CASE("a moment within a provided function's call back leaves that function") {
  Lab lab = component();
  int ended = 0;
  struct Scope {
    int& count;
    ~Scope() { ++count; }
  };
  lab.provide("rows", "FetchRow", 3, [&](Guest& guest) {
    const Scope scope{ended};
    return guest.call("component!Picky", 2);
  });
  const Moment fault = lab.call("SumRow", 1).go_to("fault");
  CHECK(ended == 2);  // once to find the event, once to go there
  CHECK(fault.chain().links.front().handler.symbol.find("component!_except_handler3") == 0);
  CHECK(static_cast<int>(lab.call("SumRow", 1).run().value()) == -2);
}

TEST_CASE("a program is recorded and gone through backwards") {
  const lab::Scratch scratch;
  LabOptions options = with_guests();
  options.arguments = {"TestCallbackPanicLocked", "TestSetPanicOnFault"};
  Lab lab(guest("go_buggy.exe"), options);
  const auto file = scratch.path("run.rec");
  lab.program().record(file);

  Replay replay(file);
  const Moment fault = replay.go_to("fault");
  CHECK(fault.place().symbol == "go_buggy!probe+0x6");
  const std::size_t told = replay.events().size();
  CHECK(told == fault.event_count());
  const Moment defect = replay.go_to("defect");
  CHECK(defect.instruction() < fault.instruction());
  CHECK_THROWS_AS(static_cast<void>(fault.word(GuestAddr{fault.registers().esp})), LabError);
  CHECK(defect.word(GuestAddr{defect.registers().esp}) != 0xdeadbeef);
  CHECK(replay.events().size() < told);
  CHECK(replay.go_to("end").ended());
  // What the lab itself did with it is the same run.
  CHECK(lab.program().go_to("fault").instruction() == fault.instruction());
}

TEST_CASE("what cannot be recorded or replayed is said") {
  const lab::Scratch scratch;
  CHECK_THROWS_AS(component().call("Weigh", 1, 2, 3).record(scratch.path("x.rec")), LabError);
  CHECK_THROWS_AS(Replay{scratch.path("none.rec")}, LabError);
  CHECK_THROWS_AS(Replay{scratch.write("junk.rec", "junk")}, LabError);
}

}  // namespace sehlab
