// An unwinding that meets another one in progress: facts 3.4, 3.6 step 4.
#include <doctest/doctest.h>

#include "host/win32/exception_flags.hpp"
#include "host/win32/status.hpp"
#include "thread_rig.hpp"

namespace sehlab::seh {
namespace {

using namespace testing;

constexpr GuestAddr kFirst = kProgram + 0x100, kSecond = kProgram + 0x200,
                    kThird = kProgram + 0x300, kLeave = kProgram + 0x500, kBack{0x00666000};
constexpr GuestAddr kFrame1 = kEsp + 0x100, kFrame2 = kEsp + 0x200, kFrame3 = kEsp + 0x300;

/// Frames 1, 2 and 3; the first one's handler, called to unwind, starts an unwinding of its own
/// to the third frame (a __finally that leaves by longjmp).
struct CollidingThread : ThreadRig {
  CollidingThread() {
    link(kFrame3, kThird);
    link(kFrame2, kSecond);
    link(kFrame1, kFirst);
    code(kFirst, [this](ThreadRig& in) {
      called.push_back(in.frame_at());
      in.enter_call(kRtlUnwind, {kFrame3.value, 0, 0, 0x22}, kLeave);
    });
    handler(kSecond, [this](ThreadRig& in) {
      called.push_back(in.frame_at());
      return 1u;
    });
    handler(kThird, [this](ThreadRig& in) {
      called.push_back(in.frame_at());
      return 1u;
    });
    code(kLeave, [this](ThreadRig& in) {
      left = true;
      in.jump(kBack);
    });
  }
  bool left = false;
  std::vector<GuestAddr> called;
};

TEST_CASE("the second unwinding goes on behind the frame that the first one had reached") {
  CollidingThread thread;
  CHECK(arrived(thread.call(kRtlUnwind, {kFrame2.value, 0, 0, 0x11}, kProgram + 0x600)) == kBack);
  CHECK(thread.left);
  // Frame 1's handler is not called a second time.
  CHECK(thread.called == std::vector{kFrame1, kFrame2});
  CHECK(thread.head() == kFrame3);
  CHECK(thread.general().eax == 0x22);
}

TEST_CASE("the protector's answer CollidedUnwind is in the trace, and both records come off") {
  CollidingThread thread;
  arrived(thread.call(kRtlUnwind, {kFrame2.value, 0, 0, 0x11}, kProgram + 0x600));
  const auto dispositions = thread.sink.all<trace::Disposition>();
  REQUIRE(dispositions.size() == 2);
  CHECK(dispositions[0].handler.address == kUnwindProtector);
  CHECK(dispositions[0].value == win32::ExceptionCollidedUnwind);
  const auto unwound = thread.sink.all<trace::RecordUnwound>();
  REQUIRE(unwound.size() == 3);
  CHECK(unwound[1].record == kFrame1);
  CHECK(unwound[2].record == kFrame2);
}

TEST_CASE("an exception while unwinding passes the unwind protector without a mark") {
  ThreadRig rig;  // facts 3.4: UnwindProtector answers ContinueSearch in the first pass
  rig.link(kFrame3, kThird);
  rig.link(kFrame1, kFirst);
  std::vector<GuestAddr> first_pass;
  rig.code(kFirst, [&](ThreadRig& in) {
    if ((in.record_flags() & win32::EXCEPTION_UNWINDING) == 0) {
      CHECK((in.record_flags() & win32::EXCEPTION_NESTED_CALL) == 0);
      first_pass.push_back(in.frame_at());
      return in.ret(1);
    }
    const GuestAddr record = GuestAddr{in.general().esp} - 0x60;
    in.memory.put(record, win32::ExceptionRecord{0xe0000001, 0, 0, 0, 0, {}});
    emu::GeneralRegisters now = in.general();
    now.esp = (record - 0x10).value;
    in.set_general(now);
    in.enter_call(kRtlRaiseException, {record.value}, kLeave);
  });
  rig.handler(kThird, [&](ThreadRig& in) {
    first_pass.push_back(in.frame_at());
    return 0u;
  });
  rig.code(kLeave, [](ThreadRig& in) { in.jump(kBack); });
  CHECK(arrived(rig.call(kRtlUnwind, {kFrame3.value, 0, 0, 0}, kProgram + 0x600)) == kBack);
  // The frame being unwound is still linked, so it is asked again.
  CHECK(first_pass == std::vector{kFrame1, kFrame3});
}

TEST_CASE("an unwinding out of a first pass's handler passes the exception protector") {
  ThreadRig rig;
  rig.link(kFrame3, kThird);
  rig.link(kFrame2, kSecond);
  std::vector<std::uint32_t> flags;
  rig.code(kSecond, [&](ThreadRig& in) {
    flags.push_back(in.record_flags());
    if (flags.size() == 1) return in.enter_call(kRtlUnwind, {kFrame3.value, 0, 0, 0}, kLeave);
    in.ret(1);
  });
  rig.code(kLeave, [](ThreadRig& in) { in.jump(kBack); });
  CHECK(arrived(rig.fault(win32::STATUS_ACCESS_VIOLATION, {0, 0})) == kBack);
  CHECK(flags == std::vector<std::uint32_t>{0, win32::EXCEPTION_UNWINDING});
  CHECK(rig.head() == kFrame3);
}

}  // namespace
}  // namespace sehlab::seh
