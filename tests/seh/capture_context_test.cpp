// RtlCaptureContext: facts 3.8 and 4.
#include <doctest/doctest.h>

#include "host/seh/continuation.hpp"
#include "host/win32/context.hpp"
#include "thread_rig.hpp"

namespace sehlab::seh {
namespace {

using namespace testing;

constexpr GuestAddr kContext = kEsp + 0x400, kBack{0x00666000}, kCallerReturns{0x00401234};
constexpr std::uint32_t kCallerEbp = 0x0012f123;

/// A rig in a function whose EBP frame holds these two.
ThreadRig in_function(std::string_view profile) {
  ThreadRig rig(profile);
  const GuestAddr frame{rig.general().ebp};
  rig.memory.put(frame, kCallerEbp);
  rig.memory.put(frame + 4, kCallerReturns.value);
  win32::Context old{};
  old.ContextFlags = 0x99;
  old.Dr0 = 0x77;
  old.ExtendedRegisters[0] = 0x66;
  rig.memory.put(kContext, old);
  return rig;
}

}  // namespace

TEST_CASE("RtlCaptureContext writes the registers as of its caller's return") {
  ThreadRig rig = in_function("windows-10-native");
  const emu::GeneralRegisters before = rig.general();
  CHECK(arrived(rig.call(kRtlCaptureContext, {kContext.value}, kBack)) == kBack);
  const auto context = rig.memory.get<win32::Context>(kContext);
  CHECK(context.ContextFlags == win32::CONTEXT_FULL);
  CHECK(context.Eip == kCallerReturns.value);
  CHECK(context.Ebp == kCallerEbp);
  CHECK(context.Esp == before.ebp + 8);
  CHECK(context.Eax == before.eax);
  CHECK(context.Ecx == before.ecx);
  CHECK(context.Edx == before.edx);
  CHECK(context.Ebx == before.ebx);
  CHECK(context.Esi == before.esi);
  CHECK(context.Edi == before.edi);
  CHECK(context.EFlags == before.eflags);
  CHECK(context.SegCs == before.cs);
  CHECK(context.SegSs == before.ss);
  CHECK(context.SegDs == before.ds);
  CHECK(context.SegFs == before.fs);
  // And is a function that changes no register and pops its argument.
  emu::GeneralRegisters after = before;
  after.eip = kBack.value;
  CHECK(rig.general() == after);
}

TEST_CASE("what CONTEXT_FULL does not name stays as it was") {
  ThreadRig rig = in_function("windows-10-native");
  arrived(rig.call(kRtlCaptureContext, {kContext.value}, kBack));
  const auto context = rig.memory.get<win32::Context>(kContext);
  CHECK(context.Dr0 == 0x77);
  CHECK(context.ExtendedRegisters[0] == 0x66);
}

TEST_CASE("Windows XP leaves ContextFlags to the caller") {
  ThreadRig rig = in_function("windows-xp");
  arrived(rig.call(kRtlCaptureContext, {kContext.value}, kBack));
  CHECK(rig.memory.get<win32::Context>(kContext).ContextFlags == 0x99);
}

TEST_CASE("a context or a frame that is no memory is the program's access violation") {
  for (const bool bad_frame : {false, true}) {
    ThreadRig rig = in_function("windows-10-native");
    if (bad_frame) {
      emu::GeneralRegisters lost = rig.general();
      lost.ebp = 0x10;
      rig.set_general(lost);
    }
    const std::uint32_t context = bad_frame ? kContext.value : 0x20;
    const SecondChance end = died(rig.call(kRtlCaptureContext, {context}, kBack));
    CHECK(end.record.ExceptionAddress == kRtlCaptureContext.value);
    CHECK(end.record.ExceptionInformation[0] == (bad_frame ? 0U : 1U));
  }
}

}  // namespace sehlab::seh
