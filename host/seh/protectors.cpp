#include "host/seh/protectors.hpp"

#include "host/seh/guest_words.hpp"
#include "host/win32/exception_flags.hpp"
#include "host/win32/exception_registration.hpp"

namespace sehlab::seh {
namespace {

/// Both protectors: for a record of the other pass, ContinueSearch; for one of theirs, name the
/// frame whose handler was running and return `answer`.
Outcome protect(const Cpu& cpu, bool for_unwinding, std::uint32_t answer) {
  const emu::GeneralRegisters general = cpu.registers.general();
  GateFrame<4> call{};  // record, frame, context, dispatcher context; cdecl
  if (auto fault = cpu.memory.read_object(GuestAddr{general.esp}, call)) {
    return at_gate(*fault, general.eip);
  }
  std::uint32_t flags = 0;
  if (auto fault = cpu.memory.read_object(flags_of(GuestAddr{call.argument[0]}), flags)) {
    return at_gate(*fault, general.eip);
  }
  const bool unwinding = (flags & win32::kUnwindingOrExit) != 0;
  if (unwinding != for_unwinding) {
    return return_from_gate(cpu, general, call.return_address, 0, win32::ExceptionContinueSearch);
  }
  win32::Pointer32 guarded = 0;
  const GuestAddr guarded_at =
      GuestAddr{call.argument[1]} + offsetof(win32::ProtectingRegistration, RegistrationFrame);
  if (auto fault = cpu.memory.read_object(guarded_at, guarded)) {
    return at_gate(*fault, general.eip);
  }
  if (auto fault = cpu.memory.write_object(GuestAddr{call.argument[3]}, guarded)) {
    return at_gate(*fault, general.eip);
  }
  return return_from_gate(cpu, general, call.return_address, 0, answer);
}

}  // namespace

Outcome exception_protector(const Cpu& cpu) {
  return protect(cpu, false, win32::ExceptionNestedException);
}

Outcome unwind_protector(const Cpu& cpu) {
  return protect(cpu, true, win32::ExceptionCollidedUnwind);
}

}  // namespace sehlab::seh
