#include "host/report/crash_report.hpp"

#include <doctest/doctest.h>

#include <sstream>

#include "host/trace/plain.hpp"
#include "tests/trace/trace_maker.hpp"

using namespace sehlab;
using namespace sehlab::report;
using trace::place;
using trace::TraceMaker;

namespace {

// The story of issue 7470 as a crash report tells it, with facts: go-windows-386.md 2 for the order
// of things: A1 is callbackasm1's record, S is mstart's, B the base frame's.
constexpr std::uint32_t kA1 = 0x19fe94, kS = 0x19ff70, kB = 0x19ffcc;
const trace::Place kSigtramp = place(0x403000, "go_buggy!sigtramp");
const trace::Place kBase = place(0x77001000, "ntdll!_except_handler4");
const trace::Place kGarbage = place(0x41414141);

trace::RecordPushed pushed(std::uint32_t record, std::uint32_t next, trace::Place handler,
                           trace::Place by) {
  return {GuestAddr{record}, GuestAddr{next}, std::move(handler), by, by};
}

/// Up to the fault: A1 dangles and its first word is overwritten.
TraceMaker overwritten() {
  TraceMaker t;
  t.at(10, kB).linked({{kB, kBase}});
  t.emit(trace::ThreadStarted{
      1, GuestAddr{0x7ffde000}, {GuestAddr{0x19c000}, GuestAddr{0x1a0000}}, {}});
  t.emit(pushed(kB, 0xffffffff, kBase, place(0x77002000, "ntdll!RtlUserThreadStart+0x10")));
  t.at(100, kS).emit(pushed(kS, kB, kSigtramp, place(0x402000, "go_buggy!mstart+0x22")));
  t.at(418204, kA1).emit(pushed(kA1, kS, kSigtramp, place(0x40210e, "go_buggy!callbackasm1+0xe")));
  t.at(418590, 0x19ff40)
      .emit(trace::RecordExposed{
          GuestAddr{kA1}, GuestAddr{0x19ff40}, kSigtramp, {}, {}, 418204, {}, {}});
  t.at(419012, 0x19fe80)
      .emit(trace::ExposedRecordWritten{GuestAddr{kA1}, GuestAddr{kA1}, kS, 0x41414141,
                                        place(0x77101f, "kernel32!FreeLibrary+0x1f")});
  t.chain = {GuestAddr{kA1}, {{GuestAddr{kA1}, GuestAddr{0x41414141}, kGarbage}}, "unreadable"};
  return t;
}

trace::FaultRaised nil_read() {
  return {0xC0000005, 0, place(0x401a36, "go_buggy!deref+0x6"), {0, 0}, false};
}

trace::DispatchBegun dispatch(std::uint32_t record, std::uint32_t code = 0xC0000005) {
  return {GuestAddr{record}, GuestAddr{record - 0x2d0}, code, 0, false};
}

std::string told(const TraceMaker& t, const std::optional<CrashScene>& scene = {},
                 bool colour = false) {
  CrashStory story;
  t.tell(story);
  REQUIRE(story.crashed());
  return crash_report(story, scene, Style{colour});
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_SUITE_BEGIN("report");

TEST_CASE("the report of an overwritten record says who was asked and why nobody took the fault") {
  TraceMaker t = overwritten();
  t.at(431772, 0x2fcd0).emit(nil_read()).emit(dispatch(0x2f9d0));
  t.emit(trace::RecordVisited{GuestAddr{kA1}, GuestAddr{0x41414141}, kGarbage, false});
  t.emit(
      trace::RecordRefused{GuestAddr{kA1}, kGarbage, trace::Refusal::HandlerNotExecutable, false});
  t.emit(trace::DispatchAbandoned{0xC0000005, true});
  t.emit(trace::ProcessEnded{trace::EndKind::UnhandledException, 0xC0000005, ""});
  CrashScene scene;
  scene.source = "faults.c:12";
  for (const char* name : {"eax", "ebx", "ecx", "edx", "esi", "edi"}) {
    scene.registers.push_back({name, 0});
  }
  scene.registers.push_back({"eip", 0x401a36});
  scene.code = {{GuestAddr{0x401a34}, "31 c0", "xor eax, eax"},
                {GuestAddr{0x401a36}, "8b 00", "mov eax, dword ptr [eax]"}};

  // Written by hand, as somebody would like to read it.
  CHECK(told(t, scene) == R"(unhandled exception C0000005 access violation: read of 00000000
  at go_buggy!deref+0x6 (faults.c:12), thread 1, instruction 431 772

  who was asked
    0019fe94  handler 41414141    REFUSED  the handler is in no executable page
              DANGLING and overwritten: pushed @418 204 by callbackasm1+0xe,
              exposed since @418 590, its first word written @419 012 by
              FreeLibrary+0x1f
    0019ff70  handler sigtramp    NOT REACHED
              the walk stops at a record that is refused; the chain led here
              before it was overwritten
              pushed @100 by mstart+0x22
    0019ffcc  handler _except_handler4  NOT REACHED
              the walk stops at a record that is refused; the chain led here
              before it was overwritten
              pushed @10 by RtlUserThreadStart+0x10
    unhandled filter              NOT REACHED
              it is called from the thread's base frame

  eax 00000000  ebx 00000000  ecx 00000000  edx 00000000  esi 00000000
  edi 00000000  eip 00401a36

    00401a34  31 c0                xor eax, eax
  ▶ 00401a36  8b 00                mov eax, dword ptr [eax]

  the process ends with C0000005 (sehlab exits 139)
)");
}

TEST_CASE("an exception that was injected is told as such, and no other is") {
  const std::string spec = "at=go_buggy!deref fault=read";
  const auto fired = [&](bool raises) {
    return trace::InjectionFired{1, spec, place(0x401a36, "go_buggy!deref+0x6"), 1, raises};
  };
  const auto ends = [](TraceMaker& t) {
    t.emit(nil_read()).emit(dispatch(0x2f9d0));
    t.emit(trace::DispatchAbandoned{0xC0000005, true});
    t.emit(trace::ProcessEnded{trace::EndKind::UnhandledException, 0xC0000005, ""});
  };
  TraceMaker injected, own, later;
  injected.emit(fired(true));
  ends(injected);
  own.emit(fired(false));  // it changed something, and the fault is the program's
  ends(own);
  later.emit(fired(true)).emit(nil_read()).emit(dispatch(0x2f9d0));
  later.emit(trace::DispatchContinued{place(0x401a40), GuestAddr{0x30000}});
  ends(later);
  CHECK(has(told(injected), "  injected by " + spec + "\n"));
  CHECK_FALSE(has(told(own), "injected"));
  CHECK_FALSE(has(told(later), "injected"));
}

TEST_CASE("records behind a refused one that the chain still leads to are listed as not reached") {
  TraceMaker t;
  t.linked({{kA1, kSigtramp}, {kS, kSigtramp}, {kB, kBase}});
  t.at(50, 0x19fe00).emit(nil_read()).emit(dispatch(0x19fa00));
  t.emit(trace::RecordRefused{GuestAddr{kA1}, kSigtramp, trace::Refusal::NotInSafeSehTable, false});
  t.emit(trace::DispatchAbandoned{0xC0000005, true});
  t.emit(trace::ProcessEnded{trace::EndKind::UnhandledException, 0xC0000005, ""});
  const std::string text = told(t);
  CHECK(has(text,
            "0019fe94  handler sigtramp    REFUSED\n              the handler is not in its "
            "image's SafeSEH table\n"));
  CHECK(has(text, "0019ff70  handler sigtramp    NOT REACHED\n"));
  CHECK(has(text, "0019ffcc  handler _except_handler4  NOT REACHED\n"));
  CHECK_FALSE(has(text, "led here before"));
}

TEST_CASE("garbage that overwritten words lead to is not taken for a record") {
  TraceMaker t = overwritten();
  t.chain.links = {{GuestAddr{kA1}, GuestAddr{0x19ff00}, kGarbage},
                   {GuestAddr{0x19ff00}, GuestAddr{0x19ff10}, place(0x38)},
                   {GuestAddr{0x19ff10}, {}, place(0x39)}};
  t.at(431772, 0x2fcd0).emit(nil_read()).emit(dispatch(0x2f9d0));
  t.emit(
      trace::RecordRefused{GuestAddr{kA1}, kGarbage, trace::Refusal::HandlerNotExecutable, false});
  t.emit(trace::DispatchAbandoned{0xC0000005, true});
  t.emit(trace::ProcessEnded{trace::EndKind::UnhandledException, 0xC0000005, ""});
  const std::string text = told(t);
  CHECK(has(text,
            "0019ff00  handler 00000038    NO RECORD\n"
            "              nobody linked one here: the overwritten words lead to it\n"));
  CHECK_FALSE(has(text, "0019ff10"));
  CHECK(has(text, "0019ff70  handler sigtramp    NOT REACHED\n"));
  CHECK(has(text, "0019ffcc  handler _except_handler4  NOT REACHED\n"));
}

TEST_CASE("a base frame that lets the process end is not called abandonment") {
  TraceMaker t;
  t.linked({{kS, kSigtramp}, {kB, kBase}});
  t.at(50, 0x19fe00).emit(nil_read()).emit(dispatch(0x19fa00));
  t.emit(trace::HandlerEntered{GuestAddr{kS}, kSigtramp, 0xC0000005, 0, {}, {}});
  t.at(60, 0x19f000).emit(trace::Disposition{GuestAddr{kS}, kSigtramp, 1});
  t.emit(trace::HandlerEntered{GuestAddr{kB}, kBase, 0xC0000005, 0, {}, {}});
  // UnhandledExceptionFilter says "execute the handler": the base frame unwinds to itself and
  // its __except block ends the process (facts 3.9).
  t.at(70, 0x19ef00).emit(trace::UnwindBegun{GuestAddr{kB}, 0xC0000027, 2});
  t.at(80, 0x19ef14).emit(trace::UnwindEnded{GuestAddr{kB}, {}});
  t.at(90, 0x19ff90).emit(trace::GateCalled{"ntdll.dll", "NtTerminateProcess", {}});
  t.emit(trace::ProcessEnded{trace::EndKind::UnhandledException, 0xC0000005, ""});
  const std::string text = told(t);
  CHECK(has(text, "0019ff70  handler sigtramp    DECLINED  it answered ContinueSearch\n"));
  CHECK(has(text, "0019ffcc  handler _except_handler4  ENDED IT\n"));
  CHECK(
      has(text, "unhandled filter              ASKED  by the handler that let the process end\n"));
}

TEST_CASE("the last exception is the one reported, not one that was handled before") {
  TraceMaker t;
  t.linked({{kS, kSigtramp}});
  t.at(50, 0x2fcd0).emit(nil_read()).emit(dispatch(0x2f9d0));
  t.emit(trace::HandlerEntered{GuestAddr{kS}, kSigtramp, 0xC0000005, 0, {}, {}});
  t.at(60, 0x2f000).emit(trace::Disposition{GuestAddr{kS}, kSigtramp, 0});
  t.emit(trace::DispatchContinued{place(0x403100), GuestAddr{0x2fccc}});
  trace::FaultRaised second{0xC0000094, 0, place(0x401b00, "go_buggy!divide"), {}, false};
  t.at(80, 0x2fcd0).emit(second).emit(dispatch(0x2f9d0, 0xC0000094));
  t.emit(trace::RecordRefused{GuestAddr{kS}, {}, trace::Refusal::Misaligned, false});
  t.emit(trace::DispatchAbandoned{0xC0000094, true});
  t.emit(trace::ProcessEnded{trace::EndKind::UnhandledException, 0xC0000094, ""});
  const std::string text = told(t);
  CHECK(has(text, "unhandled exception C0000094 integer divide by zero\n  at go_buggy!divide,"));
  CHECK_FALSE(has(text, "ContinueExecution"));
}

TEST_CASE("a fault inside a handler is reported with the exception around it") {
  TraceMaker t;
  t.linked({{kA1, kGarbage}});
  t.at(50, 0x2fcd0).emit(nil_read()).emit(dispatch(0x2f9d0));
  t.emit(trace::HandlerEntered{GuestAddr{kA1}, kGarbage, 0xC0000005, 0, {}, {}});
  t.linked({{0x2f600, place(0x77003000, "ntdll!ExceptionProtector")}}, "off-stack");
  trace::FaultRaised inner{0xC0000005, 0, kGarbage, {8, 0x41414141}, false};
  t.at(50, 0x2f5e0).emit(inner).emit(dispatch(0x2f2e0));
  t.emit(trace::RecordRefused{GuestAddr{0x2f600}, {}, trace::Refusal::OutsideStack, false});
  t.emit(trace::DispatchAbandoned{0xC0000005, true});
  t.emit(trace::ProcessEnded{trace::EndKind::UnhandledException, 0xC0000005, ""});
  const std::string text = told(t);
  CHECK(has(text, "unhandled exception C0000005 access violation: execution of 41414141\n"));
  CHECK(has(text,
            "  raised while a handler ran for C0000005 access violation: read of 00000000 at\n"
            "  go_buggy!deref+0x6, instruction 50\n"));
  CHECK(has(text, "0002f600"));
  CHECK_FALSE(has(text, "0019fe94  handler 41414141    NO ANSWER"));
}

TEST_CASE("of a long row of faults in handlers the newest and the first are told, and how many") {
  TraceMaker t;
  t.linked({{kS, kSigtramp}});
  constexpr int kFaults = 500;
  for (std::uint32_t i = 1; i <= kFaults; ++i) {
    t.at(1000 * i, 0x19f000 - 0x400 * i).emit(nil_read()).emit(dispatch(0x19f000 - 0x400 * i));
    t.emit(trace::RecordVisited{GuestAddr{kS}, GuestAddr{0xffffffff}, kSigtramp, false});
    t.emit(trace::HandlerEntered{GuestAddr{kS}, kSigtramp, 0xC0000005, 0, {}, {}});
  }
  t.emit(trace::DispatchAbandoned{0xC0000005, true});
  t.emit(trace::ProcessEnded{trace::EndKind::UnhandledException, 0xC0000005, ""});
  const std::string report = told(t);
  CAPTURE(report);
  CHECK(has(report, "instruction 500 000"));  // the fatal one
  CHECK(has(report, "instruction 499 000"));
  CHECK(has(report, "499 in all"));  // around the fatal one
  CHECK(has(report, "instruction 1 000"));
  CHECK_FALSE(has(report, "instruction 2 000"));
  CHECK_FALSE(has(report, "instruction 250 000"));
}

TEST_CASE("an exception that never came to a dispatch is reported as such") {
  SUBCASE("its frame could not be written") {
    TraceMaker t;
    t.at(50, 0x10).emit(nil_read()).emit(trace::DispatchAbandoned{0xC0000005, false});
    t.emit(trace::ProcessEnded{trace::EndKind::UnhandledException, 0xC0000005, ""});
    CHECK(has(told(t), "    nobody: the exception did not come to a dispatch"));
  }
  SUBCASE("and neither did one inside a handler") {
    TraceMaker t;
    t.linked({{kS, kSigtramp}});
    t.at(50, 0x2fcd0).emit(nil_read()).emit(dispatch(0x2f9d0));
    t.emit(trace::HandlerEntered{GuestAddr{kS}, kSigtramp, 0xC0000005, 0, {}, {}});
    t.at(55, 0x10).emit(trace::FaultRaised{0xC00000FD, 0, place(0x403004), {}, false});
    t.emit(trace::DispatchAbandoned{0xC00000FD, false});
    t.emit(trace::ProcessEnded{trace::EndKind::UnhandledException, 0xC00000FD, ""});
    const std::string text = told(t);
    CHECK(has(text, "unhandled exception C00000FD stack overflow\n"));
    CHECK(has(text, "raised while a handler ran for C0000005"));
    CHECK(has(text, "    nobody: the exception did not come to a dispatch"));
  }
  SUBCASE("fail fast asks nobody") {
    TraceMaker t;
    t.emit(trace::FaultRaised{0xC0000409, 1, place(0x401000), {5}, false});
    t.emit(trace::ProcessEnded{trace::EndKind::UnhandledException, 0xC0000409, ""});
    CHECK(has(told(t), "    nobody:"));
  }
}

// Facts 3.2 A: they come before all frames.
TEST_CASE("vectored handlers are told before the records, with what they answered") {
  TraceMaker t = overwritten();
  t.at(431772, 0x2fcd0).emit(nil_read()).emit(dispatch(0x2f9d0));
  t.emit(trace::VectoredEntered{place(0x401200, "app!watcher"), false, 0xC0000005, 0});
  t.emit(trace::VectoredReturned{place(0x401200, "app!watcher"), false, 0});
  t.emit(trace::RecordVisited{GuestAddr{kA1}, GuestAddr{0x41414141}, kGarbage, false});
  t.emit(
      trace::RecordRefused{GuestAddr{kA1}, kGarbage, trace::Refusal::HandlerNotExecutable, false});
  t.emit(trace::DispatchAbandoned{0xC0000005, true});
  t.emit(trace::ProcessEnded{trace::EndKind::UnhandledException, 0xC0000005, ""});
  const std::string text = told(t);
  const std::size_t first = text.find("    vectored  handler watcher");
  REQUIRE(first != std::string::npos);
  const std::string words = text.substr(first, text.find("0019fe94", first) - first);
  CHECK(has(words, "DECLINED"));
  CHECK(has(words, "it answered EXCEPTION_CONTINUE_SEARCH"));
  CHECK(text.find("0019fe94  handler", first) != std::string::npos);
}

TEST_CASE("answers that are none, and walks without end, are told") {
  TraceMaker t;
  t.linked({{kS, kSigtramp}}, "cycle");
  t.at(50, 0x19fe00).emit(nil_read()).emit(dispatch(0x19fa00));
  for (std::uint32_t i = 0; i < 1000; ++i) {
    t.emit(trace::RecordVisited{GuestAddr{kS - 16 * (i % 2)}, {}, kSigtramp, false});
    t.emit(trace::HandlerEntered{GuestAddr{kS - 16 * (i % 2)}, kSigtramp, 0xC0000005, 0, {}, {}});
    t.emit(trace::Disposition{GuestAddr{kS - 16 * (i % 2)}, kSigtramp, i == 3 ? 7U : 1U});
  }
  t.emit(trace::ProcessEnded{trace::EndKind::UnhandledException, 0xC0000026, ""});
  const std::string text = told(t);
  CHECK(has(text, "ANSWERED 7  which is no answer to an exception"));
  CHECK(has(text, "    … and 936 more\n"));  // 1000 - 64
  CHECK(text.size() < 10000);
}

TEST_CASE("a process that does not die of an exception has no crash story") {
  for (const auto kind : {trace::EndKind::Exited, trace::EndKind::BudgetSpent,
                          trace::EndKind::Unmodelled, trace::EndKind::Stopped}) {
    TraceMaker t;
    t.emit(nil_read()).emit(trace::ProcessEnded{kind, 0, ""});
    CrashStory story;
    t.tell(story);
    CHECK_FALSE(story.crashed());
  }
}

TEST_CASE("a hundred thousand handled exceptions leave a small story") {
  CrashStory story;
  for (std::uint64_t i = 0; i < 100000; ++i) {
    TraceMaker t;
    t.linked({{kS, kSigtramp}});
    t.at(100 * i + 1, 0x2fcd0).emit(nil_read()).emit(dispatch(0x2f9d0));
    t.emit(trace::HandlerEntered{GuestAddr{kS}, kSigtramp, 0xC0000005, 0, {}, {}});
    // Every second handler never returns: a jump leaves it.
    if (i % 2 == 0) t.emit(trace::DispatchContinued{{}, GuestAddr{0x2fcd0}});
    t.tell(story);
  }
  TraceMaker t;
  t.at(100'000'000, 0x2fcd0);
  t.emit(trace::ProcessEnded{trace::EndKind::UnhandledException, 0xC0000005, ""});
  t.tell(story);
  CHECK(story.around().empty());
}

TEST_CASE("colour adds and takes nothing away, and no line is wider than a terminal") {
  TraceMaker t = overwritten();
  t.at(431772, 0x2fcd0).emit(nil_read()).emit(dispatch(0x2f9d0));
  t.emit(
      trace::RecordRefused{GuestAddr{kA1}, kGarbage, trace::Refusal::HandlerNotExecutable, false});
  t.emit(trace::DispatchAbandoned{0xC0000005, true});
  t.emit(trace::ProcessEnded{trace::EndKind::UnhandledException, 0xC0000005, ""});
  const std::string plain = told(t);
  std::string coloured = told(t, {}, true);
  CHECK(has(coloured, "\x1b[31mREFUSED\x1b[0m"));
  for (const char* code : {"\x1b[0m", "\x1b[1m", "\x1b[31m"}) {
    while (has(coloured, code)) coloured.erase(coloured.find(code), std::string(code).size());
  }
  CHECK(coloured == plain);
  std::istringstream lines(plain);
  for (std::string line; std::getline(lines, line);) CHECK(trace::width(line) <= kColumns);
}

TEST_SUITE_END();
