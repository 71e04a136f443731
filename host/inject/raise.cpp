#include "host/inject/raise.hpp"

#include <array>

#include "host/inject/places.hpp"
#include "host/win32/status.hpp"

namespace sehlab::inject {
namespace {

using Fx = emu::FxState;
// Intel's vectors (SDM vol. 3, table 6-1) and Windows' interrupt gates (facts 2.1).
constexpr std::uint8_t kDebug = 1, kBreakpoint = 3, kOverflow = 4, kSimd = 19, kFastFail = 0x29,
                       kAssert = 0x2c;
// The x87 status word (Intel SDM vol. 1, 8.1.3).
constexpr std::uint16_t kIe = 0x01, kDe = 0x02, kZe = 0x04, kOe = 0x08, kUe = 0x10, kPe = 0x20,
                        kSf = 0x40, kEs = 0x80, kBusy = 0x8000, kFlags = 0x7f;
/// STATUS_IO_DEVICE_ERROR (ntstatus.h): why a page could not be brought in.
constexpr std::uint32_t kIoDeviceError = 0xC0000185;

/// The flags of an x87 exception; 0: it is none.
std::uint16_t x87_flags(FaultWord word) {
  switch (word) {
    case FaultWord::FloatInvalid:
      return kIe;
    case FaultWord::FloatStackCheck:
      return kIe | kSf;
    case FaultWord::FloatDenormal:
      return kDe;
    case FaultWord::FloatDivide:
      return kZe;
    case FaultWord::FloatOverflow:
      return kOe;
    case FaultWord::FloatUnderflow:
      return kUe;
    case FaultWord::FloatInexact:
      return kPe;
    default:
      return 0;
  }
}

/// Codes of faults that have no parameters and need no look at the machine.
std::uint32_t plain_code(FaultWord word, const fault::Rules& rules) {
  switch (word) {
    case FaultWord::Divide:
      return win32::STATUS_INTEGER_DIVIDE_BY_ZERO;
    case FaultWord::Overflow:  // row 0: Wine and ReactOS do not tell it from a divisor of zero
      return rules.div_overflow_is_integer_overflow ? win32::STATUS_INTEGER_OVERFLOW
                                                    : win32::STATUS_INTEGER_DIVIDE_BY_ZERO;
    case FaultWord::Illegal:
      return win32::STATUS_ILLEGAL_INSTRUCTION;
    case FaultWord::Lock:
      return win32::STATUS_INVALID_LOCK_SEQUENCE;
    case FaultWord::Privileged:
      return win32::STATUS_PRIVILEGED_INSTRUCTION;
    case FaultWord::ArrayBounds:
      return win32::STATUS_ARRAY_BOUNDS_EXCEEDED;
    case FaultWord::Misaligned:
      return win32::STATUS_DATATYPE_MISALIGNMENT;
    default:
      return 0;
  }
}

fault::Exception at_instruction(std::uint32_t code, GuestAddr at,
                                std::initializer_list<std::uint32_t> parameters = {}) {
  fault::Exception exception;
  exception.record.ExceptionCode = code;
  exception.record.ExceptionAddress = at.value;
  for (const std::uint32_t value : parameters) {
    exception.record.ExceptionInformation[exception.record.NumberParameters++] = value;
  }
  exception.eip = at;
  exception.resume_flag = true;
  return exception;
}

/// A number as a code. Delivery takes one off a breakpoint's EIP, whoever raised it.
fault::Exception by_code(std::uint32_t code, GuestAddr at) {
  fault::Exception exception = at_instruction(code, at);
  const bool trap = code == win32::STATUS_BREAKPOINT || code == win32::STATUS_SINGLE_STEP;
  if (code == win32::STATUS_BREAKPOINT) exception.eip = at + 1;
  exception.resume_flag = !trap;
  return exception;
}

/// As if the exception's flag were set and not masked.
fault::Exception x87(std::uint16_t flags, GuestAddr at, const emu::Registers& registers,
                     const fault::Rules& rules) {
  Fx fx = registers.fx();
  fx.put<std::uint16_t>(Fx::kFcw,
                        static_cast<std::uint16_t>(fx.get<std::uint16_t>(Fx::kFcw) & ~flags));
  fx.put<std::uint16_t>(
      Fx::kFsw, static_cast<std::uint16_t>((fx.get<std::uint16_t>(Fx::kFsw) & ~kFlags) | flags));
  // Nothing was computed yet: the instruction itself, as the facts allow.
  if (fx.get<std::uint32_t>(Fx::kFip) == 0) fx.put(Fx::kFip, at.value);
  fault::Exception exception;
  exception.record = fault::x87_record(fx, rules.x87).value_or(win32::ExceptionRecord{});
  exception.eip = at;
  exception.resume_flag = true;
  return exception;
}

/// The processor's fault that the word stands for; nullopt: it is not made of one.
std::optional<emu::Fault> fault_of(const RaiseFault& raise, GuestAddr at, GuestAddr address) {
  emu::Fault fault;
  fault.eip = at;
  fault.address = address;
  const auto interrupt = [&](std::uint8_t vector, GuestAddr eip, GuestAddr next) {
    fault.kind = emu::FaultKind::Interrupt;
    fault.vector = vector;
    fault.eip = eip;
    fault.trap = true;
    fault.next_eip = next;
    return fault;
  };
  switch (raise.word) {
    case FaultWord::Read:
      return fault;
    case FaultWord::Write:
      fault.access = emu::Access::Write;
      return fault;
    case FaultWord::Execute:
      fault.access = emu::Access::Execute;
      return fault;
    case FaultWord::Guard:
      fault.kind = emu::FaultKind::GuardPage;
      fault.access = raise.access.value_or(emu::Access::Read);
      return fault;
    case FaultWord::StackOverflow:
      fault.kind = emu::FaultKind::StackOverflow;
      fault.access = raise.access.value_or(emu::Access::Write);
      return fault;
    case FaultWord::Breakpoint:  // as one that a debugger had put over the instruction
      return interrupt(kBreakpoint, at, at + 1);
    case FaultWord::Into:
      return interrupt(kOverflow, at - 1, at);
    case FaultWord::FastFail:
      return interrupt(kFastFail, at, at + 2);
    case FaultWord::Assertion:
      return interrupt(kAssert, at, at + 2);
    case FaultWord::SingleStep:
      fault.kind = emu::FaultKind::Exception;
      fault.vector = kDebug;
      fault.trap = true;
      fault.next_eip = at;
      return fault;
    case FaultWord::Sse:
      fault.kind = emu::FaultKind::Exception;
      fault.vector = kSimd;
      return fault;
    default:
      return std::nullopt;
  }
}

/// Where an access goes that the specification says nothing of: what the instruction itself is for
/// an execute fault, below the stack pointer for a stack that overflows, else null.
GuestAddr default_address(FaultWord word, const emu::GeneralRegisters& registers) {
  if (word == FaultWord::Execute) return GuestAddr{registers.eip};
  if (word == FaultWord::StackOverflow) return GuestAddr{registers.esp} - 4;
  return {};
}

Result<fault::Exception> by_word(const RaiseFault& raise, process::Process& process,
                                 GuestAddr address) {
  const emu::Registers& registers = process.machine().registers();
  const fault::Rules rules = process.fault_rules();
  const GuestAddr at{registers.general().eip};
  if (const auto fault = fault_of(raise, at, address)) {
    const auto translated = fault::translate(*fault, process.memory(), registers, rules);
    if (const auto* exception = std::get_if<fault::Exception>(&translated)) return *exception;
    return fail("", "the lab has no rule for it");
  }
  if (const std::uint16_t flags = x87_flags(raise.word)) return x87(flags, at, registers, rules);
  if (raise.word == FaultWord::InPage) {
    const auto access = static_cast<std::uint32_t>(raise.access.value_or(emu::Access::Read));
    return at_instruction(win32::STATUS_IN_PAGE_ERROR, at,
                          {access, address.value, raise.status.value_or(kIoDeviceError)});
  }
  if (raise.word == FaultWord::GeneralProtection) {
    return at_instruction(win32::STATUS_ACCESS_VIOLATION, at, {0, 0xffffffff});
  }
  if (raise.word == FaultWord::Code) return by_code(raise.code, at);
  return at_instruction(plain_code(raise.word, rules), at);
}

}  // namespace

Result<fault::Exception> exception_of(const RaiseFault& raise, process::Process& process) {
  GuestAddr address = default_address(raise.word, process.machine().registers().general());
  if (raise.address) {
    const auto value = evaluate(*raise.address, process);
    if (!value) return tl::make_unexpected(value.error());
    address = GuestAddr{*value};
  }
  auto exception = by_word(raise, process, address);
  if (!exception) return exception;
  if (raise.parameters) {
    exception->record.NumberParameters = 0;
    exception->record.ExceptionInformation = {};
    for (const Value& parameter : *raise.parameters) {
      const auto value = evaluate(parameter, process);
      if (!value) return tl::make_unexpected(value.error());
      exception->record.ExceptionInformation[exception->record.NumberParameters++] = *value;
    }
  }
  if (raise.flags) exception->record.ExceptionFlags = *raise.flags;
  return exception;
}

void leave_evidence(const RaiseFault& raise, emu::Registers& registers) {
  if (raise.word == FaultWord::SingleStep) {
    emu::DebugRegisters debug = registers.debug();
    debug.dr6 = (debug.dr6 & ~emu::kDr6Breakpoints) | emu::kDr6SingleStep;
    registers.set_debug(debug);
  }
  const std::uint16_t flags = x87_flags(raise.word);
  if (flags == 0) return;
  Fx fx = registers.fx();
  const auto control = fx.get<std::uint16_t>(Fx::kFcw);
  auto status = static_cast<std::uint16_t>(fx.get<std::uint16_t>(Fx::kFsw) | flags);
  const bool unmasked = (flags & ~control & 0x3f) != 0;
  if (unmasked) status = static_cast<std::uint16_t>(status | kEs | kBusy);
  fx.put<std::uint16_t>(Fx::kFsw, status);
  registers.set_fx(fx);
}

}  // namespace sehlab::inject
