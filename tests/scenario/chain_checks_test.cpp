#include <doctest/doctest.h>

#include "tests/scenario/judged.hpp"

using namespace sehlab;
using namespace sehlab::scenario;
using trace::place;
using trace::TraceMaker;
using Failures = std::vector<std::string>;

namespace {

// facts: go-windows-386.md 2: A1 callbackasm1's record, R a record of C's, S mstart's, B the
// thread's base frame.
constexpr std::uint32_t kA1 = 0x19fe94, kR = 0x19fec0, kS = 0x19ff70, kB = 0x19ffcc;
constexpr std::uint32_t kEnd = 0xffffffff;
const trace::Place kSigtramp = place(0x403000, "go!sigtramp");
const trace::Place kBase = place(0x77001000, "ntdll!base_handler");

trace::RecordPushed push(std::uint32_t record, std::uint32_t next, const char* owner) {
  return {GuestAddr{record}, GuestAddr{next}, kSigtramp, {}, place(0x402000, owner)};
}
trace::RecordPopped pop(std::uint32_t record, std::uint32_t head) {
  return {GuestAddr{record}, GuestAddr{head}, {}};
}
trace::RecordExposed exposed(std::uint32_t record) {
  return {GuestAddr{record}, GuestAddr{0x19ff40}, kSigtramp, {}, place(1, "go!callbackasm1"), 1};
}
trace::ExposureEnded over(std::uint32_t record) {
  return {GuestAddr{record}, {}, 61};
}
trace::ProcessEnded end() {
  return {trace::EndKind::Exited, 0, ""};
}

/// Up to the callback: fs:[0] → A1 → R → S → B.
TraceMaker in_callback() {
  TraceMaker t;
  t.linked({{kB, kBase}}).emit(push(kB, kEnd, "ntdll!RtlUserThreadStart+0x10"));
  t.linked({{kS, kSigtramp}, {kB, kBase}}).emit(push(kS, kB, "go!mstart+0x22"));
  t.emit(push(kR, kS, "c!f+0x8"));
  t.linked({{kA1, kSigtramp}, {kR, kSigtramp}, {kS, kSigtramp}, {kB, kBase}});
  t.emit(push(kA1, kR, "go!callbackasm1+0xe"));
  return t;
}

/// The panic left A1 and R behind, and something set fs:[0].
TraceMaker put_back_to(std::vector<std::pair<std::uint32_t, trace::Place>> chain) {
  TraceMaker t = in_callback();
  t.emit(exposed(kA1)).emit(exposed(kR));
  const std::uint32_t head = chain.empty() ? kEnd : chain[0].first;
  t.instruction = 418651;
  t.linked(std::move(chain));
  t.emit(pop(kA1, head)).emit(over(kA1)).emit(pop(kR, head)).emit(over(kR));
  return t.emit(end());
}

}  // namespace

TEST_SUITE_BEGIN("scenario");

TEST_CASE("restored: fs:[0] back at the record below the dead ones passes") {
  CHECK(judged("chain = \"restored\"", put_back_to({{kS, kSigtramp}, {kB, kBase}})).empty());
}

TEST_CASE("restored: ordinary pushes and pops pass") {
  TraceMaker t = in_callback();
  t.linked({{kR, kSigtramp}, {kS, kSigtramp}, {kB, kBase}}).emit(pop(kA1, kR));
  t.linked({{kS, kSigtramp}, {kB, kBase}}).emit(pop(kR, kS)).emit(end());
  CHECK(judged("chain = \"restored\"", t).empty());
}

TEST_CASE("restored: a chain put back too far fails") {
  CHECK(judged("chain = \"restored\"", put_back_to({{kB, kBase}})) ==
        Failures{"chain: expected restored got @418 651: fs:[0] goes from 0019fe94 to 0019ffcc, "
                 "not to 0019ff70 (and 1 more)"});
  CHECK_FALSE(judged("chain = \"restored\"", put_back_to({})).empty());
}

TEST_CASE("restored: a dead record still linked when the process ends fails") {
  TraceMaker t = in_callback();
  t.emit(exposed(kA1)).emit(end());
  CHECK(judged("chain = \"restored\"", t) ==
        Failures{"chain: expected restored got thread 1 ends with the dead record 0019fe94 of "
                 "callbackasm1 linked"});
}

TEST_CASE("restored: a dead record still linked when its thread ends fails") {
  TraceMaker t = in_callback();
  t.emit(exposed(kA1)).emit(trace::ThreadEnded{1, 0});
  t.linked({}).emit(end());
  CHECK(judged("chain = \"restored\"", t).size() == 1);
}

TEST_CASE("restored: a new record in a dead one's place is no restoration") {
  // facts: go-windows-386.md 2.6: the second panic at the same depth links A1 to itself.
  TraceMaker t = in_callback();
  t.emit(exposed(kA1)).emit(exposed(kR));
  t.linked({{kA1, kSigtramp}}, "cycle");
  t.emit(pop(kA1, kA1)).emit(over(kA1)).emit(push(kA1, kA1, "go!callbackasm1+0xe"));
  t.linked({{kS, kSigtramp}, {kB, kBase}}).emit(pop(kA1, kS)).emit(end());
  const Failures failures = judged("chain = \"restored\"", t);
  REQUIRE(failures.size() == 1);
  CHECK(failures[0].find("fs:[0] goes from 0019fe94 to 0019fe94, not to 0019ff70") !=
        std::string::npos);
}

TEST_CASE("restored: the dispatcher's own record before the right one is no fault") {
  TraceMaker t = in_callback();
  t.emit(exposed(kA1)).emit(exposed(kR));
  t.linked({{0x2f600, place(0x77003000, "ntdll!protector")}, {kS, kSigtramp}, {kB, kBase}});
  t.emit(pop(kA1, kS)).emit(over(kA1)).emit(pop(kR, kS)).emit(over(kR)).emit(end());
  CHECK(judged("chain = \"restored\"", t).empty());
}

TEST_CASE("restored: another thread's records are its own") {
  TraceMaker t = in_callback();
  t.thread = 2;
  t.linked({{kA1, kSigtramp}}).emit(push(kA1, kEnd, "c!g"));
  t.emit(exposed(kA1));
  t.linked({}).emit(pop(kA1, kEnd)).emit(over(kA1));
  t.thread = 1;
  t.linked({{kS, kSigtramp}, {kB, kBase}}).emit(end());
  CHECK(judged("chain = \"restored\"", t).empty());
}

TEST_CASE("restored: a chain that does not end, or a trace without the end, fails") {
  TraceMaker t = in_callback();
  t.linked({{kS, kSigtramp}}, "unreadable").emit(end());
  CHECK(judged("chain = \"restored\"", t) ==
        Failures{"chain: expected restored got the chain does not end: unreadable"});
  CHECK(judged("chain = \"restored\"", in_callback()) ==
        Failures{"chain: expected restored got the trace does not show the process end"});
}

TEST_CASE("owners: the records at the end, innermost first, all of them") {
  const TraceMaker good = put_back_to({{kS, kSigtramp}, {kB, kBase}});
  CHECK(judged("chain = [\"mstart\", \"RtlUserThreadStart\"]", good).empty());
  CHECK(judged("chain = [\"sigtramp@mstart\", \"ntdll!RtlUserThreadStart\"]", good).empty());
  const std::string got =
      " got sigtramp@mstart (record 0019ff70) > base_handler@RtlUserThreadStart (record "
      "0019ffcc)";
  CHECK(judged("chain = [\"RtlUserThreadStart\"]", good) ==
        Failures{"chain: expected RtlUserThreadStart" + got});
  CHECK(judged("chain = [\"RtlUserThreadStart\", \"mstart\"]", good) ==
        Failures{"chain: expected RtlUserThreadStart > mstart" + got});
  CHECK(judged("chain = [\"callbackasm1\", \"mstart\", \"RtlUserThreadStart\"]", good).size() == 1);
  CHECK(judged("chain = []", good) == Failures{"chain: expected an empty chain" + got});
  CHECK(judged("chain = []", put_back_to({})).empty());
}

TEST_CASE("owners: a record whose push was not seen is nobody's") {
  TraceMaker t;
  t.linked({{kS, kSigtramp}}).emit(end());
  CHECK(judged("chain = [\"mstart\"]", t) ==
        Failures{"chain: expected mstart got sigtramp (record 0019ff70)"});
  CHECK(judged("chain = [\"mstart\"]", TraceMaker{}) ==
        Failures{"chain: expected mstart got the trace does not show the process end"});
}

TEST_SUITE_END();
