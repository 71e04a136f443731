#include "host/trace/text_writer.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

#include "tests/trace/sample_events.hpp"

using namespace sehlab;
using namespace sehlab::trace;

TEST_SUITE_BEGIN("trace");

TEST_CASE("a line holds instruction count, thread, kind, words, symbol and chain") {
  TextLines lines;
  Event event = event_with(sample_payloads()[13]);
  event.instruction = 418204;
  // The columns are docs/trace-format.md's; the addresses are the sample's.
  CHECK(lines.line(event) ==
        "@    418 204  thread 1  push          fs:[0] ← 0019fe94 {next 0019ff70, go!sigtramp} by "
        "go!callbackasm1+0x0e in the frame of go!callbackasm1  in go!deref+0x6  chain "
        "0019fe94>0019ff70");
}

TEST_CASE("each kind is told in words") {
  // Written by hand from the samples' fields.
  const std::vector<std::string> expected = {
      "raised by software: read of 00000010 at go!deref+0x6 (access violation C0000005), flags 1",
      "C0000005, record 0002f9d0, context 0002f700, on a stack of the program's, flags 11 (nested)",
      "0019fe94 {next 0019ff70, go!sigtramp}, unwinding",
      "0019fe94 {go!sigtramp}: the handler is in no executable page, unwinding",
      "go!sigtramp, frame 0019ff70 in the frame of go!callbackasm1, pushed by "
      "go!callbackasm1+0x0e, for C0000027, flags 2 (unwinding)",
      "go!sigtramp → 1 ContinueSearch, frame 0019ff70",
      "continue handler go!sigtramp, for C0000005",
      "go!sigtramp → -1 CONTINUE_EXECUTION",
      "on at go!sigpanic, esp 0002fc00",
      "nobody took it: unhandled C0000005; the walk stopped at a refused record (STACK_INVALID)",
      "to 0019ff70, for C0000027, flags 2 (unwinding)",
      "0019fe94 is off the chain",
      "at 0019ff70, on at c!f+0x20",
      "fs:[0] ← 0019fe94 {next 0019ff70, go!sigtramp} by go!callbackasm1+0x0e in the frame of "
      "go!callbackasm1",
      "fs:[0] ← 0019ff70, 0019fe94 is off by go!callbackasm1+0x5e",
      "0019fe94 {go!sigtramp} is below esp 0019ff40; pushed @418 204 by go!callbackasm1+0x0e in "
      "the frame of go!callbackasm1; left by stack-switch at go!gogo+0x9",
      "0019fe94 unlinked after 61 instructions by go!endcgo+0x20",
      "0019fe98: 00403000 → 41414141 in the record 0019fe94 by kernel32!FreeLibrary+0x1f",
      "overwritten: 0019fe94 {go!sigtramp}, confirmed by dispatch at go!deref+0x6; pushed @418 204 "
      "by go!callbackasm1+0x0e in the frame of go!callbackasm1; exposed since @418 590; left by "
      "stack-switch at go!gogo+0x9; written @419 012 by kernel32!FreeLibrary+0x1f; handler now "
      "41414141; a copy of 0019fd00; suppressed: known since 2014",
      "KERNEL32.dll!WriteFile called from go!write+0x10",
      "2 at go!rt0, teb 7ffde000, stack 0019c000..001a0000",
      "1 → 2",
      "2 with c0000005",
      "go.exe at 00400000..00410000",
      "go!recovery, visit 3, in recovery < panic+0x40",
      "stderr \"--- PASS: Test\\n\\ttab \\\\ \\x01\\xff ü\"",
      "#2 before go!deref, visit 3: at=go!deref fault=\"read\"",
      "not modelled: KERNEL32.dll!CreateJobObjectW",
  };
  const std::vector<Payload> payloads = sample_payloads();
  REQUIRE(payloads.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) CHECK(describe(payloads[i]) == expected[i]);
}

TEST_CASE("the chain is drawn from its head, with how it ends if not properly") {
  ChainPicture chain;
  CHECK(describe(chain) == "empty");
  chain.head = GuestAddr{0x41414141};
  chain.ending = "unreadable";
  CHECK(describe(chain) == "41414141 (unreadable)");
  chain.links.push_back({GuestAddr{0x19fe94}, GuestAddr{0x41414141}, {}});
  CHECK(describe(chain) == "0019fe94>41414141 (unreadable)");
  chain.ending = "too-long";
  chain.links.assign(20, {GuestAddr{0x19fe94}, GuestAddr{0x19fe94}, {}});
  CHECK(describe(chain).ends_with(">…12 more (too-long)"));
}

TEST_CASE("a writer of some kinds leaves the others out, but still indents by them") {
  std::ostringstream out;
  TextWriter writer(out, KindSet::parse("visit").value());
  writer.on_event(event_with(DispatchBegun{.record = GuestAddr{0x2f9d0}}));
  writer.on_event(event_with(RecordVisited{}));
  CHECK(out.str().find("dispatch") == std::string::npos);
  CHECK(out.str().find("│ visit") != std::string::npos);
}

TEST_CASE("the same events give the same bytes, one line each, without control characters") {
  std::string first;
  for (int run = 0; run < 2; ++run) {
    std::ostringstream out;
    TextWriter writer(out);
    for (const Payload& payload : sample_payloads()) writer.on_event(event_with(payload));
    const std::string text = out.str();
    CHECK(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) ==
          sample_payloads().size());
    for (const char c : text) CHECK((c == '\n' || static_cast<unsigned char>(c) >= 0x20));
    if (run == 0) first = text;
    CHECK(text == first);
  }
}

TEST_SUITE_END();
