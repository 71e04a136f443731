#include "host/seh/search.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>

#include "host/seh/chain_rules.hpp"
#include "host/seh/continuation.hpp"
#include "host/seh/handler_validation.hpp"
#include "host/seh/secondary.hpp"
#include "host/seh/sehop.hpp"
#include "host/seh/vectored.hpp"
#include "host/win32/exception_flags.hpp"
#include "host/win32/status.hpp"

// The letters and numbers are those of facts 3.2, in whose order all this happens.
namespace sehlab::seh {
namespace {

using win32::EXCEPTION_NESTED_CALL;
using win32::EXCEPTION_NONCONTINUABLE;
using win32::EXCEPTION_STACK_INVALID;

/// The search ends with FALSE: no frame takes the exception. KiUserExceptionDispatcher then asks
/// for the second chance (facts 3.1).
Outcome abandon(const Cpu& cpu, const emu::GeneralRegisters& general, const Search& search) {
  return second_chance(cpu, general.eip, search.record, search.context);
}

/// A registration record that the search will not follow: STACK_INVALID, FALSE.
Outcome refuse(const Cpu& cpu, const emu::GeneralRegisters& general, const Search& search,
               const RecordHead& head, GuestAddr frame, GuestAddr handler, trace::Refusal why) {
  const std::uint32_t flags = head.flags | EXCEPTION_STACK_INVALID;
  if (auto fault = cpu.memory.write_object(flags_of(search.record), flags)) {
    return at_gate(*fault, general.eip);
  }
  if (cpu.sink != nullptr) {
    cpu.sink->emit(trace::RecordRefused{frame, {handler, {}}, why, false});
  }
  return abandon(cpu, general, search);
}

/// E3. The handler is called under the exception protector.
Outcome call_handler(const Cpu& cpu, const emu::GeneralRegisters& general, const StackTib& tib,
                     const Search& search, GuestAddr frame, GuestAddr handler,
                     const RecordHead& head) {
  HandlerCall call;
  call.frame = frame;
  call.protector = cpu.system.ntdll().exception_protector;
  call.chain = GuestAddr{tib.ExceptionList};
  call.top = search.stack;
  call.locals.ExceptionRecord = search.record.value;
  call.locals.ContextRecord = search.context.value;
  call.locals.Handler = handler.value;
  call.locals.NestedFrame = search.nested_frame.value;
  if (auto fault = execute_handler(cpu, general, call, head)) return at_gate(*fault, general.eip);
  return Run{};
}

/// E1 to E3 for one registration record: may it be trusted, may its handler, then call it.
Outcome visit(const Cpu& cpu, const emu::GeneralRegisters& general, const StackTib& tib,
              const Search& search, GuestAddr frame, const RecordHead& head) {
  if (frame.value == win32::kChainEnd) return abandon(cpu, general, search);

  // E1. Is the record where a record can be? If not, it is not even read.
  if (const auto why = misplaced(tib, frame)) {
    return refuse(cpu, general, search, head, frame, {}, *why);
  }
  win32::ExceptionRegistrationRecord record{};
  if (auto fault = cpu.memory.read_object(frame, record)) return at_gate(*fault, general.eip);
  const GuestAddr handler{record.Handler};
  if (cpu.sink != nullptr) {
    cpu.sink->emit(trace::RecordVisited{frame, GuestAddr{record.Next}, {handler, {}}, false});
  }

  // E2. Is its handler one that may be called?
  const HandlerVerdict verdict = judge_handler(cpu.system, tib, handler);
  if (verdict.refused) {
    return refuse(cpu, general, search, head, frame, handler, *verdict.refused);
  }
  if (verdict.raise) {
    emu::Fault execute;
    execute.access = emu::Access::Execute;
    execute.address = handler;
    return at_gate(execute, general.eip);
  }
  return call_handler(cpu, general, tib, search, frame, handler, head);
}

/// E4 and, of E5, NestedException: the record says NESTED_CALL from the protector of a handler that
/// was running up to and including the frame of that handler.
void mark_nesting(const ReturnedHandler& returned, std::uint32_t disposition, Search& search,
                  RecordHead& head) {
  if (GuestAddr{returned.registration.RegistrationFrame} == search.nested_frame) {
    head.flags &= ~EXCEPTION_NESTED_CALL;
    search.nested_frame = {};
  }
  if (disposition == win32::ExceptionNestedException) {
    head.flags |= EXCEPTION_NESTED_CALL;
    // Of several handlers that were running the outermost counts: the stack grows downwards.
    const GuestAddr nested{returned.locals.Dispatcher.RegistrationPointer};
    search.nested_frame = std::max(search.nested_frame, nested);
  }
}

/// Disposition ContinueExecution (E5).
Outcome handled(const Cpu& cpu, const emu::GeneralRegisters& general, const Search& search,
                const RecordHead& head) {
  if ((head.flags & EXCEPTION_NONCONTINUABLE) != 0) {
    return raise_secondary(cpu, general, search.stack, win32::STATUS_NONCONTINUABLE_EXCEPTION,
                           search.record);
  }
  return go_on(cpu, general, search, head);
}

/// Tells who listens, with the limits of C, that a dispatch begins.
MaybeFault report_begun(const Cpu& cpu, const Search& search, const RecordHead& head) {
  StackTib tib{};
  if (auto fault = read_tib(cpu, tib)) return fault;
  const bool on_os_stack =
      search.stack.value >= tib.StackLimit && search.stack.value < tib.StackBase;
  cpu.sink->emit(
      trace::DispatchBegun{search.record, search.context, head.code, head.flags, on_os_stack});
  return std::nullopt;
}

}  // namespace

Outcome start_search(const Cpu& cpu, const emu::GeneralRegisters& general, const Search& search,
                     const RecordHead& head) {
  if (cpu.sink != nullptr) {
    if (auto fault = report_begun(cpu, search, head)) return at_gate(*fault, general.eip);
  }
  // A. Vectored handlers, before any check of chain or stack.
  if (auto called = call_vectored_handlers(cpu, general, search, head, VectoredList::Exception)) {
    return std::move(*called);
  }
  return search_frames(cpu, general, search, head);
}

Outcome search_frames(const Cpu& cpu, const emu::GeneralRegisters& general, const Search& search,
                      const RecordHead& head) {
  // C. The limits are the TEB's, whatever stack the thread is on.
  StackTib tib{};
  if (auto fault = read_tib(cpu, tib)) return at_gate(*fault, general.eip);

  // D. SEHOP looks at the whole chain first.
  if (sehop_applies(cpu.system)) {
    SehopVerdict verdict;
    if (auto fault = walk_for_sehop(cpu, tib, verdict)) return at_gate(*fault, general.eip);
    if (!verdict.intact) {
      if (cpu.sink != nullptr) {
        cpu.sink->emit(trace::RecordRefused{
            verdict.broken_at, {verdict.handler, {}}, trace::Refusal::SehopBroken, false});
      }
      return abandon(cpu, general, search);
    }
  }

  // E. From fs:[0], one registration record after the other.
  return visit(cpu, general, tib, search, GuestAddr{tib.ExceptionList}, head);
}

Outcome go_on(const Cpu& cpu, const emu::GeneralRegisters& general, const Search& search,
              const RecordHead& head) {
  // B. Continue handlers.
  if (cpu.system.profile().calls_continue_handlers) {
    auto called = call_vectored_handlers(cpu, general, search, head, VectoredList::Continue);
    if (called) return std::move(*called);
  }
  return continue_dispatched(cpu, general, search.stack, search.record, search.context);
}

Outcome continue_search(const Cpu& cpu, const emu::GeneralRegisters& general, const StackTib& tib,
                        const ReturnedHandler& returned, std::uint32_t disposition) {
  const GuestAddr frame{returned.registration.RegistrationFrame};
  Search search{GuestAddr{returned.locals.ExceptionRecord},
                GuestAddr{returned.locals.ContextRecord}, returned.top,
                GuestAddr{returned.locals.NestedFrame}};
  RecordHead head;
  if (auto fault = cpu.memory.read_object(search.record, head)) return at_gate(*fault, general.eip);

  // E4
  const std::uint32_t flags_before = head.flags;
  mark_nesting(returned, disposition, search, head);
  if (head.flags != flags_before) {
    if (auto fault = cpu.memory.write_object(flags_of(search.record), head.flags)) {
      return at_gate(*fault, general.eip);
    }
  }
  // E5
  switch (disposition) {
    case win32::ExceptionContinueExecution:
      return handled(cpu, general, search, head);
    case win32::ExceptionContinueSearch:
      // The handler itself may have found the stack to be bad.
      if ((head.flags & EXCEPTION_STACK_INVALID) != 0) return abandon(cpu, general, search);
      break;
    case win32::ExceptionNestedException:
      break;
    default:  // CollidedUnwind, too: it belongs to unwinding
      return raise_secondary(cpu, general, search.stack, win32::STATUS_INVALID_DISPOSITION,
                             search.record);
  }
  // E6. The link is read only now: the handler may have changed it.
  win32::Pointer32 next = win32::kChainEnd;
  if (auto fault = cpu.memory.read_object(frame, next)) return at_gate(*fault, general.eip);
  return visit(cpu, general, tib, search, GuestAddr{next}, head);
}

Outcome second_chance(const Cpu& cpu, std::uint32_t gate, GuestAddr record, GuestAddr context) {
  SecondChance chance;
  chance.record_address = record;
  chance.context_address = context;
  // A record has as many parameters as it says; behind them other things lie (facts 1.4).
  constexpr std::uint32_t kHeader = offsetof(win32::ExceptionRecord, ExceptionInformation);
  const auto bytes = std::as_writable_bytes(std::span(&chance.record, 1));
  if (auto fault = cpu.memory.read(record, bytes.first(kHeader))) return at_gate(*fault, gate);
  const std::uint32_t parameters =
      std::min(chance.record.NumberParameters, win32::EXCEPTION_MAXIMUM_PARAMETERS);
  if (auto fault = cpu.memory.read(record + kHeader, bytes.subspan(kHeader, parameters * 4))) {
    return at_gate(*fault, gate);
  }
  if (auto fault = cpu.memory.read_object(context, chance.context)) return at_gate(*fault, gate);
  chance.stack_invalid = (chance.record.ExceptionFlags & EXCEPTION_STACK_INVALID) != 0;
  if (cpu.sink != nullptr) {
    cpu.sink->emit(trace::DispatchAbandoned{chance.record.ExceptionCode, chance.stack_invalid});
  }
  return chance;
}

}  // namespace sehlab::seh
