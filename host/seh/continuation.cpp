#include "host/seh/continuation.hpp"

#include <optional>
#include <variant>

#include "host/seh/guest_words.hpp"
#include "host/seh/kernel_copy.hpp"
#include "host/seh/secondary.hpp"
#include "host/seh/thread_context.hpp"

namespace sehlab::seh {

Outcome nt_continue(const Cpu& cpu) {
  const emu::GeneralRegisters general = cpu.registers.general();
  GateFrame<2> call{};
  if (auto fault = cpu.memory.read_object(GuestAddr{general.esp}, call)) {
    return at_gate(*fault, general.eip);
  }
  win32::Context context{};
  if (const auto status = copy_context(cpu, GuestAddr{call.argument[0]}, context)) {
    return return_from_gate(cpu, general, call.return_address, sizeof(call.argument), *status);
  }
  // What the context does not hold stays as it is when the system call returns.
  emu::GeneralRegisters after = general;
  after.eip = call.return_address;
  after.esp += sizeof(call);
  if (!restore_context(cpu.registers, after, context)) return bad_selector(context);
  return Run{};
}

Outcome continue_dispatched(const Cpu& cpu, const emu::GeneralRegisters& general, GuestAddr stack,
                            GuestAddr record, GuestAddr context_at) {
  win32::Context context{};
  if (const auto status = copy_context(cpu, context_at, context)) {
    return raise_secondary(cpu, general, stack, *status, record);
  }
  if (!has_group(context, win32::CONTEXT_CONTROL)) {
    return Unmodelled{
        "a handler continued execution with a context whose flags lack CONTEXT_CONTROL"};
  }
  if (!restore_context(cpu.registers, general, context)) return bad_selector(context);
  if (cpu.sink != nullptr) {
    cpu.sink->emit(trace::DispatchContinued{{GuestAddr{context.Eip}, {}}, GuestAddr{context.Esp}});
  }
  return Run{};
}

}  // namespace sehlab::seh
