#include "host/trace/chrome_writer.hpp"

#include <doctest/doctest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "tests/trace/trace_maker.hpp"

using namespace sehlab;
using namespace sehlab::trace;

namespace {

nlohmann::json written(const TraceMaker& trace, KindSet kinds = KindSet::all()) {
  std::ostringstream out;
  {
    ChromeWriter writer(out, kinds);
    trace.tell(writer);
  }
  return nlohmann::json::parse(out.str());
}

/// What Google's "Trace Event Format" says of an array of events, as far as the writer uses it:
/// ends follow their begins, the innermost first, on each thread ("Duration Events"); instants name
/// their scope ("Instant Events"); a thread's and the process' names are metadata with args.name
/// ("Metadata Events"); every event has ph, pid and tid, and all but metadata a ts in microseconds.
/// Time does not run backwards: importers sort by it, and equal times keep the file's order.
void check_format(const nlohmann::json& events) {
  std::map<int, int> open;
  std::map<int, std::uint64_t> time;
  std::set<int> named;
  REQUIRE(events.is_array());
  for (const auto& event : events) {
    const std::string phase = event["ph"];
    CHECK(std::string("MBEi").find(phase) != std::string::npos);
    CHECK(event["pid"] == events[0]["pid"]);  // there is one process
    const int thread = event["tid"];
    if (phase == "M") {
      const bool process = event["name"] == "process_name";
      CHECK((process || event["name"] == "thread_name"));
      CHECK_FALSE(event["args"]["name"].get<std::string>().empty());
      if (!process) CHECK(named.insert(thread).second);
      continue;
    }
    CHECK(named.contains(thread));
    if (phase != "E") CHECK_FALSE(event["name"].get<std::string>().empty());
    if (phase == "i") CHECK(event["s"] == "t");  // its thread's
    REQUIRE(event["ts"].is_number_unsigned());
    CHECK(event["ts"].get<std::uint64_t>() >= time[thread]);
    time[thread] = event["ts"];
    if (phase == "B") ++open[thread];
    if (phase == "E") CHECK(--open[thread] >= 0);
  }
  for (const auto& [thread, count] : open) CHECK(count == 0);
}

}  // namespace

TEST_SUITE_BEGIN("trace");

TEST_CASE("a dispatch and its handler are nested slices, what else happens is instants") {
  TraceMaker trace;
  trace.at(10, 0x1000).emit(FaultRaised{0xC0000005, 0, place(0x401a36, "go!f"), {0, 0}, false});
  trace.emit(DispatchBegun{.record = GuestAddr{0xf00}, .code = 0xC0000005});
  trace.emit(HandlerEntered{GuestAddr{0x2000}, place(0x403000, "go!sigtramp"), 0, 0, {}, {}});
  trace.at(20, 0xa00).emit(Disposition{GuestAddr{0x2000}, place(0x403000, "go!sigtramp"), 0});
  trace.emit(DispatchContinued{{}, GuestAddr{0x1000}});
  const auto events = written(trace);
  check_format(events);
  std::string order;
  for (const auto& event : events) order += event["ph"].get<std::string>();
  CHECK(order == "MMiBBiEiE");
  CHECK(events[3]["name"] == "dispatch C0000005");
  CHECK(events[3]["ts"] == 10);
  CHECK(events[4]["name"] == "handler go!sigtramp");
  CHECK(events[8]["ts"] == 20);
}

TEST_CASE("a crash in the middle of a dispatch leaves no slice open") {
  TraceMaker trace;
  for (std::uint32_t thread = 1; thread <= 3; ++thread) {
    trace.thread = thread;
    trace.at(10 * thread, 0x1000).emit(DispatchBegun{.record = GuestAddr{0xf00}});
    trace.emit(HandlerEntered{GuestAddr{0x2000}, {}, 0, 0, {}, {}});
  }
  check_format(written(trace));
}

TEST_CASE("one event of every kind, hostile names and a clock that runs backwards stay JSON") {
  TraceMaker trace;
  std::uint64_t now = 1000;
  for (const Payload& payload : sample_payloads()) trace.at(now--, 0x1000).emit(payload);
  trace.emit(GateCalled{"\xff\"\\</script>", std::string("\0\n", 2), {}});
  check_format(written(trace));
}

TEST_CASE("a nested dispatch lies inside of the handler that it comes from") {
  TraceMaker trace;
  trace.at(10, 0x1000).emit(DispatchBegun{.record = GuestAddr{0xf00}, .code = 0xC0000005});
  trace.emit(HandlerEntered{GuestAddr{0x2000}, place(0x403000, "a!outer"), 0, 0, {}, {}});
  trace.at(20, 0xe00).emit(DispatchBegun{.record = GuestAddr{0xd00}, .code = 0xC0000094});
  trace.emit(HandlerEntered{GuestAddr{0x3000}, place(0x404000, "a!inner"), 0, 0, {}, {}});
  trace.emit(Disposition{GuestAddr{0x3000}, place(0x404000, "a!inner"), 0});
  trace.at(30, 0xc00).emit(DispatchContinued{{}, GuestAddr{0xe00}});
  trace.at(40, 0xe00).emit(Disposition{GuestAddr{0x2000}, place(0x403000, "a!outer"), 0});
  trace.at(50, 0xe00).emit(DispatchContinued{{}, GuestAddr{0x1000}});
  const auto events = written(trace);
  check_format(events);
  std::string path, deepest;
  for (const auto& event : events) {
    if (event["ph"] == "B") path += "/" + event["name"].get<std::string>();
    if (path.size() > deepest.size()) deepest = path;
    if (event["ph"] == "E") path.erase(path.rfind('/'));
  }
  CHECK(deepest == "/dispatch C0000005/handler a!outer/dispatch C0000094/handler a!inner");
  CHECK(path.empty());
}

TEST_CASE("kinds that are not wanted are left out; slices stay") {
  TraceMaker trace;
  trace.at(10, 0x1000).emit(GateCalled{}).emit(DispatchBegun{.record = GuestAddr{0xf00}});
  trace.emit(DispatchAbandoned{});
  std::string order;
  for (const auto& event : written(trace, KindSet::none())) {
    order += event["ph"].get<std::string>();
  }
  CHECK(order == "MMBE");
}
