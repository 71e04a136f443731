// NtContinue: facts 1.3, 3.8.
#include <doctest/doctest.h>

#include "host/seh/thread_context.hpp"
#include "host/win32/status.hpp"
#include "thread_rig.hpp"

namespace sehlab::seh {
namespace {

using namespace testing;

constexpr GuestAddr kContext = kEsp + 0x400, kBack{0x00666000};

TEST_CASE("NtContinue goes on with the whole context and does not return") {
  ThreadRig rig;
  win32::Context context;
  emu::GeneralRegisters other = rig.general();
  other.eip = 0x00777000;
  other.esp = (kEsp - 0x500).value;
  other.edx = 0x1234;
  capture_context(rig.registers, other, win32::CONTEXT_ALL, context);
  rig.memory.put(kContext, context);
  CHECK(arrived(rig.call(kNtContinue, {kContext.value, 0}, kBack)) == GuestAddr{0x00777000});
  CHECK(rig.general() == other);
}

TEST_CASE("what the context's flags leave out stays as after the system call") {
  ThreadRig rig;
  win32::Context context{};
  context.ContextFlags = win32::CONTEXT_INTEGER;
  context.Eax = 0x55;
  context.Eip = 0x00777000;
  rig.memory.put(kContext, context);
  CHECK(arrived(rig.call(kNtContinue, {kContext.value, 0}, kBack)) == kBack);
  CHECK(rig.general().eax == 0x55);
  CHECK(rig.general().ebx == 0);
  CHECK(rig.general().esp == kEsp.value);  // stdcall, 8 bytes
}

TEST_CASE("NtContinue returns a status for a context that it cannot copy") {
  struct Row {
    GuestAddr context;
    std::uint32_t status;
  };
  for (const Row row : {Row{GuestAddr{0x10}, win32::STATUS_ACCESS_VIOLATION},
                        Row{kContext + 1, win32::STATUS_DATATYPE_MISALIGNMENT},
                        Row{kStackBase - 0x2c8, win32::STATUS_ACCESS_VIOLATION}}) {
    ThreadRig rig;
    CHECK(arrived(rig.call(kNtContinue, {row.context.value, 0}, kBack)) == kBack);
    CHECK(rig.general().eax == row.status);
    CHECK(rig.general().esp == kEsp.value);
  }
}

TEST_CASE("NtContinue with a refused selector is named") {
  ThreadRig rig;
  win32::Context context;
  capture_context(rig.registers, rig.general(), win32::CONTEXT_ALL, context);
  context.SegCs = 0x77;
  rig.memory.put(kContext, context);
  const std::string text = refused_by_lab(rig.call(kNtContinue, {kContext.value, 0}, kBack));
  CHECK(text.find("CS 0x77") != std::string::npos);
}

TEST_CASE("a handler that sets TF in the context goes on stepping") {
  ThreadRig rig;
  rig.link(kEsp + 0x100, kProgram + 0x100);
  rig.handler(kProgram + 0x100, [](ThreadRig& in) {
    CHECK((in.general().eflags & emu::kEflagsTf) == 0);
    win32::Context context = in.context();
    context.EFlags |= emu::kEflagsTf;
    context.Dr0 = 0x00401000;
    context.Dr7 = 1;
    in.set_context(context);
    return 0u;
  });
  arrived(rig.fault(win32::STATUS_SINGLE_STEP));
  CHECK((rig.general().eflags & emu::kEflagsTf) != 0);
  CHECK(rig.registers.debug().address[0] == 0x00401000);
  CHECK(rig.registers.debug().dr7 == 1);
}

TEST_CASE("a handler that strips the context of CONTROL is named, not guessed at") {
  ThreadRig rig;
  rig.link(kEsp + 0x100, kProgram + 0x100);
  rig.handler(kProgram + 0x100, [](ThreadRig& in) {
    in.memory.put(in.context_at(), 0u);
    return 0u;
  });
  const std::string text = refused_by_lab(rig.fault(win32::STATUS_ACCESS_VIOLATION, {0, 0}));
  CHECK(text.find("CONTEXT_CONTROL") != std::string::npos);
}

}  // namespace
}  // namespace sehlab::seh
