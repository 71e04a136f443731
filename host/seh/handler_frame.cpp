#include "host/seh/handler_frame.hpp"

#include <cstdio>
#include <string>

namespace sehlab::seh {
namespace {

Unmodelled astray(GuestAddr head, const char* what) {
  char text[160];
  std::snprintf(text, sizeof(text),
                "a frame handler returned with fs:[0] = 0x%08x, %s; Windows would go on with a "
                "wrong stack pointer",
                head.value, what);
  return {text};
}

}  // namespace

MaybeFault execute_handler(const Cpu& cpu, emu::GeneralRegisters general, const HandlerCall& call,
                           const RecordHead& head) {
  const GuestAddr at = call.top - sizeof(HandlerFrame);
  const GuestAddr guard = at + offsetof(HandlerFrame, Registration);
  HandlerFrame frame{};
  frame.ReturnAddress = cpu.system.ntdll().handler_return_address.value;
  frame.ExceptionRecord = call.locals.ExceptionRecord;
  frame.EstablisherFrame = call.frame.value;
  frame.ContextRecord = call.locals.ContextRecord;
  frame.DispatcherContext = (at + offsetof(HandlerFrame, Locals.Dispatcher)).value;
  frame.Registration = {call.chain.value, call.protector.value, call.frame.value, general.ebp};
  frame.Locals = call.locals;
  if (auto fault = cpu.memory.write_object(at, frame)) return fault;
  if (auto fault = set_chain_head(cpu, guard)) return fault;

  if (cpu.sink != nullptr) {
    cpu.sink->emit(trace::HandlerEntered{
        call.frame, {GuestAddr{call.locals.Handler}, {}}, head.code, head.flags, {}, {}});
  }
  // Facts 3.4: EAX, EBX, ESI and EDI are cleared, ECX holds the handler, DF is clear.
  general.eax = general.ebx = general.esi = general.edi = 0;
  general.ecx = general.eip = call.locals.Handler;
  general.ebp = (guard + offsetof(win32::ProtectingRegistration, SavedEbp)).value;
  general.esp = at.value;
  general.eflags &= ~(emu::kEflagsDf | emu::kEflagsTf);
  cpu.registers.set_general(general);
  return std::nullopt;
}

std::variant<ReturnedHandler, Unmodelled> find_returned_handler(const Cpu& cpu, GuestAddr head) {
  struct {
    win32::ProtectingRegistration registration;
    DispatcherLocals locals;
  } found{};
  static_assert(sizeof(found) == sizeof(HandlerFrame) - offsetof(HandlerFrame, Registration));
  if (cpu.memory.read_object(head, found)) {
    return astray(head, "where no registration can be read");
  }
  const NtdllAddresses& ntdll = cpu.system.ntdll();
  const bool unwinding = found.registration.Handler == ntdll.unwind_protector.value;
  if (!unwinding && found.registration.Handler != ntdll.exception_protector.value) {
    return astray(head, "which is not the registration that guards a running handler");
  }
  return ReturnedHandler{found.registration, found.locals, head, head + sizeof(found), unwinding};
}

}  // namespace sehlab::seh
