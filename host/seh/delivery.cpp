#include "host/seh/delivery.hpp"

#include <algorithm>
#include <variant>

#include "host/seh/exception_frame.hpp"
#include "host/seh/guest_words.hpp"
#include "host/seh/kernel_copy.hpp"
#include "host/seh/search.hpp"
#include "host/seh/software_raise.hpp"
#include "host/seh/thread_context.hpp"
#include "host/win32/status.hpp"

namespace sehlab::seh {
namespace {

/// Facts 2.1, last rule, and 3.0 step 1: a BREAKPOINT's context points at the breakpoint, not
/// behind it. The trap frame is not touched.
GuestAddr context_eip(const Profile& profile, const RaisedException& raised) {
  const bool backs_up = raised.origin == Origin::Processor || profile.software_breakpoint_backs_up;
  const bool breakpoint = raised.record.ExceptionCode == win32::STATUS_BREAKPOINT;
  return breakpoint && backs_up ? raised.eip - 1 : raised.eip;
}

/// The second chance of an exception whose frame could not be written: the thread sees nothing.
SecondChance undeliverable(const Cpu& cpu, const win32::ExceptionRecord& record,
                           const win32::Context& context) {
  if (cpu.sink != nullptr) {
    cpu.sink->emit(trace::DispatchAbandoned{record.ExceptionCode, false});
  }
  return {{}, {}, record, context, false};
}

/// A frame laid, and the registers that the thread enters KiUserExceptionDispatcher with.
struct Delivered {
  ExceptionFrame frame;
  emu::GeneralRegisters entry;
  RecordHead head;
};

/// Facts 1.4, "registers on entry": flat selectors, TF, DF and AC clear; the others stay.
emu::GeneralRegisters registers_on_entry(const Cpu& cpu, emu::GeneralRegisters general,
                                         GuestAddr stack) {
  const Profile& profile = cpu.system.profile();
  general.eip = cpu.system.ntdll().ki_user_exception_dispatcher.value;
  general.esp = stack.value;
  general.eflags &= ~(emu::kEflagsTf | emu::kEflagsAc);
  if (profile.clears_direction_flag) general.eflags &= ~emu::kEflagsDf;
  general.cs = profile.code_selector;
  general.ss = general.ds = general.es = profile.data_selector;
  general.fs = profile.teb_selector;
  general.gs = profile.gs_selector;
  return general;
}

/// KiDispatchException, first chance, without a debugger (facts 3.0 steps 1 and 2).
std::variant<Delivered, SecondChance> push_exception(const Cpu& cpu,
                                                     const emu::GeneralRegisters& general,
                                                     const RaisedException& raised) {
  if (raised.origin == Origin::Software) report_raised(cpu, raised.record, raised.origin);
  const Profile& profile = cpu.system.profile();
  emu::GeneralRegisters interrupted = general;
  interrupted.eip = context_eip(profile, raised).value;
  // Facts 2.1 row 1: the trap's own TF is taken off; a handler sets it again to go on stepping.
  if (raised.origin == Origin::Processor &&
      raised.record.ExceptionCode == win32::STATUS_SINGLE_STEP) {
    interrupted.eflags &= ~emu::kEflagsTf;
  }
  if (raised.resume_flag) interrupted.eflags |= emu::kEflagsRf;
  win32::Context context;
  capture_context(cpu.registers, interrupted, profile.context_flags, context);
  // Facts 1.4: on a stack segment that is not the flat one nothing is delivered.
  if (general.ss != profile.data_selector) return undeliverable(cpu, raised.record, context);

  Delivered delivered;
  const GuestAddr esp{general.esp};
  win32::ExceptionRecord record = raised.record;
  auto fault = lay_exception_frame(cpu, esp, record, context, delivered.frame);
  if (fault && fault->kind == emu::FaultKind::StackOverflow) {
    // The stack ended under the frame: that is the exception now, at the same address, and what
    // is left of the stack is tried once more.
    const std::uint32_t address = record.ExceptionAddress;
    record = {};
    record.ExceptionCode = win32::STATUS_STACK_OVERFLOW;
    record.ExceptionAddress = address;
    report_raised(cpu, record, raised.origin);
    fault = lay_exception_frame(cpu, esp, record, context, delivered.frame);
  }
  if (fault) return undeliverable(cpu, record, context);
  delivered.entry = registers_on_entry(cpu, general, delivered.frame.stack);
  delivered.head = {record.ExceptionCode, record.ExceptionFlags};
  return delivered;
}

}  // namespace

void report_raised(const Cpu& cpu, const win32::ExceptionRecord& record, Origin origin) {
  if (cpu.sink == nullptr) return;
  const auto parameters = std::min(record.NumberParameters, win32::EXCEPTION_MAXIMUM_PARAMETERS);
  const auto first = record.ExceptionInformation.begin();
  cpu.sink->emit(trace::FaultRaised{record.ExceptionCode,
                                    record.ExceptionFlags,
                                    {GuestAddr{record.ExceptionAddress}, {}},
                                    {first, first + parameters},
                                    origin == Origin::Software});
}

Outcome deliver(const Cpu& cpu, const RaisedException& raised) {
  auto result = push_exception(cpu, cpu.registers.general(), raised);
  if (auto* chance = std::get_if<SecondChance>(&result)) return *chance;
  cpu.registers.set_general(std::get<Delivered>(result).entry);
  return Run{};
}

Outcome deliver_and_dispatch(const Cpu& cpu, const RaisedException& raised) {
  return deliver_from(cpu, cpu.registers.general(), raised);
}

Outcome deliver_from(const Cpu& cpu, const emu::GeneralRegisters& general,
                     const RaisedException& raised) {
  auto result = push_exception(cpu, general, raised);
  if (auto* chance = std::get_if<SecondChance>(&result)) return *chance;
  const Delivered& delivered = std::get<Delivered>(result);
  const Search search{delivered.frame.record, delivered.frame.context, delivered.frame.stack, {}};
  Outcome outcome = start_search(cpu, delivered.entry, search, delivered.head);
  // With a handler entered the registers are its own; otherwise the thread is still at the entry.
  if (!std::holds_alternative<Run>(outcome)) cpu.registers.set_general(delivered.entry);
  return outcome;
}

Outcome last_chance(const Cpu& cpu, const RaisedException& raised) {
  emu::GeneralRegisters interrupted = cpu.registers.general();
  interrupted.eip = raised.eip.value;
  win32::Context context;
  capture_context(cpu.registers, interrupted, cpu.system.profile().context_flags, context);
  return undeliverable(cpu, raised.record, context);
}

Outcome nt_raise_exception(const Cpu& cpu) {
  const emu::GeneralRegisters general = cpu.registers.general();
  GateFrame<3> call{};
  if (auto fault = cpu.memory.read_object(GuestAddr{general.esp}, call)) {
    return at_gate(*fault, general.eip);
  }
  const GuestAddr record_at{call.argument[0]}, context_at{call.argument[1]};
  const bool first_chance = (call.argument[2] & 0xff) != 0;  // BOOLEAN
  RaisedException raised;
  raised.origin = Origin::Software;
  win32::Context context{};
  auto status = copy_context(cpu, context_at, context);
  if (!status) status = copy_record(cpu, record_at, raised.record);
  if (status) {
    return return_from_gate(cpu, general, call.return_address, sizeof(call.argument), *status);
  }
  if (!first_chance) return second_chance(cpu, general.eip, record_at, context_at);
  emu::GeneralRegisters after = general;
  after.eip = call.return_address;
  after.esp += sizeof(call);
  if (!restore_context(cpu.registers, after, context)) return bad_selector(context);
  raised.record.ExceptionCode &= ~kInternalCodeBit;
  raised.eip = GuestAddr{cpu.registers.general().eip};
  return deliver_and_dispatch(cpu, raised);
}

}  // namespace sehlab::seh
