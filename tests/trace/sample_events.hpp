// One event of every kind, each field set to something that its default is not, so that a field
// which is forgotten somewhere shows.
#pragma once

#include <vector>

#include "host/trace/event.hpp"

namespace sehlab::trace {

inline Place place(std::uint32_t address, std::string symbol = "") {
  return {GuestAddr{address}, std::move(symbol)};
}

inline std::vector<Payload> sample_payloads() {
  const auto a = [](std::uint32_t value) { return GuestAddr{value}; };
  const Place handler = place(0x00403000, "go!sigtramp");
  const Place push = place(0x0040210e, "go!callbackasm1+0x0e");
  const Place owner = place(0x00402112, "go!callbackasm1+0x12");
  return {
      FaultRaised{0xC0000005, 1, place(0x401a36, "go!deref+0x6"), {0, 0x10}, true},
      DispatchBegun{a(0x2f9d0), a(0x2f700), 0xC0000005, 0x11, false},
      RecordVisited{a(0x19fe94), a(0x19ff70), handler, true},
      RecordRefused{a(0x19fe94), handler, Refusal::HandlerNotExecutable, true},
      HandlerEntered{a(0x19ff70), handler, 0xC0000027, 2, owner, push},
      Disposition{a(0x19ff70), handler, 1},
      VectoredEntered{handler, true, 0xc0000005, 0},
      VectoredReturned{handler, false, 0xffffffff},
      DispatchContinued{place(0x403100, "go!sigpanic"), a(0x2fc00)},
      DispatchAbandoned{0xC0000005, true},
      UnwindBegun{a(0x19ff70), 0xC0000027, 2},
      RecordUnwound{a(0x19fe94)},
      UnwindEnded{a(0x19ff70), place(0x402200, "c!f+0x20")},
      RecordPushed{a(0x19fe94), a(0x19ff70), handler, push, owner},
      RecordPopped{a(0x19fe94), a(0x19ff70), place(0x40215e, "go!callbackasm1+0x5e")},
      RecordExposed{a(0x19fe94), a(0x19ff40), handler, push, owner, 418204, "stack-switch",
                    place(0x401234, "go!gogo+0x9")},
      ExposureEnded{a(0x19fe94), place(0x402300, "go!endcgo+0x20"), 61},
      ExposedRecordWritten{a(0x19fe94), a(0x19fe98), 0x403000, 0x41414141,
                           place(0x10001f, "kernel32!FreeLibrary+0x1f")},
      DefectFound{"overwritten",
                  "dispatch",
                  a(0x19fe94),
                  a(0x19ff70),
                  handler,
                  place(0x41414141),
                  push,
                  owner,
                  place(0x10001f, "kernel32!FreeLibrary+0x1f"),
                  418204,
                  418590,
                  419012,
                  "stack-switch",
                  418591,
                  place(0x401234, "go!gogo+0x9"),
                  418300,
                  place(0x401a36, "go!deref+0x6"),
                  a(0x19fd00),
                  "callback.S:31",
                  "asm.S:80",
                  "deref.c:12",
                  "known since 2014"},
      GateCalled{"KERNEL32.dll", "WriteFile", place(0x401500, "go!write+0x10")},
      ThreadStarted{2, a(0x7ffde000), {a(0x19c000), a(0x1a0000)}, place(0x401000, "go!rt0")},
      ThreadSwitched{1, 2},
      ThreadEnded{2, 0xC0000005},
      ImageMapped{"go.exe", {a(0x400000), a(0x410000)}},
      SymbolReached{place(0x402800, "go!recovery"),
                    3,
                    {{a(0x2fc80), place(0x402800, "go!recovery")},
                     {a(0x2fcc0), place(0x402900, "go!panic+0x40")}}},
      OutputWritten{true, "--- PASS: Test\n\ttab \\ \x01\xff ü"},
      InjectionFired{2, "at=go!deref fault=\"read\"", place(0x401a30, "go!deref"), 3, true},
      ProcessEnded{EndKind::Unmodelled, 125, "KERNEL32.dll!CreateJobObjectW"},
  };
}

inline Event event_with(Payload payload) {
  Event event;
  event.instruction = 418655;
  event.thread = 1;
  event.eip = place(0x401a36, "go!deref+0x6");
  event.esp = GuestAddr{0x2fcd0};
  event.chain.head = GuestAddr{0x19fe94};
  event.chain.links = {{GuestAddr{0x19fe94}, GuestAddr{0x19ff70}, place(0x403000, "go!sigtramp")},
                       {GuestAddr{0x19ff70}, GuestAddr{0xffffffff}, place(0x77001000, "")}};
  event.payload = std::move(payload);
  return event;
}

}  // namespace sehlab::trace
