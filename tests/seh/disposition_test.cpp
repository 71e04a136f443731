// What becomes of a handler's return value: facts 3.2 E5, 3.1.
#include <doctest/doctest.h>

#include "host/win32/exception_flags.hpp"
#include "host/win32/status.hpp"
#include "thread_rig.hpp"

namespace sehlab::seh {
namespace {

using namespace testing;

constexpr GuestAddr kFirst = kProgram + 0x100, kSecond = kProgram + 0x200;

RaisedException noncontinuable(const ThreadRig& rig) {
  RaisedException raised;
  raised.record.ExceptionCode = 0xe0000001;
  raised.record.ExceptionFlags = win32::EXCEPTION_NONCONTINUABLE;
  raised.record.ExceptionAddress = rig.general().eip;
  raised.eip = GuestAddr{rig.general().eip};
  return raised;
}

TEST_CASE("continuing a noncontinuable exception raises another, chained to it") {
  ThreadRig rig;
  GuestAddr first_record;
  int calls = 0;
  rig.link(kEsp + 0x100, kFirst);
  rig.handler(kFirst, [&](ThreadRig& in) {
    if (++calls == 1) {
      first_record = in.record_at();
      return 0u;
    }
    CHECK(in.record_code() == win32::STATUS_NONCONTINUABLE_EXCEPTION);
    CHECK(in.record_flags() == win32::EXCEPTION_NONCONTINUABLE);
    CHECK(in.memory.word(in.record_at() + 0x8) == first_record.value);
    CHECK(in.memory.word(in.record_at() + 0xc) == kRtlRaiseException.value);
    CHECK(in.memory.word(in.record_at() + 0x10) == 0);
    // The first record is whole: the new frame lies below everything of the first dispatch.
    CHECK(in.memory.word(first_record) == 0xe0000001);
    CHECK(in.record_at() < first_record);
    // ntdll's own protecting registration was taken off before it raised.
    CHECK(in.memory.word(in.head()) == (kEsp + 0x100).value);
    return 1u;
  });
  const SecondChance chance = died(rig.raise(noncontinuable(rig)));
  CHECK(calls == 2);
  CHECK(chance.record.ExceptionCode == win32::STATUS_NONCONTINUABLE_EXCEPTION);
  const auto raised = rig.sink.all<trace::FaultRaised>();
  REQUIRE(raised.size() == 1);
  CHECK(raised[0].code == win32::STATUS_NONCONTINUABLE_EXCEPTION);
  CHECK(raised[0].software);
}

TEST_CASE("a handler that always continues uses the stack up and dies") {
  ThreadRig rig;
  rig.link(kEsp + 0x100, kFirst);
  rig.handler(kFirst, 0);
  const SecondChance chance = died(rig.raise(noncontinuable(rig)));
  CHECK(chance.record.ExceptionCode == win32::STATUS_NONCONTINUABLE_EXCEPTION);
  CHECK(chance.record_address == GuestAddr{});  // the last one could not be delivered
}

TEST_CASE("a disposition that does not exist raises INVALID_DISPOSITION, chained") {
  // 3.2 E5: "other (3 included)"; 7 is the issue's own example.
  for (const std::uint32_t value : {3u, 4u, 7u, 0xffffffffu}) {
    ThreadRig rig;
    GuestAddr first_record;
    std::uint32_t second_code = 0;
    rig.link(kEsp + 0x100, kFirst);
    rig.handler(kFirst, [&](ThreadRig& in) {
      if (first_record == GuestAddr{}) {
        first_record = in.record_at();
        return value;
      }
      second_code = in.record_code();
      CHECK(in.record_flags() == win32::EXCEPTION_NONCONTINUABLE);
      CHECK(in.memory.word(in.record_at() + 0x8) == first_record.value);
      return 1u;
    });
    CAPTURE(value);
    died(rig.fault(win32::STATUS_ACCESS_VIOLATION, {0, 0}));
    CHECK(second_code == win32::STATUS_INVALID_DISPOSITION);
  }
}

TEST_CASE("an exception that ntdll raised can be left by a jump out of the handler") {
  ThreadRig rig;
  int calls = 0;
  rig.link(kEsp + 0x100, kFirst);
  rig.code(kFirst, [&](ThreadRig& in) {
    if (++calls == 1) return in.ret(7);
    in.set_head(kEsp + 0x100);
    in.jump(GuestAddr{0x00666000});
  });
  CHECK(arrived(rig.fault(win32::STATUS_ACCESS_VIOLATION, {0, 0})) == GuestAddr{0x00666000});
}

TEST_CASE("continuing ntdll's own exception by clearing its flag is named, not guessed at") {
  ThreadRig rig;
  int calls = 0;
  rig.link(kEsp + 0x100, kFirst);
  rig.handler(kFirst, [&](ThreadRig& in) {
    if (++calls == 1) return 7u;
    in.memory.put(in.record_at() + 4, 0u);
    return 0u;
  });
  const std::string text = refused_by_lab(rig.fault(win32::STATUS_ACCESS_VIOLATION, {0, 0}));
  CHECK(text.find("NONCONTINUABLE") != std::string::npos);
}

TEST_CASE("a handler may clear NONCONTINUABLE on a program's exception and continue") {
  ThreadRig rig;
  rig.link(kEsp + 0x100, kFirst);
  rig.handler(kFirst, [](ThreadRig& in) {
    in.memory.put(in.record_at() + 4, 0u);  // E5 reads the flags after the handler ran
    return 0u;
  });
  CHECK(arrived(rig.raise(noncontinuable(rig))) == kFaultingCode);
}

TEST_CASE("each handler sees what the one before it made of the context") {
  ThreadRig rig;
  rig.link(kEsp + 0x200, kSecond);
  rig.link(kEsp + 0x100, kFirst);
  rig.handler(kFirst, [](ThreadRig& in) {
    win32::Context context = in.context();
    context.Ebx = 0x1111;
    in.set_context(context);
    return 1u;
  });
  rig.handler(kSecond, [](ThreadRig& in) {
    win32::Context context = in.context();
    CHECK(context.Ebx == 0x1111);
    context.Ecx = 0x2222;
    in.set_context(context);
    return 0u;
  });
  CHECK(arrived(rig.fault(win32::STATUS_ACCESS_VIOLATION, {0, 0})) == kFaultingCode);
  CHECK(rig.general().ebx == 0x1111);
  CHECK(rig.general().ecx == 0x2222);
}

TEST_CASE("a second chance has the record and the context as the handlers left them") {
  ThreadRig rig;
  rig.link(kEsp + 0x100, kFirst);
  rig.handler(kFirst, [](ThreadRig& in) {
    in.memory.put(in.record_at(), 0xe0001234u);
    win32::Context context = in.context();
    context.Ebx = 0x1111;
    in.set_context(context);
    return 1u;
  });
  const SecondChance chance = died(rig.fault(win32::STATUS_ACCESS_VIOLATION, {0, 0}));
  CHECK(chance.record.ExceptionCode == 0xe0001234);
  CHECK(chance.context.Ebx == 0x1111);
  CHECK(chance.record_address != GuestAddr{});
}

TEST_CASE("a context that asks for a refused selector is named") {
  ThreadRig rig;
  rig.link(kEsp + 0x100, kFirst);
  rig.handler(kFirst, [](ThreadRig& in) {
    win32::Context context = in.context();
    context.SegEs = 0xbee8;
    in.set_context(context);
    return 0u;
  });
  const std::string text = refused_by_lab(rig.fault(win32::STATUS_ACCESS_VIOLATION, {0, 0}));
  CHECK(text.find("ES 0xbee8") != std::string::npos);
}

TEST_CASE("a handler that frees the context's page gets an exception from NtContinue's status") {
  ThreadRig rig;
  emu::GeneralRegisters start = rig.general();
  // The context lies across two pages; the upper one goes away while the handler runs.
  start.esp = (kHeapStack + 0x8100).value;
  rig.set_general(start);
  rig.link(kEsp + 0x100, kFirst);
  int calls = 0;
  rig.code(kFirst, [&](ThreadRig& in) {
    if (++calls == 1) {
      in.memory.decommit(kHeapStack + 0x8000, kPageSize);
      return in.ret(0);
    }
    CHECK(in.record_code() == win32::STATUS_ACCESS_VIOLATION);
    CHECK(in.record_flags() == win32::EXCEPTION_NONCONTINUABLE);
    CHECK(in.memory.word(in.record_at() + 0x8) != 0);  // facts 3.1: chained to the first
    in.jump(GuestAddr{0x00666000});
  });
  CHECK(arrived(rig.fault(win32::STATUS_BREAKPOINT)) == GuestAddr{0x00666000});
}

}  // namespace
}  // namespace sehlab::seh
