// An exception while a handler runs: facts 1.5, 3.2 E4 and E5, 3.4.
#include <doctest/doctest.h>

#include <algorithm>

#include "host/win32/exception_flags.hpp"
#include "host/win32/status.hpp"
#include "thread_rig.hpp"

namespace sehlab::seh {
namespace {

using namespace testing;
using win32::EXCEPTION_NESTED_CALL;

constexpr GuestAddr kFirst = kProgram + 0x100, kSecond = kProgram + 0x200,
                    kThird = kProgram + 0x300;
constexpr std::uint32_t kOuter = 0xe0000001, kInner = 0xe0000002;

/// Raises an exception of the handler's own, as code that called RaiseException would.
void raise_inside(ThreadRig& rig, std::uint32_t code, GuestAddr back) {
  const GuestAddr record = GuestAddr{rig.general().esp} - 0x60;
  win32::ExceptionRecord own{};
  own.ExceptionCode = code;
  rig.memory.put(record, own);
  emu::GeneralRegisters now = rig.general();
  now.esp = (record - 0x10).value;
  rig.set_general(now);
  rig.enter_call(kRtlRaiseException, {record.value}, back);
}

struct Seen {
  GuestAddr frame;
  std::uint32_t code = 0;
  bool nested = false;
  bool operator==(const Seen&) const = default;
};

/// Three frames. The first one's handler raises while it handles the outer exception.
struct NestedThread : ThreadRig {
  explicit NestedThread(GuestAddr faulting = kFirst) : faulting_handler(faulting) {
    link(kEsp + 0x300, kThird);
    link(kEsp + 0x200, kSecond);
    link(kEsp + 0x100, kFirst);
    for (const GuestAddr at : {kFirst, kSecond, kThird}) {
      code(at, [this, at](ThreadRig& rig) { enter(rig, at); });
    }
    // Behind the inner raise: the handler goes on, if it is ever continued.
    code(kProgram + 0x500, [this](ThreadRig& rig) {
      resumed = true;
      rig.jump(GuestAddr{0x00666000});
    });
  }
  void enter(ThreadRig& rig, GuestAddr at) {
    seen.push_back(
        {rig.frame_at(), rig.record_code(), (rig.record_flags() & EXCEPTION_NESTED_CALL) != 0});
    if (rig.record_code() == kOuter && at == faulting_handler) {
      raise_inside(rig, kInner, kProgram + 0x500);
    } else {
      rig.ret(rig.record_code() == kInner && at == takes_inner ? 0 : 1);
    }
  }
  GuestAddr faulting_handler;
  GuestAddr takes_inner;
  bool resumed = false;
  std::vector<Seen> seen;
};

TEST_CASE("a nested exception is marked up to the frame whose handler raised it") {
  NestedThread thread;
  died(thread.fault(kOuter));
  // Facts 3.2 E6: visible to the frames after the protector, up to NestedFrame; then cleared.
  const std::vector<Seen> expected{{kEsp + 0x100, kOuter, false},
                                   {kEsp + 0x100, kInner, true},
                                   {kEsp + 0x200, kInner, false},
                                   {kEsp + 0x300, kInner, false}};
  CHECK(thread.seen == expected);
}

TEST_CASE("the mark reaches past frames in between when a further one's handler raised") {
  NestedThread thread(kSecond);
  died(thread.fault(kOuter));
  const std::vector<Seen> expected{{kEsp + 0x100, kOuter, false},
                                   {kEsp + 0x200, kOuter, false},
                                   {kEsp + 0x100, kInner, true},
                                   {kEsp + 0x200, kInner, true},
                                   {kEsp + 0x300, kInner, false}};
  CHECK(thread.seen == expected);
}

TEST_CASE("the protector is visited like any record, and answers NestedException") {
  NestedThread thread;
  died(thread.fault(kOuter));
  const auto entered = thread.sink.all<trace::HandlerEntered>();
  const auto protector = std::find_if(entered.begin(), entered.end(), [](const auto& one) {
    return one.handler.address == kExceptionProtector;
  });
  REQUIRE(protector != entered.end());
  const auto dispositions = thread.sink.all<trace::Disposition>();
  const auto answer = std::find_if(dispositions.begin(), dispositions.end(), [](const auto& one) {
    return one.handler.address == kExceptionProtector;
  });
  REQUIRE(answer != dispositions.end());
  CHECK(answer->value == win32::ExceptionNestedException);
}

TEST_CASE("a nested exception that is taken lets the interrupted handler go on") {
  NestedThread thread;
  thread.takes_inner = kSecond;
  CHECK(arrived(thread.fault(kOuter)) == GuestAddr{0x00666000});
  CHECK(thread.resumed);
  // fs:[0] is the outer dispatch's protecting registration again.
  CHECK(thread.memory.word(thread.head() + 4) == kExceptionProtector.value);
}

TEST_CASE("an interrupted handler that goes on and returns ends the outer dispatch") {
  ThreadRig rig;
  rig.link(kEsp + 0x200, kSecond);
  rig.link(kEsp + 0x100, kFirst);
  std::uint32_t esp_at_entry = 0;
  rig.code(kFirst, [&](ThreadRig& in) {
    if (in.record_code() != kOuter) return in.ret(1);
    esp_at_entry = in.general().esp;
    raise_inside(in, kInner, kProgram + 0x500);
  });
  rig.handler(kSecond, [](ThreadRig& in) {
    CHECK(in.record_code() == kInner);
    return 0u;
  });
  rig.code(kProgram + 0x500, [&](ThreadRig& in) {
    emu::GeneralRegisters now = in.general();
    now.esp = esp_at_entry;
    in.set_general(now);
    in.ret(0);
  });
  CHECK(arrived(rig.fault(kOuter)) == kFaultingCode);
  CHECK(rig.general().esp == kEsp.value);
  CHECK(rig.head() == kEsp + 0x100);
}

TEST_CASE("two nestings keep the outermost of the frames that are being handled") {
  // The second frame's handler raises for the outer exception; the first one's for the inner.
  ThreadRig rig;
  rig.link(kEsp + 0x300, kThird);
  rig.link(kEsp + 0x200, kSecond);
  rig.link(kEsp + 0x100, kFirst);
  constexpr std::uint32_t kInnermost = 0xe0000003;
  std::vector<Seen> seen;
  const auto note = [&](ThreadRig& in) {
    seen.push_back(
        {in.frame_at(), in.record_code(), (in.record_flags() & EXCEPTION_NESTED_CALL) != 0});
  };
  rig.code(kFirst, [&](ThreadRig& in) {
    note(in);
    if (in.record_code() == kInner) return raise_inside(in, kInnermost, kProgram + 0x500);
    in.ret(1);
  });
  rig.code(kSecond, [&](ThreadRig& in) {
    note(in);
    if (in.record_code() == kOuter) return raise_inside(in, kInner, kProgram + 0x500);
    in.ret(1);
  });
  rig.code(kThird, [&](ThreadRig& in) {
    note(in);
    in.ret(1);
  });
  died(rig.fault(kOuter));
  const std::vector<Seen> expected{
      {kEsp + 0x100, kOuter, false},    {kEsp + 0x200, kOuter, false},
      {kEsp + 0x100, kInner, true},     {kEsp + 0x100, kInnermost, true},
      {kEsp + 0x200, kInnermost, true},  // its protector named the second frame, which is higher
      {kEsp + 0x300, kInnermost, false}};
  CHECK(seen == expected);
}

TEST_CASE("NestedException by a handler that is no protector marks and goes on") {
  ThreadRig rig;  // facts 3.2 E5: disp.RegistrationPointer is whatever lies there: nothing, 0
  rig.link(kEsp + 0x200, kSecond);
  rig.link(kEsp + 0x100, kFirst);
  rig.handler(kFirst, 2);
  rig.handler(kSecond, [](ThreadRig& in) {
    CHECK((in.record_flags() & EXCEPTION_NESTED_CALL) != 0);
    return 0u;
  });
  CHECK(arrived(rig.fault(kOuter)) == kFaultingCode);
}

TEST_CASE("the exception protector passes an unwinding on") {
  ThreadRig rig;
  const GuestAddr record = kEsp + 0x400, answer = kEsp + 0x500, back{0x00666000};
  rig.memory.put(record + 4, win32::EXCEPTION_UNWINDING);
  arrived(rig.call(kExceptionProtector, {record.value, kEsp.value, 0, answer.value}, back));
  CHECK(rig.general().eax == 1);  // facts 3.4: Flags & 6 -> ContinueSearch
  CHECK(rig.memory.word(answer) == 0);
  CHECK(rig.general().esp == kEsp.value - 16);  // cdecl: the arguments stay
}

TEST_CASE("the unwind protector passes an exception on") {
  ThreadRig rig;
  const GuestAddr record = kEsp + 0x400, answer = kEsp + 0x500, back{0x00666000};
  arrived(rig.call(kUnwindProtector, {record.value, kEsp.value, 0, answer.value}, back));
  CHECK(rig.general().eax == 1);
  for (const std::uint32_t flag : {2u, 4u, 6u}) {
    rig.memory.put(record + 4, flag);
    rig.memory.put(kEsp + 0x608, 0x12345678u);
    arrived(
        rig.call(kUnwindProtector, {record.value, (kEsp + 0x600).value, 0, answer.value}, back));
    CHECK(rig.general().eax == 3);
    CHECK(rig.memory.word(answer) == 0x12345678);  // frame[+8]
  }
}

}  // namespace
}  // namespace sehlab::seh
