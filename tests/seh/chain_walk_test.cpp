// The walk along the chain: facts 3.2 E and 3.4.
#include <doctest/doctest.h>

#include "host/win32/exception_flags.hpp"
#include "host/win32/status.hpp"
#include "thread_rig.hpp"

namespace sehlab::seh {
namespace {

using namespace testing;

constexpr GuestAddr kFirst = kProgram + 0x100, kSecond = kProgram + 0x200,
                    kThird = kProgram + 0x300;

TEST_CASE("a handler that continues execution puts the thread back with its edited context") {
  ThreadRig rig;
  rig.link(kEsp + 0x100, kFirst);
  rig.handler(kFirst, [](ThreadRig& in) {
    win32::Context context = in.context();
    context.Eip += 6;
    context.Eax = 42;
    in.set_context(context);
    return 0u;
  });
  const emu::GeneralRegisters before = rig.general();
  CHECK(arrived(rig.fault(win32::STATUS_ACCESS_VIOLATION, {0, 0})) == kFaultingCode + 6);
  emu::GeneralRegisters expected = before;
  expected.eip += 6;
  expected.eax = 42;
  CHECK(rig.general() == expected);  // everything else bit by bit
  CHECK(rig.head() == kEsp + 0x100);
}

TEST_CASE("handlers are called from the head of the chain until one takes the exception") {
  ThreadRig rig;
  std::vector<GuestAddr> frames;
  const auto pass = [&](ThreadRig& in) {
    frames.push_back(in.frame_at());
    return 1u;
  };
  rig.handler(kFirst, pass);
  rig.handler(kSecond, [&](ThreadRig& in) {
    frames.push_back(in.frame_at());
    return 0u;
  });
  rig.handler(kThird, pass);
  rig.link(kEsp + 0x300, kThird);
  rig.link(kEsp + 0x200, kSecond);
  rig.link(kEsp + 0x100, kFirst);
  arrived(rig.fault(win32::STATUS_ACCESS_VIOLATION, {0, 0}));
  CHECK(frames == std::vector{kEsp + 0x100, kEsp + 0x200});
}

TEST_CASE("a handler is entered as ExecuteHandler enters it") {
  ThreadRig rig;
  rig.link(kEsp + 0x100, kFirst);
  emu::GeneralRegisters at_entry;
  rig.handler(kFirst, [&](ThreadRig& in) {
    at_entry = in.general();
    // Four arguments above the return address: record, frame, context, dispatcher context.
    CHECK(in.memory.word(GuestAddr{at_entry.esp}) == kHandlerReturned.value);
    CHECK(in.record_code() == win32::STATUS_ACCESS_VIOLATION);
    CHECK(in.frame_at() == kEsp + 0x100);
    CHECK(in.context().Eip == kFaultingCode.value);
    CHECK(in.argument(3) > at_entry.esp);
    // Facts 1.5: fs:[0] is the protecting registration; its words in order.
    const auto guard = in.memory.get<win32::ProtectingRegistration>(in.head());
    CHECK(guard.Next == (kEsp + 0x100).value);
    CHECK(guard.Handler == kExceptionProtector.value);
    CHECK(guard.RegistrationFrame == (kEsp + 0x100).value);
    CHECK(guard.SavedEbp == (kEsp + 0x40).value);
    CHECK(at_entry.ebp == (in.head() + 0xc).value);
    CHECK(in.head() > GuestAddr{at_entry.esp} + 0x10);  // above the arguments
    return 0u;
  });
  emu::GeneralRegisters start = rig.general();
  start.eflags |= emu::kEflagsDf;
  rig.set_general(start);
  arrived(rig.fault(win32::STATUS_ACCESS_VIOLATION, {0, 0}));
  // Facts 3.4: eax = ebx = esi = edi = 0, ecx = handler, DF clear.
  CHECK(at_entry.eax == 0);
  CHECK(at_entry.ebx == 0);
  CHECK(at_entry.esi == 0);
  CHECK(at_entry.edi == 0);
  CHECK(at_entry.ecx == kFirst.value);
  CHECK(at_entry.eip == kFirst.value);
  CHECK((at_entry.eflags & emu::kEflagsDf) == 0);
}

TEST_CASE("a handler may be stdcall, cdecl, or leave ESP anywhere") {
  for (const std::uint32_t popped : {0u, 16u, 0x40u}) {
    ThreadRig rig;
    rig.link(kEsp + 0x100, kFirst);
    rig.code(kFirst, [popped](ThreadRig& in) { in.ret(0, popped); });
    CHECK(arrived(rig.fault(win32::STATUS_ACCESS_VIOLATION, {0, 0})) == kFaultingCode);
    CHECK(rig.head() == kEsp + 0x100);  // facts 1.2, 3.4: ESP is reloaded from fs:[0]
  }
}

TEST_CASE("a handler that leaves a record of its own linked is named, not guessed at") {
  ThreadRig rig;
  rig.link(kEsp + 0x100, kFirst);
  rig.handler(kFirst, [](ThreadRig& in) {
    in.link(GuestAddr{in.general().esp} - 0x20, kSecond);
    return 0u;
  });
  const std::string text = refused_by_lab(rig.fault(win32::STATUS_ACCESS_VIOLATION, {0, 0}));
  CHECK(text.find("fs:[0]") != std::string::npos);  // facts 3.4 b
}

TEST_CASE("a handler that points fs:[0] to nowhere is named, not guessed at") {
  ThreadRig rig;
  rig.link(kEsp + 0x100, kFirst);
  rig.handler(kFirst, [](ThreadRig& in) {
    in.set_head(GuestAddr{0x00000010});
    return 0u;
  });
  refused_by_lab(rig.fault(win32::STATUS_ACCESS_VIOLATION, {0, 0}));
}

TEST_CASE("the end of the chain is a second chance, with the record as it was") {
  ThreadRig rig;
  rig.link(kEsp + 0x100, kFirst);
  rig.handler(kFirst, 1);
  const SecondChance chance = died(rig.fault(win32::STATUS_ACCESS_VIOLATION, {1, 0x1234}));
  CHECK(chance.record.ExceptionCode == win32::STATUS_ACCESS_VIOLATION);
  CHECK(chance.record.ExceptionInformation[1] == 0x1234);
  CHECK(chance.context.Eip == kFaultingCode.value);
  CHECK_FALSE(chance.stack_invalid);
  CHECK((chance.record.ExceptionFlags & win32::EXCEPTION_STACK_INVALID) == 0);
}

TEST_CASE("an empty chain is a second chance at once") {
  ThreadRig rig;
  CHECK_FALSE(died(rig.fault(win32::STATUS_ACCESS_VIOLATION, {0, 0})).stack_invalid);
}

TEST_CASE("a record outside the stack or misaligned ends the walk with STACK_INVALID") {
  struct Row {
    GuestAddr record;
    trace::Refusal why;
  };
  // Facts 3.2 E1: frame < StackLimit, frame + 8 > StackBase, frame & 3.
  for (const Row row : {Row{kStackLimit - 4, trace::Refusal::OutsideStack},
                        Row{kStackBase - 4, trace::Refusal::OutsideStack},
                        Row{kStackBase, trace::Refusal::OutsideStack},
                        Row{GuestAddr{0xfffffffc}, trace::Refusal::OutsideStack},
                        Row{GuestAddr{0}, trace::Refusal::OutsideStack},
                        Row{kHeapStack + 0x100, trace::Refusal::OutsideStack},
                        Row{kEsp + 0x101, trace::Refusal::Misaligned},
                        Row{kEsp + 0x102, trace::Refusal::Misaligned}}) {
    ThreadRig rig;
    rig.handler(kFirst, 0);
    rig.memory.commit(kStackBase, kPageSize);
    rig.memory.commit(kStackLimit - kPageSize, kPageSize);
    rig.set_head(row.record);
    CAPTURE(row.record.value);
    const SecondChance chance = died(rig.fault(win32::STATUS_ACCESS_VIOLATION, {0, 0}));
    CHECK(chance.stack_invalid);
    CHECK((chance.record.ExceptionFlags & win32::EXCEPTION_STACK_INVALID) != 0);
    const auto refused = rig.sink.all<trace::RecordRefused>();
    REQUIRE(refused.size() == 1);
    CHECK(refused[0].record == row.record);
    CHECK(refused[0].why == row.why);
    for (const auto& touch : rig.memory.touches) {  // and the record is not even read
      CHECK((touch.at > row.record || touch.at + touch.bytes <= row.record ||
             touch.at == row.record - 3));
    }
  }
}

TEST_CASE("the lowest and the highest place that a record fits into are good") {
  for (const GuestAddr place : {kStackLimit, kStackBase - 8}) {
    ThreadRig rig;
    rig.handler(kFirst, 0);
    rig.link(place, kFirst);
    CHECK(arrived(rig.fault(win32::STATUS_ACCESS_VIOLATION, {0, 0})) == kFaultingCode);
  }
}

TEST_CASE("records need not ascend") {
  ThreadRig rig;  // facts 3.2 E1: not checked
  rig.handler(kFirst, 1);
  rig.handler(kSecond, 0);
  rig.link(kEsp + 0x100, kSecond);
  rig.link(kEsp + 0x500, kFirst);
  CHECK(arrived(rig.fault(win32::STATUS_ACCESS_VIOLATION, {0, 0})) == kFaultingCode);
}

TEST_CASE("the link is read after the handler ran") {
  ThreadRig rig;
  rig.link(kEsp + 0x200, kSecond);
  rig.link(kEsp + 0x100, kFirst);
  rig.handler(kFirst, [](ThreadRig& in) {  // facts 3.2 E6: the handler may edit it
    in.memory.put(kEsp + 0x300, win32::ExceptionRegistrationRecord{0xffffffff, kThird.value});
    in.memory.put(in.frame_at(), (kEsp + 0x300).value);
    return 1u;
  });
  bool second = false;
  rig.handler(kSecond, [&](ThreadRig&) {
    second = true;
    return 0u;
  });
  rig.handler(kThird, 0);
  CHECK(arrived(rig.fault(win32::STATUS_ACCESS_VIOLATION, {0, 0})) == kFaultingCode);
  CHECK_FALSE(second);
}

TEST_CASE("a handler that finds the stack invalid ends the walk") {
  ThreadRig rig;
  rig.link(kEsp + 0x200, kSecond);
  rig.link(kEsp + 0x100, kFirst);
  rig.handler(kFirst, [](ThreadRig& in) {
    in.memory.put(in.record_at() + 4, in.record_flags() | win32::EXCEPTION_STACK_INVALID);
    return 1u;
  });
  rig.handler(kSecond, 0);
  CHECK(died(rig.fault(win32::STATUS_ACCESS_VIOLATION, {0, 0})).stack_invalid);  // E5, 1
}

TEST_CASE("a record linked to itself is visited for as long as the guest has time") {
  ThreadRig rig;  // facts 3.2 E1: no loop protection; each visit is guest code, so a budget ends it
  rig.link(kEsp + 0x100, kFirst);
  rig.memory.put(kEsp + 0x100, (kEsp + 0x100).value);
  rig.handler(kFirst, 1);
  rig.most_steps = 3000;
  CHECK(std::holds_alternative<TooManySteps>(rig.fault(win32::STATUS_ACCESS_VIOLATION, {0, 0})));
}

TEST_CASE("a chain that leads through the protector for ever takes guest time, too") {
  ThreadRig rig;
  rig.link(kEsp + 0x100, kExceptionProtector);
  rig.memory.put(kEsp + 0x100, (kEsp + 0x100).value);
  rig.most_steps = 3000;
  CHECK(std::holds_alternative<TooManySteps>(rig.fault(win32::STATUS_ACCESS_VIOLATION, {0, 0})));
}

TEST_CASE("a record on a page that cannot be read faults in the dispatcher's name") {
  ThreadRig rig;
  rig.memory.decommit(kStackBase - kPageSize, kPageSize);
  emu::GeneralRegisters start = rig.general();
  start.esp = (kStackLimit + 0x1800).value;
  rig.set_general(start);
  rig.set_head(kStackBase - 0x100);
  const SecondChance chance = died(rig.fault(win32::STATUS_BREAKPOINT));
  // Each dispatch meets the same page, lower on the stack, until the stack is used up.
  CHECK(rig.memory_faults > 2);
  CHECK(chance.record.ExceptionCode == win32::STATUS_ACCESS_VIOLATION);
  CHECK(chance.record.ExceptionInformation[1] == (kStackBase - 0x100).value);
}

TEST_CASE("a link on a page that can be read later is followed when the gate is tried again") {
  ThreadRig rig;
  const GuestAddr page_at = kStackLimit + 0x8000, far = page_at + 0x100;
  rig.link(kEsp + 0x200, kThird);
  rig.memory.put(far, win32::ExceptionRegistrationRecord{(kEsp + 0x200).value, kSecond.value});
  const auto page = rig.memory.get<std::array<std::byte, 0x100>>(far);
  rig.memory.decommit(page_at, kPageSize);
  rig.link(kEsp + 0x100, kFirst);
  rig.memory.put(kEsp + 0x100, far.value);
  std::vector<GuestAddr> entered;
  std::uint32_t firsts = 0;
  rig.handler(kFirst, [&](ThreadRig& in) {
    entered.push_back(kFirst);
    if (++firsts == 1) return 1u;
    // The second time it is the dispatcher's own fault that it is asked about.
    CHECK(in.record_code() == win32::STATUS_ACCESS_VIOLATION);
    CHECK(in.context().Eip == kHandlerReturned.value);
    in.memory.commit(page_at, kPageSize);
    in.memory.put(far, page);
    return 0u;
  });
  rig.handler(kSecond, [&](ThreadRig&) {
    entered.push_back(kSecond);
    return 0u;
  });
  CHECK(arrived(rig.fault(win32::STATUS_BREAKPOINT)) == kFaultingCode - 1);
  CHECK(entered == std::vector{kFirst, kFirst, kSecond});
  CHECK(rig.memory_faults == 1);
  CHECK(rig.head() == kEsp + 0x100);
}

TEST_CASE("a walk is told step by step") {
  ThreadRig rig;
  rig.link(kEsp + 0x200, kSecond);
  rig.link(kEsp + 0x100, kFirst);
  rig.handler(kFirst, 1);
  rig.handler(kSecond, 0);
  arrived(rig.fault(win32::STATUS_ACCESS_VIOLATION, {0, 0}));
  std::vector<std::size_t> kinds;
  for (const auto& event : rig.sink.events) kinds.push_back(event.index());
  const std::vector<std::size_t> expected{trace::Payload(trace::DispatchBegun{}).index(),
                                          trace::Payload(trace::RecordVisited{}).index(),
                                          trace::Payload(trace::HandlerEntered{}).index(),
                                          trace::Payload(trace::Disposition{}).index(),
                                          trace::Payload(trace::RecordVisited{}).index(),
                                          trace::Payload(trace::HandlerEntered{}).index(),
                                          trace::Payload(trace::Disposition{}).index(),
                                          trace::Payload(trace::DispatchContinued{}).index()};
  CHECK(kinds == expected);
  CHECK(rig.sink.all<trace::DispatchBegun>()[0].on_os_stack);
  CHECK(rig.sink.all<trace::Disposition>()[1].value == 0);
  CHECK(rig.sink.all<trace::HandlerEntered>()[1].frame == kEsp + 0x200);
}

TEST_CASE("dispatch is the same whether anybody listens or not") {
  const auto run = [](bool listening) {
    ThreadRig rig;
    rig.trace = listening;
    rig.link(kEsp + 0x200, kSecond);
    rig.link(kEsp + 0x100, kFirst);
    rig.handler(kFirst, 1);
    rig.handler(kSecond, 0);
    arrived(rig.fault(win32::STATUS_ACCESS_VIOLATION, {0, 0}));
    CHECK(rig.sink.events.empty() != listening);
    std::vector<std::uint32_t> words;
    for (GuestAddr at = kEsp - 0x400; at < kEsp; at += 4) words.push_back(rig.memory.word(at));
    return std::pair(rig.general(), words);
  };
  CHECK(run(true) == run(false));
}

}  // namespace
}  // namespace sehlab::seh
