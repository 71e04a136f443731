// The frame that the kernel lays for KiUserExceptionDispatcher: facts 1.4, 3.0.
#include <doctest/doctest.h>

#include "host/win32/status.hpp"
#include "thread_rig.hpp"

namespace sehlab::seh {
namespace {

using namespace testing;

RaisedException access_violation(const ThreadRig& rig) {
  RaisedException raised;
  raised.record.ExceptionCode = win32::STATUS_ACCESS_VIOLATION;
  raised.record.ExceptionAddress = rig.general().eip;
  raised.record.NumberParameters = 2;
  raised.record.ExceptionInformation = {1, 0xdeadbeef};
  raised.eip = GuestAddr{rig.general().eip};
  return raised;
}

void deliver_and_expect_run(ThreadRig& rig, const RaisedException& raised) {
  const Outcome outcome = deliver(rig.cpu(), raised);
  REQUIRE(std::holds_alternative<Run>(outcome));
  REQUIRE(rig.general().eip == kKiUserExceptionDispatcher.value);
}

TEST_CASE("the context's EFLAGS have RF as the processor pushed it, and the thread's have not") {
  for (const bool pushed : {false, true}) {
    ThreadRig rig;
    RaisedException raised = access_violation(rig);
    raised.resume_flag = pushed;
    deliver_and_expect_run(rig, raised);
    const auto context = rig.memory.get<win32::Context>(kEsp - 0x2cc);
    CHECK(context.EFlags == (pushed ? 0x10246u : 0x246u));  // ThreadRig starts with 246
    CHECK((rig.general().eflags & emu::kEflagsRf) == 0);
  }
}

TEST_CASE("the context lies right below ESP, record and two pointers right below it") {
  ThreadRig rig;
  deliver_and_expect_run(rig, access_violation(rig));
  // Classic placement: context at (Esp & ~3) - 0x2CC; the record has 0x14 + 2 * 4 bytes.
  const GuestAddr context = kEsp - 0x2cc, record = context - 0x1c, esp = record - 8;
  CHECK(rig.general().esp == esp.value);
  CHECK(rig.memory.word(esp) == record.value);
  CHECK(rig.memory.word(esp + 4) == context.value);
  CHECK(rig.memory.word(record) == win32::STATUS_ACCESS_VIOLATION);
  CHECK(rig.memory.word(record + 0x4) == 0);
  CHECK(rig.memory.word(record + 0x8) == 0);
  CHECK(rig.memory.word(record + 0xc) == kFaultingCode.value);
  CHECK(rig.memory.word(record + 0x10) == 2);
  CHECK(rig.memory.word(record + 0x14) == 1);
  CHECK(rig.memory.word(record + 0x18) == 0xdeadbeef);
  CHECK(rig.memory.word(context) == 0x1003f);  // CONTEXT_ALL, modern
  CHECK(rig.memory.word(context + 0xb8) == kFaultingCode.value);
  CHECK(rig.memory.word(context + 0xc4) == kEsp.value);
  CHECK(rig.memory.word(context + 0xb0) == 0xa0a0a0a0);
}

TEST_CASE("a record without parameters takes 0x14 bytes, one with fifteen takes all 0x50") {
  for (const std::uint32_t n : {0u, 15u, 99u}) {
    ThreadRig rig;
    RaisedException raised = access_violation(rig);
    raised.record.NumberParameters = n;
    raised.record.ExceptionInformation[14] = 0x1414;
    deliver_and_expect_run(rig, raised);
    const std::uint32_t parameters = n > 15 ? 15 : n;  // EXCEPTION_MAXIMUM_PARAMETERS
    CHECK(rig.general().esp == (kEsp - 0x2cc - (0x14 + parameters * 4) - 8).value);
    if (n >= 15) {
      CHECK(rig.memory.word(kEsp - 0x2cc - 4) == 0x1414);
    }
  }
}

TEST_CASE("the frame is aligned below an ESP that is not") {
  ThreadRig rig;
  emu::GeneralRegisters general = rig.general();
  general.esp += 3;
  rig.set_general(general);
  deliver_and_expect_run(rig, access_violation(rig));
  CHECK(rig.memory.word(GuestAddr{rig.general().esp} + 4) == (kEsp - 0x2cc).value);
  CHECK(rig.memory.word(kEsp - 0x2cc + 0xc4) == kEsp.value + 3);  // ESP as it was
}

TEST_CASE("the dispatcher is entered with flat segments and TF, DF and AC clear") {
  ThreadRig rig;
  emu::GeneralRegisters general = rig.general();
  general.eflags = 0x246 | emu::kEflagsTf | emu::kEflagsDf | emu::kEflagsAc;
  general.ds = 0;
  general.es = 0x1b;
  general.gs = 0x23;
  rig.set_general(general);
  deliver_and_expect_run(rig, access_violation(rig));
  CHECK(rig.general().eflags == 0x246);
  CHECK(rig.general().cs == 0x1b);
  CHECK(rig.general().ss == 0x23);
  CHECK(rig.general().ds == 0x23);
  CHECK(rig.general().es == 0x23);
  CHECK(rig.general().fs == 0x3b);
  CHECK(rig.general().gs == 0);
  // The context has them as they were.
  CHECK(rig.memory.word(kEsp - 0x2cc + 0xc0) == general.eflags);
  CHECK(rig.memory.word(kEsp - 0x2cc + 0x98) == 0);
}

TEST_CASE("Windows XP leaves DF as it is and gives a context without floating point") {
  ThreadRig rig("windows-xp");
  emu::GeneralRegisters general = rig.general();
  general.eflags = 0x246 | emu::kEflagsDf;
  rig.set_general(general);
  deliver_and_expect_run(rig, access_violation(rig));
  CHECK(rig.general().eflags == (0x246u | emu::kEflagsDf));  // facts 4
  CHECK(rig.memory.word(kEsp - 0x2cc) == 0x10017);           // FULL | DEBUG, facts 1.4
}

TEST_CASE("a context that the kernel delivers points at a breakpoint, not behind it") {
  ThreadRig rig;
  RaisedException raised = access_violation(rig);
  raised.record.ExceptionCode = win32::STATUS_BREAKPOINT;
  raised.eip = kFaultingCode + 1;
  deliver_and_expect_run(rig, raised);
  const GuestAddr context{rig.memory.word(GuestAddr{rig.general().esp} + 4)};
  CHECK(rig.memory.word(context + 0xb8) == kFaultingCode.value);  // facts 3.0 step 1
}

TEST_CASE("a breakpoint that software raised backs up on 32-bit Windows and not under WOW64") {
  for (const bool wow64 : {false, true}) {
    ThreadRig rig(wow64 ? "windows-10" : "windows-10-native");
    RaisedException raised = access_violation(rig);
    raised.record.ExceptionCode = win32::STATUS_BREAKPOINT;
    raised.origin = Origin::Software;
    deliver_and_expect_run(rig, raised);
    const GuestAddr context{rig.memory.word(GuestAddr{rig.general().esp} + 4)};
    // Facts 2.1, last rule, and 4 "software-raised BREAKPOINT".
    CHECK(rig.memory.word(context + 0xb8) == kFaultingCode.value - (wow64 ? 0 : 1));
  }
}

TEST_CASE("the trap flag of a single step is not in the context") {
  ThreadRig rig;
  emu::GeneralRegisters general = rig.general();
  general.eflags |= emu::kEflagsTf;
  rig.set_general(general);
  RaisedException raised = access_violation(rig);
  raised.record.ExceptionCode = win32::STATUS_SINGLE_STEP;
  raised.record.NumberParameters = 0;
  deliver_and_expect_run(rig, raised);
  const GuestAddr context{rig.memory.word(GuestAddr{rig.general().esp} + 4)};
  CHECK((rig.memory.word(context + 0xc0) & emu::kEflagsTf) == 0);  // facts 2.1 row 1
}

TEST_CASE("a thread whose stack cannot take the frame dies without being told") {
  ThreadRig rig;
  emu::GeneralRegisters general = rig.general();
  general.esp = 0x00001000;
  rig.set_general(general);
  bool called = false;
  rig.link(kEsp + 0x100, kProgram);
  rig.handler(kProgram, [&](ThreadRig&) {
    called = true;
    return 0u;
  });
  const SecondChance chance = died(rig.raise(access_violation(rig)));
  CHECK_FALSE(called);  // facts 1.4: otherwise goes to second chance, user sees nothing
  CHECK(chance.record.ExceptionCode == win32::STATUS_ACCESS_VIOLATION);
  CHECK(chance.record_address == GuestAddr{});
  CHECK(chance.context.Eip == kFaultingCode.value);
  CHECK_FALSE(chance.stack_invalid);
}

TEST_CASE("a frame that is no more than one byte too low is not written at all") {
  ThreadRig rig;
  emu::GeneralRegisters general = rig.general();
  general.esp = (kHeapStack + 0x2cc + 0x1c + 8 - 4).value;
  rig.set_general(general);
  rig.memory.put(kHeapStack, 0x12345678u);
  died(rig.raise(access_violation(rig)));
  CHECK(rig.memory.word(kHeapStack) == 0x12345678);
}

TEST_CASE("a stack that ends under the frame makes the exception a stack overflow") {
  ThreadRig rig;
  rig.memory.commit(kStackLimit, kPageSize, {.overflow = true});
  emu::GeneralRegisters general = rig.general();
  general.esp = (kStackLimit + kPageSize + 0x10).value;
  rig.set_general(general);
  deliver_and_expect_run(rig, access_violation(rig));
  // Facts 1.4: STATUS_STACK_OVERFLOW, no parameters, the same ExceptionAddress, written again.
  const GuestAddr record{rig.memory.word(GuestAddr{rig.general().esp})};
  CHECK(rig.memory.word(record) == win32::STATUS_STACK_OVERFLOW);
  CHECK(rig.memory.word(record + 0xc) == kFaultingCode.value);
  CHECK(rig.memory.word(record + 0x10) == 0);
  CHECK(rig.general().esp == (kStackLimit + kPageSize + 0x10 - 0x2cc - 0x14 - 8).value);
}

TEST_CASE("nothing is delivered on a stack segment that is not the flat one") {
  ThreadRig rig;
  emu::GeneralRegisters general = rig.general();
  general.ss = 0x2b;  // not this system's
  rig.set_general(general);
  died(rig.raise(access_violation(rig)));  // facts 1.4
}

TEST_CASE("a fast fail asks no handler") {
  ThreadRig rig;
  RaisedException raised = access_violation(rig);
  raised.record.ExceptionCode = win32::STATUS_STACK_BUFFER_OVERRUN;
  rig.link(kEsp + 0x100, kProgram);
  rig.memory.touches.clear();
  const SecondChance chance = died(rig.run(last_chance(rig.cpu(), raised)));
  CHECK(chance.record.ExceptionCode == win32::STATUS_STACK_BUFFER_OVERRUN);
  CHECK(chance.context.Eax == 0xa0a0a0a0);
  CHECK(rig.memory.touches.empty());  // facts 2.1 row int 29: second chance only
}

TEST_CASE("delivering and then running the gate comes to the same as doing both at once") {
  const auto run = [](bool at_once) {
    ThreadRig rig;
    rig.link(kEsp + 0x100, kProgram);
    rig.code(kProgram, [](ThreadRig& inside) { inside.jump(GuestAddr{0x00666000}); });
    const RaisedException raised = access_violation(rig);
    const RunEnd end = at_once ? rig.raise(raised) : rig.run(deliver(rig.cpu(), raised));
    CHECK(arrived(end) == GuestAddr{0x00666000});
    std::vector<std::uint32_t> words;
    for (GuestAddr at = kEsp - 0x400; at < kEsp; at += 4) words.push_back(rig.memory.word(at));
    return std::pair(rig.general(), words);
  };
  CHECK(run(true) == run(false));
}

}  // namespace
}  // namespace sehlab::seh
