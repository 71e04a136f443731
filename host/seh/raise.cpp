#include "host/seh/raise.hpp"

#include <array>
#include <cstddef>

#include "host/seh/exception_frame.hpp"
#include "host/seh/guest_words.hpp"
#include "host/seh/kernel_copy.hpp"
#include "host/seh/search.hpp"
#include "host/seh/secondary.hpp"
#include "host/seh/software_raise.hpp"
#include "host/seh/thread_context.hpp"
#include "host/win32/exception_flags.hpp"
#include "host/win32/status.hpp"

namespace sehlab::seh {
namespace {

/// RtlRaiseException on its way out (facts 3.5). `caller` are the registers as of the raising
/// call's return. Where it goes through the kernel, the frame is laid below the caller's ESP,
/// over RtlRaiseException's own, since the context's ESP is what the kernel goes by.
/// `record_at`: the caller's record in guest memory; 0: it has to be laid there.
Outcome raise(const Cpu& cpu, const emu::GeneralRegisters& at_gate_now,
              const emu::GeneralRegisters& caller, GuestAddr below,
              const win32::ExceptionRecord& record, GuestAddr record_at) {
  const Profile& profile = cpu.system.profile();
  const GuestAddr eip{caller.eip};
  if (!profile.raise_dispatches_in_process) {
    RaisedException raised{record, eip, Origin::Software};
    raised.record.ExceptionCode &= ~kInternalCodeBit;
    return deliver_from(cpu, caller, raised);
  }
  // Classic: RtlDispatchException is called from here, with the caller's own record.
  report_raised(cpu, record, Origin::Software);
  win32::Context context;
  capture_context(cpu.registers, caller, profile.raise_context_flags, context);
  if (record.ExceptionCode == win32::STATUS_BREAKPOINT && profile.software_breakpoint_backs_up) {
    context.Eip -= 1;
  }
  ExceptionFrame frame;
  if (auto fault = lay_exception_frame(cpu, below, record, context, frame)) {
    return at_gate(*fault, at_gate_now.eip);
  }
  if (record_at != GuestAddr{}) frame.record = record_at;
  return start_search(cpu, at_gate_now, {frame.record, frame.context, frame.stack, {}},
                      {record.ExceptionCode, record.ExceptionFlags});
}

/// The registers as they are after the stdcall gate at EIP has returned.
emu::GeneralRegisters after_return(emu::GeneralRegisters general, std::uint32_t return_address,
                                   std::uint32_t argument_bytes) {
  general.eip = return_address;
  general.esp += 4 + argument_bytes;
  return general;
}

}  // namespace

Outcome rtl_raise_exception(const Cpu& cpu) {
  const emu::GeneralRegisters general = cpu.registers.general();
  GateFrame<1> call{};
  if (auto fault = cpu.memory.read_object(GuestAddr{general.esp}, call)) {
    return at_gate(*fault, general.eip);
  }
  if (GuestAddr{call.return_address} == cpu.system.ntdll().handler_returned) {
    return Unmodelled{
        "a handler cleared NONCONTINUABLE and continued an exception that ntdll itself had raised "
        "while dispatching"};
  }
  const GuestAddr record_at{call.argument[0]};
  // ExceptionAddress is the return address, whatever the caller had put there.
  if (auto fault = cpu.memory.write_object(
          record_at + offsetof(win32::ExceptionRecord, ExceptionAddress), call.return_address)) {
    return at_gate(*fault, general.eip);
  }
  win32::ExceptionRecord record;
  if (const auto status = copy_record(cpu, record_at, record)) {
    return raise_secondary(cpu, general, GuestAddr{general.esp}, *status, {});
  }
  return raise(cpu, general, after_return(general, call.return_address, sizeof(call.argument)),
               GuestAddr{general.esp}, record, record_at);
}

Outcome rtl_raise_status(const Cpu& cpu) {
  const emu::GeneralRegisters general = cpu.registers.general();
  GateFrame<1> call{};
  if (auto fault = cpu.memory.read_object(GuestAddr{general.esp}, call)) {
    return at_gate(*fault, general.eip);
  }
  win32::ExceptionRecord record{};
  record.ExceptionCode = call.argument[0];
  record.ExceptionFlags = win32::EXCEPTION_NONCONTINUABLE;
  record.ExceptionAddress = call.return_address;
  return raise(cpu, general, after_return(general, call.return_address, sizeof(call.argument)),
               GuestAddr{general.esp}, record, {});
}

Outcome raise_secondary(const Cpu& cpu, emu::GeneralRegisters general, GuestAddr stack,
                        std::uint32_t code, GuestAddr chained) {
  const GuestAddr address = cpu.system.ntdll().rtl_raise_exception;
  // The call of RtlRaiseException as it lies on the stack. A handler that clears NONCONTINUABLE
  // and continues comes back to that gate with this frame, and is recognised by it.
  const GateFrame<1> call{cpu.system.ntdll().handler_returned.value, {0}};
  const GuestAddr call_at = stack - sizeof(call);
  if (auto fault = cpu.memory.write_object(call_at, call)) return at_gate(*fault, general.eip);
  win32::ExceptionRecord record{};
  record.ExceptionCode = code;
  record.ExceptionFlags = win32::EXCEPTION_NONCONTINUABLE;
  record.ExceptionRecord = chained.value;
  record.ExceptionAddress = address.value;
  emu::GeneralRegisters caller = general;
  caller.eip = address.value;
  caller.esp = call_at.value;
  return raise(cpu, general, caller, call_at, record, {});
}

}  // namespace sehlab::seh
