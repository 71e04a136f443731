// Faults on a stack that is not the thread's own: facts 3.10; go-windows-386.md 4.
#include <doctest/doctest.h>

#include "host/win32/exception_flags.hpp"
#include "host/win32/status.hpp"
#include "thread_rig.hpp"

namespace sehlab::seh {
namespace {

using namespace testing;

constexpr GuestAddr kHandler = kProgram + 0x100, kOther = kProgram + 0x200;
constexpr GuestAddr kGoroutineEsp = kHeapStack + 0x8000;

/// A thread that runs on a goroutine's stack, its record on the thread's own.
struct GoroutineThread : ThreadRig {
  GoroutineThread() : ThreadRig("windows-7") {
    emu::GeneralRegisters start = general();
    start.esp = kGoroutineEsp.value;
    set_general(start);
    link(kEsp + 0x100, kHandler);
  }
};

TEST_CASE("a record on the thread's stack takes a fault on a foreign one") {
  GoroutineThread thread;
  thread.handler(kHandler, [](ThreadRig& in) {
    CHECK(in.frame_at() == kEsp + 0x100);
    CHECK(in.context_at() == kGoroutineEsp - 0x2cc);  // the frame is pushed there anyway
    CHECK(in.head() < kGoroutineEsp);                 // and so is the protecting registration
    CHECK(in.head() > kHeapStack);
    return 0u;
  });
  CHECK(arrived(thread.fault(win32::STATUS_ACCESS_VIOLATION, {0, 0})) == kFaultingCode);
  CHECK_FALSE(thread.sink.all<trace::DispatchBegun>()[0].on_os_stack);
}

TEST_CASE("a fault inside the handler dies there: the protecting record is off the stack") {
  GoroutineThread thread;
  int calls = 0;
  thread.code(kHandler, [&](ThreadRig& in) {
    ++calls;
    RaisedException raised;
    raised.record.ExceptionCode = win32::STATUS_INTEGER_DIVIDE_BY_ZERO;
    raised.record.ExceptionAddress = in.general().eip;
    raised.eip = GuestAddr{in.general().eip};
    const SecondChance chance = died(in.raise(raised));
    CHECK(chance.record.ExceptionCode == win32::STATUS_INTEGER_DIVIDE_BY_ZERO);
    CHECK(chance.stack_invalid);
    // NestedException is never reported: the protector is not even called.
    CHECK((chance.record.ExceptionFlags & win32::EXCEPTION_NESTED_CALL) == 0);
    in.jump(GuestAddr{0x00666000});
  });
  CHECK(arrived(thread.fault(win32::STATUS_ACCESS_VIOLATION, {0, 0})) == GuestAddr{0x00666000});
  CHECK(calls == 1);
}

TEST_CASE("a dangling record whose bytes are intact still works, under its own address") {
  GoroutineThread thread;  // go-windows-386.md 4 c: only the frame tells
  const GuestAddr dangling = kEsp - 0x400;
  thread.link(dangling, kHandler);
  GuestAddr frame;
  thread.handler(kHandler, [&](ThreadRig& in) {
    frame = in.frame_at();
    return 0u;
  });
  arrived(thread.fault(win32::STATUS_ACCESS_VIOLATION, {0, 0}));
  CHECK(frame == dangling);
}

TEST_CASE("a dangling record that was overwritten loses the handler behind it") {
  for (const std::string_view profile : {"windows-7", "windows-10", "windows-xp"}) {
    GoroutineThread thread;  // go-windows-386.md 4 b
    thread.system.rules = *find_profile(profile);
    emu::GeneralRegisters start = thread.general();
    start.cs = thread.system.rules.code_selector;
    start.ss = start.ds = start.es = thread.system.rules.data_selector;
    start.fs = thread.system.rules.teb_selector;
    thread.set_general(start);
    const GuestAddr dangling = kEsp - 0x400;
    thread.link(dangling, kHandler);
    thread.memory.put(dangling, win32::ExceptionRegistrationRecord{0x41414141, 0x41414141});
    bool called = false;
    thread.handler(kHandler, [&](ThreadRig&) {
      called = true;
      return 0u;
    });
    const SecondChance chance = died(thread.fault(win32::STATUS_ACCESS_VIOLATION, {0, 0}));
    CHECK_FALSE(called);
    CHECK(chance.record.ExceptionCode == win32::STATUS_ACCESS_VIOLATION);
    CHECK(chance.stack_invalid);
  }
}

TEST_CASE("where such a handler is called, it faults, and that fault finds nobody either") {
  GoroutineThread thread;  // go-windows-386.md 2, step 5
  thread.system.rules.bad_handler_page = BadHandlerPage::Call;
  thread.set_head(kEsp - 0x400);
  thread.memory.put(kEsp - 0x400, win32::ExceptionRegistrationRecord{0x41414141, 0x41414141});
  CHECK(arrived(thread.fault(win32::STATUS_BREAKPOINT)) == GuestAddr{0x41414141});
  const SecondChance chance = died(thread.fault(win32::STATUS_ACCESS_VIOLATION, {8, 0x41414141}));
  CHECK(chance.stack_invalid);
  const auto refused = thread.sink.all<trace::RecordRefused>();
  REQUIRE(refused.size() == 1);
  CHECK(refused[0].record < kGoroutineEsp);  // the protecting record, on the goroutine's stack
  CHECK(refused[0].why == trace::Refusal::OutsideStack);
}

TEST_CASE("a foreign stack without room for the frame is a second chance") {
  GoroutineThread thread;
  emu::GeneralRegisters start = thread.general();
  start.esp = (kHeapStack + 0x200).value;
  thread.set_general(start);
  thread.handler(kHandler, 0);
  CHECK(died(thread.fault(win32::STATUS_ACCESS_VIOLATION, {0, 0})).record_address == GuestAddr{});
}

TEST_CASE("room for the kernel's frame but not for the handler's makes the dispatcher fault") {
  GoroutineThread thread;
  emu::GeneralRegisters start = thread.general();
  start.esp = (kHeapStack + 0x2cc + 0x1c + 8 + 0x10).value;  // 0x10 bytes left
  thread.set_general(start);
  bool called = false;
  thread.handler(kHandler, [&](ThreadRig&) {
    called = true;
    return 0u;
  });
  const SecondChance chance = died(thread.fault(win32::STATUS_BREAKPOINT, {0, 0}));
  CHECK_FALSE(called);
  CHECK(thread.memory_faults == 1);
  CHECK(chance.record.ExceptionCode == win32::STATUS_ACCESS_VIOLATION);
  CHECK(chance.context.Eip == kKiUserExceptionDispatcher.value);
}

TEST_CASE("RtlUnwind called on a foreign stack unwinds records on the thread's own") {
  GoroutineThread thread;
  thread.link(kEsp, kOther);
  bool unwound = false;
  thread.handler(kOther, [&](ThreadRig& in) {
    unwound = (in.record_flags() & win32::EXCEPTION_UNWINDING) != 0;
    return 1u;
  });
  const GuestAddr back{0x00666000};
  CHECK(arrived(thread.call(kRtlUnwind, {(kEsp + 0x100).value, 0, 0, 0}, back)) == back);
  CHECK(unwound);
  CHECK(thread.head() == kEsp + 0x100);
}

}  // namespace
}  // namespace sehlab::seh
