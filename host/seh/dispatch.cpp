#include "host/seh/dispatch.hpp"

#include <utility>
#include <variant>

#include "host/seh/guest_words.hpp"
#include "host/seh/handler_frame.hpp"
#include "host/seh/search.hpp"
#include "host/seh/unwinding.hpp"

namespace sehlab::seh {
namespace {

/// A returned handler's registration, and the trace's word of its disposition.
void report_disposition(const Cpu& cpu, const ReturnedHandler& returned, std::uint32_t value) {
  if (cpu.sink == nullptr) return;
  cpu.sink->emit(trace::Disposition{GuestAddr{returned.registration.RegistrationFrame},
                                    {GuestAddr{returned.locals.Handler}, {}},
                                    value});
}

}  // namespace

Outcome begin_dispatch(const Cpu& cpu) {
  const emu::GeneralRegisters general = cpu.registers.general();
  const GuestAddr stack{general.esp};
  // KiUserExceptionDispatcher's two arguments; it has no return address (facts 1.4).
  win32::ExceptionPointers pointers{};
  if (auto fault = cpu.memory.read_object(stack, pointers)) return at_gate(*fault, general.eip);
  const GuestAddr record{pointers.ExceptionRecord};
  RecordHead head;
  if (auto fault = cpu.memory.read_object(record, head)) return at_gate(*fault, general.eip);
  const Search search{record, GuestAddr{pointers.ContextRecord}, stack, {}};
  return start_search(cpu, general, search, head);
}

Outcome handler_returned(const Cpu& cpu) {
  emu::GeneralRegisters general = cpu.registers.general();
  const std::uint32_t gate = general.eip;
  const std::uint32_t disposition = general.eax;
  StackTib tib{};
  if (auto fault = read_tib(cpu, tib)) return at_gate(*fault, gate);
  auto found = find_returned_handler(cpu, GuestAddr{tib.ExceptionList});
  if (auto* astray = std::get_if<Unmodelled>(&found)) return std::move(*astray);
  const auto& returned = std::get<ReturnedHandler>(found);
  report_disposition(cpu, returned, disposition);

  // ExecuteHandler's end: the protecting registration comes off the chain, EBP is the caller's.
  tib.ExceptionList = returned.registration.Next;
  if (auto fault = set_chain_head(cpu, GuestAddr{tib.ExceptionList})) return at_gate(*fault, gate);
  general.ebp = returned.registration.SavedEbp;

  Outcome outcome = returned.unwinding
                        ? continue_unwinding(cpu, general, tib, returned, disposition)
                        : continue_search(cpu, general, tib, returned, disposition);
  // A fault on the way leaves the thread on this gate, to be tried again: fs:[0] must lead to
  // the handler's frame then. (A fault at another address is met by an exception of ntdll's own,
  // which has left this gate behind.)
  if (const auto* met = std::get_if<MemoryFault>(&outcome); met && met->fault.eip.value == gate) {
    if (auto fault = set_chain_head(cpu, returned.guard)) return at_gate(*fault, gate);
  }
  return outcome;
}

}  // namespace sehlab::seh
