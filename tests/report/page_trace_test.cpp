#include "host/report/page_trace.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/report/unpacked_page.hpp"
#include "tests/trace/trace_maker.hpp"

using namespace sehlab;
using namespace sehlab::report;
using namespace sehlab::trace;

TEST_SUITE_BEGIN("report");

// Expectations are the events that were put in.

TEST_CASE("every field of every kind comes out of the page's data as it went in") {
  TraceMaker trace;
  trace.linked({{0x19fe94, place(0x403000, "go!sigtramp")}, {0x19ff70, place(0x77001000)}});
  std::uint64_t now = 5;
  for (const Payload& payload : sample_payloads()) trace.at(now += 1000, 0x19ff00).emit(payload);
  const UnpackedPage page = unpacked(trace);
  REQUIRE(page.events.size() == trace.events.size());
  for (std::size_t i = 0; i < page.events.size(); ++i) {
    CHECK(page.events[i] == trace.events[i]);
  }
}

TEST_CASE("blocks begin where the index says, also far into the body") {
  TraceMaker trace;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    trace.at(i, 0x19ff00).emit(GateCalled{"a.dll", "f" + std::to_string(i), {}});
  }
  const UnpackedPage page = unpacked(trace);
  CHECK(page.events == trace.events);
  CHECK(page.blocks.size() == (1000 + PageTrace::kBlock - 1) / PageTrace::kBlock);
  CHECK(page.block_of(700) == trace.events[700 / PageTrace::kBlock * PageTrace::kBlock]);
}

TEST_CASE("a time that runs backwards comes out as it went in") {
  TraceMaker trace;
  trace.at(1000, 1).emit(GateCalled{}).at(3, 1).emit(GateCalled{});
  trace.at(0xffffffffffULL, 1).emit(GateCalled{});
  CHECK(unpacked(trace).events == trace.events);
}

TEST_CASE("of what comes after the most events only the end is kept, and the rest counted") {
  TraceMaker trace;
  for (int i = 0; i < 10; ++i) trace.emit(GateCalled{});
  trace.emit(ProcessEnded{.kind = EndKind::BudgetSpent});
  PageTrace page(4);
  trace.tell(page);
  std::ostringstream out;
  page.write(out);
  const auto json = nlohmann::json::parse(out.str());
  CHECK(json["events"] == 5);
  CHECK(json["beyond"] == 6);
}

TEST_CASE("texts, places and chains are there once, however often they come") {
  TraceMaker once, often;
  once.linked({{0x19fe94, place(0x403000, "go!sigtramp")}}).emit(GateCalled{"a", "b", {}});
  often.linked({{0x19fe94, place(0x403000, "go!sigtramp")}});
  for (int i = 0; i < 100; ++i) often.emit(GateCalled{"a", "b", {}});
  CHECK(unpacked(often).json["texts"] == unpacked(once).json["texts"]);
  CHECK(unpacked(often).json["places"] == unpacked(once).json["places"]);
  CHECK(unpacked(often).json["chains"] == unpacked(once).json["chains"]);
}

TEST_CASE("slices name their first and last event, and one that nobody ends goes to the last") {
  TraceMaker trace;
  trace.at(1, 0x1000).emit(GateCalled{});
  trace.at(10, 0x1000).emit(DispatchBegun{.record = GuestAddr{0xf00}});
  trace.emit(HandlerEntered{GuestAddr{0x2000}, {}, 0, 0, {}, {}});
  trace.at(20, 0xa00).emit(Disposition{GuestAddr{0x2000}, {}, 0});
  trace.emit(DispatchContinued{{}, GuestAddr{0x1000}});
  trace.at(30, 0x1000).emit(DispatchBegun{.record = GuestAddr{0xf00}});
  trace.emit(GateCalled{});
  // begin, length, thread, depth, kind; each begin from the one before.
  CHECK(unpacked(trace).numbers("slices") ==
        std::vector<std::uint64_t>{1, 3, 1, 0, 0, /**/ 1, 1, 1, 1, 2, /**/ 3, 1, 1, 0, 0});
}

TEST_CASE("a text that is too long is cut, and beyond the bound texts are left out") {
  TraceMaker trace;
  trace.emit(OutputWritten{false, std::string(1 << 20, 'x')});
  const auto json = unpacked(trace).json;
  CHECK(json["text_left_out"] == false);
  std::size_t longest = 0;
  for (const auto& text : json["texts"]) {
    longest = std::max(longest, text.get<std::string>().size());
  }
  CHECK(longest == 4096 + 3);  // and the ellipsis, three bytes of UTF-8
  PageTrace page;
  for (std::size_t i = 0; i < 17000; ++i) {  // 4 KiB each: more than 64 MiB
    page.on_event(event_with(OutputWritten{false, std::to_string(i) + std::string(4096, 'x')}));
  }
  std::ostringstream out;
  page.write(out);
  CHECK(out.str().size() < PageTrace::kMostText + (2U << 20));
  CHECK(out.str().find("\"text_left_out\":true") != std::string::npos);
}
