#include "host/trace/recorder.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <vector>

#include "host/trace/fields.hpp"
#include "host/trace/trace.hpp"
#include "tests/trace/fake_context.hpp"
#include "tests/trace/sample_events.hpp"

using namespace sehlab;
using namespace sehlab::trace;

namespace {

/// Answers each exposure with a defect, as the watch answers events with events of its own.
struct Answering final : Listener {
  explicit Answering(Recorder& r) : recorder(r) {}
  void on_event(const Event& event) override {
    if (std::holds_alternative<RecordExposed>(event.payload)) {
      recorder.emit(DefectFound{.defect = "dangling"});
      recorder.emit(DefectFound{.defect = "overwritten"});
    }
  }
  Recorder& recorder;
};

struct OwnerFromTable final : Annotator {
  void annotate(Payload& payload) override {
    if (auto* entered = std::get_if<HandlerEntered>(&payload)) {
      entered->owner.address = GuestAddr{0x402100};
    }
  }
};

struct LeavesAfterOne final : Listener {
  explicit LeavesAfterOne(Recorder& r) : recorder(r) {}
  void on_event(const Event&) override {
    ++told;
    recorder.remove(*this);
  }
  Recorder& recorder;
  int told = 0;
};

struct WantsChainsOfDispatches final : Listener {
  void on_event(const Event& event) override { heads.push_back(event.chain.head.value); }
  [[nodiscard]] bool wants_chain(const Payload& payload) const override {
    return std::holds_alternative<DispatchBegun>(payload);
  }
  std::vector<std::uint32_t> heads;
};

}  // namespace

TEST_SUITE_BEGIN("trace");

TEST_CASE("the chain is read for the events of which a listener wants it, and for no other") {
  FakeContext context;
  context.picture.head = GuestAddr{0x19fe94};
  Recorder recorder(context);
  WantsChainsOfDispatches one;
  recorder.add(one);
  recorder.emit(DispatchBegun{});
  recorder.emit(ThreadSwitched{1, 2});
  CHECK(one.heads == std::vector<std::uint32_t>{0x19fe94, 0});
  Trace every;
  recorder.add(every);
  recorder.emit(ThreadSwitched{2, 1});
  CHECK(one.heads.back() == 0x19fe94);
  CHECK(every.events.back().chain.head == GuestAddr{0x19fe94});
}

TEST_CASE("an event carries the moment, the chain and the names of all its places") {
  FakeContext context;
  context.now = 418204;
  context.running = 3;
  context.at = GuestAddr{0x402110};
  context.symbols = {{GuestAddr{0x402110}, "go!callbackasm1+0x10"},
                     {GuestAddr{0x40210e}, "go!callbackasm1+0xe"},
                     {GuestAddr{0x403000}, "go!sigtramp"}};
  context.picture.head = GuestAddr{0x19fe94};
  context.picture.links = {{GuestAddr{0x19fe94}, GuestAddr{0xffffffff}, place(0x403000)}};
  Recorder recorder(context);
  Trace trace;
  recorder.add(trace);
  recorder.emit(RecordPushed{GuestAddr{0x19fe94}, GuestAddr{0xffffffff}, place(0x403000),
                             place(0x40210e), place(0x41414141)});

  REQUIRE(trace.events.size() == 1);
  const Event& event = trace.events[0];
  CHECK(event.instruction == 418204);
  CHECK(event.thread == 3);
  CHECK(event.eip == place(0x402110, "go!callbackasm1+0x10"));
  CHECK(event.esp == context.stack_pointer);
  CHECK(event.chain.links.at(0).handler.symbol == "go!sigtramp");
  const auto& pushed = std::get<RecordPushed>(event.payload);
  CHECK(pushed.handler.symbol == "go!sigtramp");
  CHECK(pushed.by.symbol == "go!callbackasm1+0xe");
  CHECK_MESSAGE(pushed.owner.symbol.empty(), "no image holds 41414141");
}

TEST_CASE("every place of every payload is visited") {
  // Places a payload, counted by hand in event.hpp.
  const std::vector<int> expected = {1, 0, 1, 1, 3, 1, 1, 1, 1, 0, 0, 0, 1, 3,
                                     1, 4, 1, 1, 7, 1, 1, 0, 0, 0, 3, 0, 1, 0};
  const std::vector<Payload> payloads = sample_payloads();
  REQUIRE(payloads.size() == expected.size());
  for (std::size_t i = 0; i < payloads.size(); ++i) {
    CAPTURE(i);
    FakeContext context;
    Recorder recorder(context);
    Trace trace;
    recorder.add(trace);
    Payload unnamed = payloads[i];
    Event event = event_with(unnamed);
    event.chain = {};
    int places = 0;
    for_each_place(event, [&places](Place&) { ++places; });
    CHECK(places == expected[i] + 1);  // and EIP
  }
}

TEST_CASE("what a listener emits follows the event it answers, for every listener") {
  FakeContext context;
  Recorder recorder(context);
  Trace before, after;
  Answering watch(recorder);
  recorder.add(before);
  recorder.add(watch);
  recorder.add(after);
  recorder.emit(RecordExposed{});
  recorder.emit(ThreadSwitched{1, 2});

  for (const Trace* trace : {&before, &after}) {
    REQUIRE(trace->events.size() == 4);
    CHECK(std::holds_alternative<RecordExposed>(trace->events[0].payload));
    CHECK(std::get<DefectFound>(trace->events[1].payload).defect == "dangling");
    CHECK(std::get<DefectFound>(trace->events[2].payload).defect == "overwritten");
    CHECK(std::holds_alternative<ThreadSwitched>(trace->events[3].payload));
  }
}

TEST_CASE("a listener is told of what it wants only, and what nobody wants is not made") {
  struct Picky final : Listener {
    std::size_t told = 0;
    [[nodiscard]] bool wants(const Payload& payload) const override {
      return std::holds_alternative<RecordPopped>(payload);
    }
    [[nodiscard]] bool wants_places() const override { return false; }
    [[nodiscard]] bool wants_chain(const Payload&) const override { return false; }
    void on_event(const Event& event) override {
      ++told;
      CHECK(event.eip.symbol.empty());
    }
  } picky;
  FakeContext context;
  context.symbols[GuestAddr{0x403000}] = "go!sigtramp";
  Recorder recorder(context);
  recorder.add(picky);
  recorder.emit(RecordPushed{});
  CHECK(picky.told == 0);
  recorder.emit(RecordPopped{});
  CHECK(picky.told == 1);
  Trace all;
  recorder.add(all);
  recorder.emit(RecordPushed{.handler = place(0x403000)});
  CHECK(picky.told == 1);
  REQUIRE(all.events.size() == 1);
  CHECK(std::get<RecordPushed>(all.events[0].payload).handler.symbol == "go!sigtramp");
}

TEST_CASE("nothing is asked of the process when nobody listens") {
  FakeContext context;
  Recorder recorder(context);
  CHECK_FALSE(recorder.listening());
  recorder.emit(RecordPushed{.handler = place(0x403000)});
  CHECK(context.symbol_questions == 0);
}

TEST_CASE("a symbol is asked for once, and again after an image was mapped") {
  FakeContext context;
  Recorder recorder(context);
  Trace trace;
  recorder.add(trace);
  recorder.emit(ThreadSwitched{});
  recorder.emit(ThreadSwitched{});
  CHECK(context.symbol_questions == 1);
  context.symbols[context.at] = "late!entry";
  recorder.emit(ImageMapped{"late.dll", {GuestAddr{0x400000}, GuestAddr{0x410000}}});
  CHECK(trace.events.back().eip.symbol == "late!entry");
}

TEST_CASE("what the annotator adds is named too") {
  FakeContext context;
  context.symbols[GuestAddr{0x402100}] = "go!mstart";
  Recorder recorder(context);
  OwnerFromTable table;
  Trace trace;
  recorder.add(trace);
  recorder.set_annotator(&table);
  recorder.emit(HandlerEntered{});
  CHECK(std::get<HandlerEntered>(trace.events.at(0).payload).owner.symbol == "go!mstart");
}

TEST_CASE("a listener may remove itself while it is told, and the others still hear all") {
  FakeContext context;
  Recorder recorder(context);
  LeavesAfterOne leaving(recorder);
  Trace trace;
  recorder.add(leaving);
  recorder.add(trace);
  recorder.emit(ThreadSwitched{});
  recorder.emit(ThreadSwitched{});
  CHECK(leaving.told == 1);
  CHECK(trace.events.size() == 2);
}

TEST_CASE("a trace of some kinds keeps no others") {
  FakeContext context;
  Recorder recorder(context);
  Trace trace(KindSet::parse("gate").value());
  recorder.add(trace);
  recorder.emit(ThreadSwitched{});
  recorder.emit(GateCalled{});
  REQUIRE(trace.events.size() == 1);
  CHECK(std::holds_alternative<GateCalled>(trace.events[0].payload));
}

TEST_SUITE_END();
