#include "host/seh/unwind.hpp"

#include <cstddef>

#include "host/seh/chain_rules.hpp"
#include "host/seh/search.hpp"
#include "host/seh/secondary.hpp"
#include "host/seh/thread_context.hpp"
#include "host/seh/unwinding.hpp"
#include "host/win32/exception_flags.hpp"
#include "host/win32/status.hpp"

namespace sehlab::seh {
namespace {

/// One RtlUnwind in progress.
struct Unwinding {
  GuestAddr record;
  GuestAddr context;
  GuestAddr target;  ///< 0: exit unwind; 0xFFFFFFFF: to the end of the chain
  GuestAddr stack;   ///< handlers' frames are laid below it
};

/// What RtlUnwind keeps on its own stack: the context that it will return by, and a record if its
/// caller gave none.
struct UnwindFrame {
  win32::ExceptionRecord Record;
  win32::Context Context;
};

/// NtContinue with RtlUnwind's context: the call returns, with what handlers made of it.
Outcome finish(const Cpu& cpu, const emu::GeneralRegisters& general, const Unwinding& unwinding) {
  win32::Context context;
  if (auto fault = cpu.memory.read_object(unwinding.context, context)) {
    return at_gate(*fault, general.eip);
  }
  if (!has_group(context, win32::CONTEXT_CONTROL)) {
    return Unmodelled{"a handler took CONTEXT_CONTROL off the context of the unwinding"};
  }
  if (!restore_context(cpu.registers, general, context)) {
    return Unmodelled{
        "a handler put a selector that the processor refuses into the context of "
        "the unwinding"};
  }
  if (cpu.sink != nullptr) {
    cpu.sink->emit(trace::UnwindEnded{unwinding.target, {GuestAddr{context.Eip}, {}}});
  }
  return Run{};
}

/// Facts 3.6 step 5: the chain ended. Only a caller that asked for just that returns.
Outcome end_of_chain(const Cpu& cpu, const emu::GeneralRegisters& general,
                     const Unwinding& unwinding) {
  const bool wanted = unwinding.target.value == win32::kChainEnd;
  if (wanted || cpu.system.profile().unwind_end_of_chain_returns) {
    return finish(cpu, general, unwinding);
  }
  return second_chance(cpu, general.eip, unwinding.record, unwinding.context);
}

/// A record that ends the unwinding with an exception of its own, chained to the record.
Outcome refuse(const Cpu& cpu, const emu::GeneralRegisters& general, const Unwinding& unwinding,
               std::uint32_t code) {
  return raise_secondary(cpu, general, unwinding.stack, code, unwinding.record);
}

/// Facts 3.6 step 4 for one registration record, up to the call of its handler.
Outcome visit(const Cpu& cpu, const emu::GeneralRegisters& general, const StackTib& tib,
              const Unwinding& unwinding, const RecordHead& head) {
  const GuestAddr frame{tib.ExceptionList};
  if (frame.value == win32::kChainEnd) return end_of_chain(cpu, general, unwinding);
  if (frame == unwinding.target) return finish(cpu, general, unwinding);
  if (unwinding.target != GuestAddr{} && unwinding.target < frame) {
    return refuse(cpu, general, unwinding, win32::STATUS_INVALID_UNWIND_TARGET);
  }
  if (const auto why = misplaced(tib, frame)) {
    if (cpu.sink != nullptr) cpu.sink->emit(trace::RecordRefused{frame, {}, *why, true});
    return refuse(cpu, general, unwinding, win32::STATUS_BAD_STACK);
  }
  win32::ExceptionRegistrationRecord record{};
  if (auto fault = cpu.memory.read_object(frame, record)) return at_gate(*fault, general.eip);
  const GuestAddr handler{record.Handler};
  if (cpu.sink != nullptr) {
    cpu.sink->emit(trace::RecordVisited{frame, GuestAddr{record.Next}, {handler, {}}, true});
  }
  HandlerCall call;
  call.frame = frame;
  call.protector = cpu.system.ntdll().unwind_protector;
  call.chain = frame;
  call.top = unwinding.stack;
  call.locals.ExceptionRecord = unwinding.record.value;
  call.locals.ContextRecord = unwinding.context.value;
  call.locals.Handler = handler.value;
  call.locals.TargetFrame = unwinding.target.value;
  if (auto fault = execute_handler(cpu, general, call, head)) {
    return at_gate(*fault, general.eip);
  }
  return Run{};
}

/// Facts 3.6 step 3: the state that RtlUnwind's caller goes on with.
win32::Context returning_context(const Cpu& cpu, emu::GeneralRegisters general,
                                 const GateFrame<4>& call) {
  if (!cpu.system.profile().unwind_preserves_nonvolatile) {
    general.ecx = general.edx = general.ebx = general.esi = general.edi = 0;
  }
  general.eax = call.argument[3];
  general.eip = call.return_address;
  general.esp += sizeof(call);
  win32::Context context;
  capture_context(cpu.registers, general, win32::CONTEXT_FULL, context);
  return context;
}

}  // namespace

Outcome rtl_unwind(const Cpu& cpu) {
  const emu::GeneralRegisters general = cpu.registers.general();
  GateFrame<4> call{};  // TargetFrame, TargetIp (ignored on x86), record, ReturnValue
  if (auto fault = cpu.memory.read_object(GuestAddr{general.esp}, call)) {
    return at_gate(*fault, general.eip);
  }
  const GuestAddr target{call.argument[0]}, given_record{call.argument[2]};
  const GuestAddr own = GuestAddr{general.esp & ~3u} - sizeof(UnwindFrame);
  const GuestAddr record = given_record == GuestAddr{} ? own : given_record;

  // Step 1: a record of its own, if none was given. Steps 2 and 3.
  UnwindFrame frame{};
  frame.Record.ExceptionCode = win32::STATUS_UNWIND;
  frame.Record.ExceptionAddress = call.return_address;
  frame.Context = returning_context(cpu, general, call);
  if (auto fault = cpu.memory.write_object(own, frame)) return at_gate(*fault, general.eip);
  RecordHead head;
  if (auto fault = cpu.memory.read_object(record, head)) return at_gate(*fault, general.eip);
  head.flags |= win32::EXCEPTION_UNWINDING;
  if (target == GuestAddr{}) head.flags |= win32::EXCEPTION_EXIT_UNWIND;
  if (auto fault = cpu.memory.write_object(flags_of(record), head.flags)) {
    return at_gate(*fault, general.eip);
  }
  StackTib tib{};
  if (auto fault = read_tib(cpu, tib)) return at_gate(*fault, general.eip);
  if (cpu.sink != nullptr) cpu.sink->emit(trace::UnwindBegun{target, head.code, head.flags});

  const Unwinding unwinding{record, own + offsetof(UnwindFrame, Context), target, own};
  return visit(cpu, general, tib, unwinding, head);
}

Outcome continue_unwinding(const Cpu& cpu, const emu::GeneralRegisters& general, StackTib tib,
                           const ReturnedHandler& returned, std::uint32_t disposition) {
  const Unwinding unwinding{GuestAddr{returned.locals.ExceptionRecord},
                            GuestAddr{returned.locals.ContextRecord},
                            GuestAddr{returned.locals.TargetFrame}, returned.top};
  const GuestAddr called{returned.registration.RegistrationFrame};
  GuestAddr frame = called;
  switch (disposition) {
    case win32::ExceptionContinueSearch:
      break;
    case win32::ExceptionCollidedUnwind:
      // Another unwinding had come as far as this frame: go on behind it.
      frame = GuestAddr{returned.locals.Dispatcher.RegistrationPointer};
      break;
    default:
      return refuse(cpu, general, unwinding, win32::STATUS_INVALID_DISPOSITION);
  }
  // RtlpUnlinkHandler: only now, after its handler ran, does the record come off the chain.
  win32::Pointer32 next = win32::kChainEnd;
  if (auto fault = cpu.memory.read_object(frame, next)) return at_gate(*fault, general.eip);
  RecordHead head;
  if (auto fault = cpu.memory.read_object(unwinding.record, head)) {
    return at_gate(*fault, general.eip);
  }
  if (auto fault = set_chain_head(cpu, GuestAddr{next})) return at_gate(*fault, general.eip);
  tib.ExceptionList = next;
  if (cpu.sink != nullptr) {
    cpu.sink->emit(trace::RecordUnwound{called});
    if (frame != called) cpu.sink->emit(trace::RecordUnwound{frame});
  }
  return visit(cpu, general, tib, unwinding, head);
}

}  // namespace sehlab::seh
