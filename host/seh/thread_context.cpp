#include "host/seh/thread_context.hpp"

#include <cstddef>
#include <cstring>

#include "host/seh/x87_state.hpp"

namespace sehlab::seh {
namespace {

// What user mode may change through NtContinue (facts 3.8: 0x3C0CD5), and TF, by which a handler
// goes on stepping (facts 2.1 #DB); and RF, by which it goes on over a breakpoint of a debug
// register (Intel SDM vol. 3, 17.3.1.1; the flag is gone when anybody can look).
constexpr std::uint32_t kUserEflags = emu::kEflagsOfUser | emu::kEflagsRf;
// Always set: bit 1 (Intel SDM vol. 1, 3.4.3), and interrupts in user mode.
constexpr std::uint32_t kFixedEflags = emu::kEflagsFixed;
constexpr std::uint16_t kRplMask = 3;
// Bits of MXCSR that exist; FXRSTOR would fault on others, so the kernel drops them (SDM vol. 1,
// 10.2.3 and 11.6.6).
constexpr std::uint32_t kMxcsrBits = 0xffff;

std::uint16_t user_selector(std::uint32_t selector) {
  return static_cast<std::uint16_t>(selector | kRplMask);
}

}  // namespace

void fill_general(const emu::GeneralRegisters& general, win32::Context& context) {
  if (has_group(context, win32::CONTEXT_CONTROL)) {
    context.Ebp = general.ebp;
    context.Eip = general.eip;
    context.SegCs = general.cs;
    context.EFlags = general.eflags;
    context.Esp = general.esp;
    context.SegSs = general.ss;
  }
  if (has_group(context, win32::CONTEXT_INTEGER)) {
    context.Eax = general.eax;
    context.Ebx = general.ebx;
    context.Ecx = general.ecx;
    context.Edx = general.edx;
    context.Esi = general.esi;
    context.Edi = general.edi;
  }
  if (has_group(context, win32::CONTEXT_SEGMENTS)) {
    context.SegDs = general.ds;
    context.SegEs = general.es;
    context.SegFs = general.fs;
    context.SegGs = general.gs;
  }
}

void fill_context(const emu::Registers& registers, const emu::GeneralRegisters& general,
                  win32::Context& context) {
  fill_general(general, context);
  const bool x87 = has_group(context, win32::CONTEXT_FLOATING_POINT);
  const bool extended = has_group(context, win32::CONTEXT_EXTENDED_REGISTERS);
  if (x87 || extended) {
    const emu::FxState fx = registers.fx();
    if (x87) context.FloatSave = float_save(fx);
    if (extended) {
      std::memcpy(context.ExtendedRegisters.data(), fx.image.data(), fx.image.size());
    }
  }
  if (has_group(context, win32::CONTEXT_DEBUG_REGISTERS)) {
    const emu::DebugRegisters debug = registers.debug();
    context.Dr0 = debug.address[0];
    context.Dr1 = debug.address[1];
    context.Dr2 = debug.address[2];
    context.Dr3 = debug.address[3];
    context.Dr6 = debug.dr6;
    context.Dr7 = debug.dr7;
  }
}

void capture_context(const emu::Registers& registers, const emu::GeneralRegisters& general,
                     std::uint32_t flags, win32::Context& context) {
  context = {};
  context.ContextFlags = flags;
  fill_context(registers, general, context);
}

void put_general(const win32::Context& context, emu::GeneralRegisters& general) {
  if (has_group(context, win32::CONTEXT_CONTROL)) {
    general.ebp = context.Ebp;
    general.eip = context.Eip;
    general.cs = user_selector(context.SegCs);
    general.eflags =
        (general.eflags & ~kUserEflags) | (context.EFlags & kUserEflags) | kFixedEflags;
    general.esp = context.Esp;
    general.ss = user_selector(context.SegSs);
  }
  if (has_group(context, win32::CONTEXT_INTEGER)) {
    general.eax = context.Eax;
    general.ebx = context.Ebx;
    general.ecx = context.Ecx;
    general.edx = context.Edx;
    general.esi = context.Esi;
    general.edi = context.Edi;
  }
  if (has_group(context, win32::CONTEXT_SEGMENTS)) {
    general.ds = static_cast<std::uint16_t>(context.SegDs);
    general.es = static_cast<std::uint16_t>(context.SegEs);
    general.fs = user_selector(context.SegFs);
    general.gs = static_cast<std::uint16_t>(context.SegGs);
  }
}

bool restore_context(emu::Registers& registers, const emu::GeneralRegisters& general,
                     const win32::Context& context) {
  emu::GeneralRegisters restored = general;
  put_general(context, restored);
  if (!registers.set_general(restored)) {
    registers.set_general(general);
    return false;
  }
  const bool x87 = has_group(context, win32::CONTEXT_FLOATING_POINT);
  const bool extended = has_group(context, win32::CONTEXT_EXTENDED_REGISTERS);
  if (x87 || extended) {
    emu::FxState fx;
    if (extended) {
      std::memcpy(fx.image.data(), context.ExtendedRegisters.data(), fx.image.size());
      fx.put(emu::FxState::kMxcsr, fx.get<std::uint32_t>(emu::FxState::kMxcsr) & kMxcsrBits);
    } else {
      fx = registers.fx();
    }
    // Both hold the x87 state. Edited apart, FloatSave has the say: it is what programs edit.
    if (x87) put_float_save(context.FloatSave, fx);
    registers.set_fx(fx);
  }
  if (has_group(context, win32::CONTEXT_DEBUG_REGISTERS)) {
    registers.set_debug(
        {{context.Dr0, context.Dr1, context.Dr2, context.Dr3}, context.Dr6, context.Dr7});
  }
  return true;
}

}  // namespace sehlab::seh
