// A thread's registers as a CONTEXT and back: facts 1.3, 3.8; Intel SDM vol. 1.
#include <doctest/doctest.h>

#include <array>
#include <cstring>

#include "host/seh/thread_context.hpp"
#include "host/seh/x87_state.hpp"
#include "thread_rig.hpp"

namespace sehlab::seh {
namespace {

using namespace testing;

// FXSAVE's image: Intel SDM vol. 1, table 10-2.
constexpr std::size_t kFcw = 0, kFsw = 2, kFtw = 4, kFop = 6, kFip = 8, kFcs = 12, kFdp = 16,
                      kFds = 20, kMxcsr = 24, kSt = 32, kXmm = 160;

template <typename T>
void put(emu::FxState& fx, std::size_t at, T value) {
  std::memcpy(fx.image.data() + at, &value, sizeof(value));
}

void put_st(emu::FxState& fx, std::size_t st, std::uint64_t significand, std::uint16_t exponent) {
  put(fx, kSt + 16 * st, significand);
  put(fx, kSt + 16 * st + 8, exponent);
}

/// Different bytes everywhere but where the processor keeps zeros: reserved parts and the upper
/// six bytes of the x87 registers.
emu::FxState busy_state() {
  emu::FxState fx;
  put<std::uint16_t>(fx, kFcw, 0x027f);
  put<std::uint16_t>(fx, kFsw, 0x3841);  // TOP 7
  put<std::uint8_t>(fx, kFtw, 0x81);     // physical 0 and 7: ST(1) and ST(0)
  put<std::uint16_t>(fx, kFop, 0x05c1);
  put<std::uint32_t>(fx, kFip, 0x00401234);
  put<std::uint16_t>(fx, kFcs, 0x1b);
  put<std::uint32_t>(fx, kFdp, 0x0012fe00);
  put<std::uint16_t>(fx, kFds, 0x23);
  put<std::uint32_t>(fx, kMxcsr, 0x1fa0);
  for (std::size_t st = 0; st < 8; ++st) put_st(fx, st, 0x8000000000000001 + st, 0x3fff);
  for (std::size_t i = 0; i < 128; ++i) fx.image[kXmm + i] = static_cast<std::byte>(i + 1);
  return fx;
}

TEST_CASE("an empty x87 stack has a full tag word of ones") {
  emu::FxState fx;
  put<std::uint16_t>(fx, kFcw, 0x027f);
  const auto area = float_save(fx);
  // SDM vol. 1 8.1.7: 11B is empty; upper halves as FNSAVE leaves them (figure 8-9).
  CHECK(area.TagWord == 0xffffffff);
  CHECK(area.ControlWord == 0xffff027f);
  CHECK(area.StatusWord == 0xffff0000);
}

TEST_CASE("the tag of each x87 register is found from its contents") {
  emu::FxState fx;
  put<std::uint16_t>(fx, kFsw, 5 << 11);      // TOP 5: ST(i) is physical (5 + i) mod 8
  put<std::uint8_t>(fx, kFtw, 0x7f);          // all but physical 7
  put_st(fx, 0, 0x8000000000000000, 0x3fff);  // physical 5: 1.0
  put_st(fx, 1, 0, 0);                        // 6: 0.0
  put_st(fx, 2, 0x8000000000000000, 0x3fff);  // 7: empty, whatever it holds
  put_st(fx, 3, 0x8000000000000000, 0x7fff);  // 0: infinity
  put_st(fx, 4, 0x0000000000000001, 0x0000);  // 1: denormal
  put_st(fx, 5, 0x0000000000000001, 0x3fff);  // 2: unnormal, integer bit clear
  put_st(fx, 6, 0xc000000000000000, 0xffff);  // 3: negative NaN
  put_st(fx, 7, 0, 0x8000);                   // 4: -0.0
  // SDM vol. 1 table 10-1: 00 valid, 01 zero, 10 special, 11 empty; bits 2p+1..2p for physical p.
  const std::uint32_t expected =
      2u << 0 | 2u << 2 | 2u << 4 | 2u << 6 | 1u << 8 | 0u << 10 | 1u << 12 | 3u << 14;
  CHECK((float_save(fx).TagWord & 0xffff) == expected);
}

TEST_CASE("FloatSave has the last instruction, operand and opcode where FNSAVE puts them") {
  const auto area = float_save(busy_state());
  CHECK(area.ErrorOffset == 0x00401234);
  CHECK(area.ErrorSelector == 0x05c1001b);  // facts 1.3: low 16 selector, high 16 opcode
  CHECK(area.DataOffset == 0x0012fe00);
  CHECK((area.DataSelector & 0xffff) == 0x23);
  // Ten bytes a register, ST(0) first: facts 1.3, 8x10.
  CHECK(area.RegisterArea[0] == 0x01);
  CHECK(area.RegisterArea[9] == 0x3f);
  CHECK(area.RegisterArea[10] == 0x02);
}

TEST_CASE("the x87 state comes back from FloatSave without a bit lost") {
  const emu::FxState before = busy_state();
  emu::FxState after;
  put_float_save(float_save(before), after);
  // All of the x87 part; MXCSR and XMM registers are not FNSAVE's.
  CHECK(std::memcmp(before.image.data(), after.image.data(), kMxcsr) == 0);
  CHECK(std::memcmp(before.image.data() + kSt, after.image.data() + kSt, 128) == 0);
  CHECK(after.image[kXmm] == std::byte{0});
}

TEST_CASE("a context holds only the groups that were asked for") {
  ThreadRig rig;
  rig.registers.set_fx(busy_state());
  rig.registers.set_debug({{1, 2, 3, 4}, 5, 6});
  win32::Context context;

  capture_context(rig.registers, rig.general(), win32::CONTEXT_CONTROL, context);
  CHECK(context.ContextFlags == 0x00010001);
  CHECK(context.Eip == kFaultingCode.value);
  CHECK(context.Esp == kEsp.value);
  CHECK(context.Ebp == (kEsp + 0x40).value);
  CHECK(context.SegCs == 0x1b);
  CHECK(context.SegSs == 0x23);
  CHECK(context.EFlags == 0x246);
  CHECK(context.Eax == 0);
  CHECK(context.SegDs == 0);
  CHECK(context.Dr0 == 0);
  CHECK(context.FloatSave.ControlWord == 0);
  CHECK(context.ExtendedRegisters[kXmm] == 0);

  capture_context(rig.registers, rig.general(), win32::CONTEXT_INTEGER, context);
  CHECK(context.Eip == 0);
  CHECK(context.Eax == 0xa0a0a0a0);
  CHECK(context.Ebx == 0xb0b0b0b0);
  CHECK(context.Ecx == 0xc0c0c0c0);
  CHECK(context.Edx == 0xd0d0d0d0);
  CHECK(context.Esi == 0x51515151);
  CHECK(context.Edi == 0xd1d1d1d1);

  capture_context(rig.registers, rig.general(), win32::CONTEXT_ALL, context);
  CHECK(context.SegDs == 0x23);
  CHECK(context.SegEs == 0x23);
  CHECK(context.SegFs == 0x3b);
  CHECK(context.SegGs == 0);
  CHECK(context.Dr0 == 1);
  CHECK(context.Dr3 == 4);
  CHECK(context.Dr6 == 5);
  CHECK(context.Dr7 == 6);
  CHECK(context.ExtendedRegisters[kXmm] == 1);
  CHECK(context.FloatSave.ErrorOffset == 0x00401234);
}

TEST_CASE("a context is restored group by group") {
  ThreadRig rig;
  win32::Context context{};
  context.ContextFlags = win32::CONTEXT_INTEGER;
  context.Eax = 1;
  context.Edi = 2;
  context.Eip = 3;  // not in the group: not believed
  CHECK(restore_context(rig.registers, rig.general(), context));
  CHECK(rig.general().eax == 1);
  CHECK(rig.general().edi == 2);
  CHECK(rig.general().eip == kFaultingCode.value);

  context = {};
  context.ContextFlags = win32::CONTEXT_DEBUG_REGISTERS;
  context.Dr7 = 0x401;
  CHECK(restore_context(rig.registers, rig.general(), context));
  CHECK(rig.registers.debug().dr7 == 0x401);
  CHECK(rig.general().eax == 1);
}

TEST_CASE("a group's bits without CONTEXT_i386 name no group") {
  win32::Context context{};
  context.ContextFlags = 0x3f;
  CHECK_FALSE(has_group(context, win32::CONTEXT_CONTROL));
  context.ContextFlags = win32::CONTEXT_i386;
  CHECK_FALSE(has_group(context, win32::CONTEXT_CONTROL));
  context.ContextFlags = win32::CONTEXT_FULL;
  CHECK(has_group(context, win32::CONTEXT_SEGMENTS));
  CHECK_FALSE(has_group(context, win32::CONTEXT_FLOATING_POINT));
}

TEST_CASE("what a thread may not have is kept out of its registers") {
  ThreadRig rig;
  win32::Context context;
  capture_context(rig.registers, rig.general(), win32::CONTEXT_FULL, context);
  context.SegCs = 0x18;  // facts 3.8: CS, SS and FS get RPL 3
  context.SegSs = 0x20;
  context.SegFs = 0x38;
  context.EFlags = 0xffffffff;
  REQUIRE(restore_context(rig.registers, rig.general(), context));
  CHECK(rig.general().cs == 0x1b);
  CHECK(rig.general().ss == 0x23);
  CHECK(rig.general().fs == 0x3b);
  // Facts 3.8: 0x3C0CD5 can be changed, and TF (2.1 #DB); IF and bit 1 are always set. RF reaches
  // the processor, which uses it up (Intel SDM vol. 3, 17.3.1.1).
  CHECK(rig.general().eflags == (0x3c0cd5u | 0x100 | 0x10000 | 0x200 | 0x2));
  context.EFlags = 0;
  REQUIRE(restore_context(rig.registers, rig.general(), context));
  CHECK(rig.general().eflags == 0x202);
}

TEST_CASE("a selector that the processor refuses changes nothing") {
  ThreadRig rig;
  const emu::GeneralRegisters before = rig.general();
  win32::Context context;
  capture_context(rig.registers, before, win32::CONTEXT_ALL, context);
  context.Eax = 1;
  context.SegDs = 0xbee8;
  CHECK_FALSE(restore_context(rig.registers, before, context));
  CHECK(rig.general() == before);
}

TEST_CASE("an edit of FloatSave counts beside ExtendedRegisters, and bad MXCSR bits do not") {
  ThreadRig rig;
  rig.registers.set_fx(busy_state());
  win32::Context context;
  capture_context(rig.registers, rig.general(), win32::CONTEXT_ALL, context);
  context.FloatSave.StatusWord = 0;
  context.ExtendedRegisters[kXmm] = 0x77;
  context.ExtendedRegisters[kMxcsr + 3] = 0xff;
  REQUIRE(restore_context(rig.registers, rig.general(), context));
  const emu::FxState fx = rig.registers.fx();
  CHECK(fx.image[kFsw] == std::byte{0});
  CHECK(fx.image[kFsw + 1] == std::byte{0});
  CHECK(fx.image[kXmm] == std::byte{0x77});
  // FXRSTOR faults on reserved bits of MXCSR (SDM vol. 1, 11.6.6): they cannot arrive there.
  CHECK(fx.image[kMxcsr] == std::byte{0xa0});
  CHECK(fx.image[kMxcsr + 3] == std::byte{0});
}

TEST_CASE("FLOATING_POINT alone leaves the SSE state as it is") {
  ThreadRig rig;
  rig.registers.set_fx(busy_state());
  win32::Context context{};
  context.ContextFlags = win32::CONTEXT_FLOATING_POINT;
  context.FloatSave.ControlWord = 0xffff037f;
  context.FloatSave.TagWord = 0xffffffff;
  REQUIRE(restore_context(rig.registers, rig.general(), context));
  const emu::FxState fx = rig.registers.fx();
  CHECK(fx.image[kFcw + 1] == std::byte{0x03});
  CHECK(fx.image[kFtw] == std::byte{0});
  CHECK(fx.image[kXmm + 5] == std::byte{6});
  CHECK(fx.image[kMxcsr] == std::byte{0xa0});
}

}  // namespace
}  // namespace sehlab::seh
