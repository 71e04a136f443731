#include "host/seh/continuation.hpp"

#include <cstddef>
#include <optional>
#include <span>
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

Outcome rtl_capture_context(const Cpu& cpu) {
  const emu::GeneralRegisters general = cpu.registers.general();
  GateFrame<1> call{};
  if (auto fault = cpu.memory.read_object(GuestAddr{general.esp}, call)) {
    return at_gate(*fault, general.eip);
  }
  struct {
    std::uint32_t ebp, return_address;
  } caller{};
  if (auto fault = cpu.memory.read_object(GuestAddr{general.ebp}, caller)) {
    return at_gate(*fault, general.eip);
  }
  emu::GeneralRegisters captured = general;
  captured.ebp = caller.ebp;
  captured.eip = caller.return_address;
  captured.esp = general.ebp + std::uint32_t{sizeof(caller)};
  win32::Context context{};
  context.ContextFlags = win32::CONTEXT_FULL;
  fill_general(captured, context);

  // SegGs to SegSs are what CONTEXT_FULL means, in one piece.
  constexpr std::size_t kFirst = offsetof(win32::Context, SegGs);
  constexpr std::size_t kBytes = offsetof(win32::Context, ExtendedRegisters) - kFirst;
  const GuestAddr at{call.argument[0]};
  const auto bytes = std::as_bytes(std::span(&context, 1)).subspan(kFirst, kBytes);
  if (auto fault = cpu.memory.write(at + kFirst, bytes)) return at_gate(*fault, general.eip);
  if (cpu.system.profile().capture_context_sets_flags) {
    if (auto fault = cpu.memory.write_object(at, win32::CONTEXT_FULL)) {
      return at_gate(*fault, general.eip);
    }
  }
  return return_from_gate(cpu, general, call.return_address, sizeof(call.argument), general.eax);
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
