// RtlUnwind: facts 3.6.
#include <doctest/doctest.h>

#include "host/win32/exception_flags.hpp"
#include "host/win32/status.hpp"
#include "thread_rig.hpp"

namespace sehlab::seh {
namespace {

using namespace testing;

constexpr GuestAddr kFirst = kProgram + 0x100, kSecond = kProgram + 0x200,
                    kThird = kProgram + 0x300, kBack{0x00666000};
constexpr GuestAddr kFrame1 = kEsp + 0x100, kFrame2 = kEsp + 0x200, kFrame3 = kEsp + 0x300;
constexpr std::uint32_t kValue = 0x0badcafe;

struct Seen {
  GuestAddr frame;
  std::uint32_t code = 0, flags = 0;
  GuestAddr next_on_chain;  ///< what the protecting registration guards
  bool operator==(const Seen&) const = default;
};

/// Three frames whose handlers note what they see and return `answer`.
struct UnwindThread : ThreadRig {
  explicit UnwindThread(std::string_view profile = "windows-10-native") : ThreadRig(profile) {
    link(kFrame3, kThird);
    link(kFrame2, kSecond);
    link(kFrame1, kFirst);
    for (const GuestAddr at : {kFirst, kSecond, kThird}) {
      handler(at, [this](ThreadRig& rig) {
        seen.push_back({rig.frame_at(), rig.record_code(), rig.record_flags(),
                        GuestAddr{rig.memory.word(rig.head())}});
        return answer;
      });
    }
  }
  RunEnd unwind(GuestAddr target, GuestAddr record = {}) {
    return call(kRtlUnwind, {target.value, 0x7777, record.value, kValue}, kBack);
  }
  std::vector<GuestAddr> frames() const {
    std::vector<GuestAddr> all;
    for (const Seen& one : seen) all.push_back(one.frame);
    return all;
  }
  std::uint32_t answer = 1;
  std::vector<Seen> seen;
};

TEST_CASE("unwinding calls the handlers below the target and returns with it as head") {
  UnwindThread thread;
  CHECK(arrived(thread.unwind(kFrame3)) == kBack);
  CHECK(thread.frames() == std::vector{kFrame1, kFrame2});  // the target's is not called
  CHECK(thread.head() == kFrame3);                          // nor is it popped
  CHECK(thread.general().eax == kValue);
  CHECK(thread.general().esp == kEsp.value);  // stdcall: 16 bytes and the return address
  CHECK(thread.general().ebp == (kEsp + 0x40).value);
}

TEST_CASE("an unwinding without a record makes one: STATUS_UNWIND at the return address") {
  UnwindThread thread;
  bool looked = false;
  thread.handler(kFirst, [&](ThreadRig& in) {
    looked = true;
    const auto record = in.memory.get<win32::ExceptionRecord>(in.record_at());
    CHECK(record.ExceptionCode == win32::STATUS_UNWIND);
    CHECK(record.ExceptionFlags == win32::EXCEPTION_UNWINDING);
    CHECK(record.ExceptionRecord == 0);
    CHECK(record.ExceptionAddress == kBack.value);
    CHECK(record.NumberParameters == 0);
    return 1u;
  });
  arrived(thread.unwind(kFrame2));
  CHECK(looked);
}

TEST_CASE("the caller's record is used, and marked as unwinding") {
  UnwindThread thread;
  const GuestAddr record = kEsp + 0x400;
  win32::ExceptionRecord own{};
  own.ExceptionCode = 0xe0000001;
  own.ExceptionFlags = win32::EXCEPTION_NONCONTINUABLE;
  thread.memory.put(record, own);
  arrived(thread.unwind(kFrame2, record));
  REQUIRE(thread.seen.size() == 1);
  CHECK(thread.seen[0].code == 0xe0000001);
  CHECK(thread.seen[0].flags == (win32::EXCEPTION_NONCONTINUABLE | win32::EXCEPTION_UNWINDING));
  CHECK(thread.memory.word(record + 4) == thread.seen[0].flags);
}

TEST_CASE("a handler runs while its record is linked, and it is popped after") {
  UnwindThread thread;
  arrived(thread.unwind(kFrame3));
  REQUIRE(thread.seen.size() == 2);
  CHECK(thread.seen[0].next_on_chain == kFrame1);
  CHECK(thread.seen[1].next_on_chain == kFrame2);
  const auto unwound = thread.sink.all<trace::RecordUnwound>();
  REQUIRE(unwound.size() == 2);
  CHECK(unwound[0].record == kFrame1);
  CHECK(unwound[1].record == kFrame2);
}

TEST_CASE("unwinding handlers are guarded by the unwind protector") {
  UnwindThread thread;
  thread.handler(kFirst, [](ThreadRig& in) {
    CHECK(in.memory.word(in.head() + 4) == kUnwindProtector.value);
    CHECK(in.memory.word(in.head() + 8) == kFrame1.value);
    return 1u;
  });
  arrived(thread.unwind(kFrame2));
}

TEST_CASE("unwinding to the head of the chain calls nobody") {
  UnwindThread thread;
  CHECK(arrived(thread.unwind(kFrame1)) == kBack);
  CHECK(thread.seen.empty());
  CHECK(thread.head() == kFrame1);
}

TEST_CASE("unwinding from inside a handler to fs:[0] returns to the handler") {
  ThreadRig rig;  // facts 3.6 step 3: a no-op unwind
  rig.link(kFrame1, kFirst);
  GuestAddr guard;
  rig.code(kFirst, [&](ThreadRig& in) {
    guard = in.head();
    in.enter_call(kRtlUnwind, {guard.value, 0, 0, 0}, kProgram + 0x500);
  });
  rig.code(kProgram + 0x500, [&](ThreadRig& in) {
    CHECK(in.head() == guard);
    in.ret(0);
  });
  CHECK(arrived(rig.fault(win32::STATUS_ACCESS_VIOLATION, {0, 0})) == kFaultingCode);
}

TEST_CASE("a handler of the first pass unwinds to its own frame and jumps into the function") {
  ThreadRig rig;  // the shape of every __except, facts 3.7
  std::vector<GuestAddr> unwound;
  rig.link(kFrame3, kThird);
  rig.link(kFrame2, kSecond);
  rig.link(kFrame1, kFirst);
  rig.handler(kFirst, [&](ThreadRig& in) {
    if ((in.record_flags() & win32::EXCEPTION_UNWINDING) != 0) unwound.push_back(in.frame_at());
    return 1u;
  });
  rig.code(kSecond, [&](ThreadRig& in) {
    in.enter_call(kRtlUnwind, {in.frame_at().value, 0, in.record_at().value, 0}, kProgram + 0x500);
  });
  rig.code(kProgram + 0x500, [&](ThreadRig& in) {
    CHECK(in.head() == kFrame2);  // the dispatcher's own record is gone as well
    emu::GeneralRegisters now = in.general();
    now.esp = (kEsp + 0x180).value;
    now.eip = 0x00666000;
    in.set_general(now);
  });
  CHECK(arrived(rig.fault(win32::STATUS_ACCESS_VIOLATION, {0, 0})) == GuestAddr{0x00666000});
  CHECK(unwound == std::vector{kFrame1});
  CHECK(rig.head() == kFrame2);
}

TEST_CASE("a target below the head of the chain is invalid") {
  UnwindThread thread;
  thread.answer = 1;
  died(thread.unwind(kFrame1 - 0x10));
  const auto raised = thread.sink.all<trace::FaultRaised>();
  REQUIRE(raised.size() == 1);
  CHECK(raised[0].code == win32::STATUS_INVALID_UNWIND_TARGET);
  CHECK(raised[0].flags == win32::EXCEPTION_NONCONTINUABLE);
}

TEST_CASE("a target between two records is passed, then found invalid") {
  UnwindThread thread;
  std::vector<Seen> first_pass;
  thread.handler(kSecond, [&](ThreadRig& in) {
    first_pass.push_back({in.frame_at(), in.record_code(), in.record_flags(), {}});
    CHECK(in.memory.word(in.record_at() + 8) != 0);  // chained to the unwinding's record
    return 1u;
  });
  died(thread.unwind(kFrame1 + 0x10));
  // Frame 1 was unwound and popped; the exception starts at what is the head now.
  CHECK(thread.seen[0].frame == kFrame1);
  REQUIRE(first_pass.size() == 1);
  CHECK(first_pass[0].code == win32::STATUS_INVALID_UNWIND_TARGET);
  CHECK(first_pass[0].flags == win32::EXCEPTION_NONCONTINUABLE);
}

TEST_CASE("a record off the stack or misaligned is a bad stack") {
  for (const GuestAddr bad : {kStackLimit - 8, kStackBase - 4, kFrame1 + 2, kHeapStack}) {
    UnwindThread thread;
    thread.set_head(bad);
    CAPTURE(bad.value);
    died(thread.unwind(GuestAddr{0x7ffffff0}));  // above them all: asked first
    const auto raised = thread.sink.all<trace::FaultRaised>();
    REQUIRE(raised.size() == 1);
    CHECK(raised[0].code == win32::STATUS_BAD_STACK);
    const auto refused = thread.sink.all<trace::RecordRefused>();
    REQUIRE(refused.size() == 2);  // by the unwinding, then by the dispatch of BAD_STACK
    CHECK(refused[0].unwinding);
    CHECK(refused[0].record == bad);
    CHECK_FALSE(refused[1].unwinding);
  }
}

TEST_CASE("dispositions 0, 2 and unknown ones are invalid while unwinding") {
  for (const std::uint32_t value : {0u, 2u, 7u}) {
    UnwindThread thread;
    std::vector<std::uint32_t> codes;
    thread.handler(kFirst, [&](ThreadRig& in) {
      codes.push_back(in.record_code());
      return codes.size() == 1 ? value : 1u;
    });
    CAPTURE(value);
    died(thread.unwind(kFrame3));
    REQUIRE(codes.size() == 2);  // the frame was not popped: it is asked about the exception
    CHECK(codes[1] == win32::STATUS_INVALID_DISPOSITION);
  }
}

TEST_CASE("a NULL target unwinds everything, and the process does not survive it") {
  UnwindThread thread;
  const SecondChance chance = died(thread.unwind(GuestAddr{}));
  CHECK(thread.frames() == std::vector{kFrame1, kFrame2, kFrame3});
  CHECK(thread.seen[0].flags ==
        (win32::EXCEPTION_UNWINDING | win32::EXCEPTION_EXIT_UNWIND));  // step 2
  CHECK(thread.head().value == win32::kChainEnd);
  CHECK(chance.record.ExceptionCode == win32::STATUS_UNWIND);  // step 5
  CHECK(chance.context.Eip == kBack.value);
}

TEST_CASE("unwinding to the end of the chain returns when that was the target") {
  UnwindThread thread;
  CHECK(arrived(thread.unwind(GuestAddr{0xffffffff})) == kBack);
  CHECK(thread.seen.size() == 3);
  CHECK(thread.seen[0].flags == win32::EXCEPTION_UNWINDING);
  CHECK(thread.head().value == win32::kChainEnd);
}

TEST_CASE("a target that is not on the chain is missed: death on Windows, a return on Wine") {
  const GuestAddr beyond = kStackBase - 0x10;  // above all records
  UnwindThread windows;
  CHECK(died(windows.unwind(beyond)).record.ExceptionCode == win32::STATUS_UNWIND);
  UnwindThread on_wine("wine");  // facts 4: "RtlUnwind with no target at chain end"
  CHECK(arrived(on_wine.unwind(beyond)) == kBack);
  CHECK(on_wine.seen.size() == 3);
}

TEST_CASE("handlers may change what RtlUnwind returns with") {
  UnwindThread thread;  // conf test_unwind: Eax + 1
  for (const GuestAddr at : {kFirst, kSecond}) {
    thread.handler(at, [](ThreadRig& in) {
      win32::Context context = in.context();
      CHECK(context.ContextFlags == 0x00010007);
      context.Eax += 1;
      in.set_context(context);
      return 1u;
    });
  }
  arrived(thread.unwind(kFrame3));
  CHECK(thread.general().eax == kValue + 2);
}

TEST_CASE("the other registers are lost on Windows and kept on Wine") {
  for (const bool on_wine : {false, true}) {
    UnwindThread thread(on_wine ? "wine" : "windows-10");
    arrived(thread.unwind(kFrame2));
    const emu::GeneralRegisters now = thread.general();  // facts 3.6, 4 "nonvolatile GPRs"
    CHECK(now.ebx == (on_wine ? 0xb0b0b0b0 : 0));
    CHECK(now.esi == (on_wine ? 0x51515151 : 0));
    CHECK(now.edi == (on_wine ? 0xd1d1d1d1 : 0));
  }
}

TEST_CASE("TargetIp is ignored") {
  UnwindThread thread;  // facts 3.6 step 3: on x86; it was 0x7777 in every call above
  CHECK(arrived(thread.call(kRtlUnwind, {kFrame2.value, 0xffffffff, 0, 0}, kBack)) == kBack);
}

TEST_CASE("a record that cannot be written faults on the gate") {
  UnwindThread thread;
  thread.memory.commit(kHeapStack, kPageSize, {.write = false});
  thread.code(kFirst, [](ThreadRig& in) {
    CHECK(in.record_code() == win32::STATUS_ACCESS_VIOLATION);
    CHECK(in.context().Eip == kRtlUnwind.value);
    CHECK(in.context().Esp == kEsp.value - 20);  // as at the call: it can be tried again
    in.jump(kBack);
  });
  CHECK(arrived(thread.unwind(kFrame2, kHeapStack + 0x10)) == kBack);
  CHECK(thread.memory_faults == 1);
}

TEST_CASE("an unwinding is told step by step") {
  UnwindThread thread;
  arrived(thread.unwind(kFrame2));
  std::vector<std::size_t> kinds;
  for (const auto& event : thread.sink.events) kinds.push_back(event.index());
  const std::vector<std::size_t> expected{trace::Payload(trace::UnwindBegun{}).index(),
                                          trace::Payload(trace::RecordVisited{}).index(),
                                          trace::Payload(trace::HandlerEntered{}).index(),
                                          trace::Payload(trace::Disposition{}).index(),
                                          trace::Payload(trace::RecordUnwound{}).index(),
                                          trace::Payload(trace::UnwindEnded{}).index()};
  CHECK(kinds == expected);
  CHECK(thread.sink.all<trace::RecordVisited>()[0].unwinding);
  CHECK(thread.sink.all<trace::UnwindEnded>()[0].to.address == kBack);
}

}  // namespace
}  // namespace sehlab::seh
