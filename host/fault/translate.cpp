#include "host/fault/translate.hpp"

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <initializer_list>
#include <variant>

#include "host/fault/code_bytes.hpp"
#include "host/fault/divide.hpp"
#include "host/fault/general_protection.hpp"
#include "host/win32/exception_flags.hpp"
#include "host/win32/status.hpp"

namespace sehlab::fault {
namespace {

// Intel's vector numbers (SDM vol. 3, table 6-1), and those that Windows gives a gate.
constexpr std::uint8_t kDivide = 0, kDebug = 1, kBreakpoint = 3, kOverflow = 4, kBound = 5,
                       kInvalidOpcode = 6, kNotPresent = 11, kGeneralProtection = 13, kX87 = 16,
                       kAlignment = 17, kSimd = 19, kFastFail = 0x29, kGetTickCount = 0x2a,
                       kCallbackReturn = 0x2b, kAssert = 0x2c, kDebugService = 0x2d,
                       kSystemCall = 0x2e;
constexpr std::uint32_t kNoAddress = 0xffffffff;  // an access violation's, when nobody knows it
constexpr std::uint8_t kIcebp = 0xf1;

win32::ExceptionRecord record_of(std::uint32_t code, GuestAddr address,
                                 std::initializer_list<std::uint32_t> parameters = {}) {
  win32::ExceptionRecord record{};
  record.ExceptionCode = code;
  record.ExceptionAddress = address.value;
  for (const std::uint32_t value : parameters) {
    record.ExceptionInformation[record.NumberParameters++] = value;
  }
  return record;
}

/// An exception that leaves EIP at the instruction, as most do.
Exception at_instruction(const emu::Fault& fault, std::uint32_t code,
                         std::initializer_list<std::uint32_t> parameters = {}) {
  return {.record = record_of(code, fault.eip, parameters), .eip = fault.eip};
}

Unmodelled unmodelled(const char* what, const emu::Fault& fault) {
  char text[120];
  std::snprintf(text, sizeof(text), "%s (vector 0x%02x) at 0x%08x", what, fault.vector,
                fault.eip.value);
  return {text};
}

/// Rows 0E. An execute fault counts as a read where the processor has no NX or DEP is off.
Exception page_fault(const emu::Fault& fault, std::uint32_t code, const Rules& rules) {
  emu::Access access = fault.access;
  if (access == emu::Access::Execute && !rules.dep_enabled) access = emu::Access::Read;
  return at_instruction(fault, code, {static_cast<std::uint32_t>(access), fault.address.value});
}

/// Row 3, CC and CD 03: the address is one less than where the trap left EIP, whichever it was.
Exception breakpoint(const emu::Fault& fault, const emu::GeneralRegisters& general,
                     const Rules& rules) {
  const GuestAddr address = fault.next_eip - 1;
  if (rules.wow64) {
    return {.record = record_of(win32::STATUS_BREAKPOINT, address, {0}), .eip = fault.next_eip};
  }
  return {.record = record_of(win32::STATUS_BREAKPOINT, address, {0, general.ecx, general.edx}),
          .eip = fault.next_eip};
}

/// Row int 2D: the kernel skips the byte behind the instruction; four services are silent.
Translation debug_service(const emu::Fault& fault, const emu::GeneralRegisters& general,
                          const Rules& rules) {
  const GuestAddr behind = fault.next_eip + 1;
  const GuestAddr address = behind - 1;
  if (rules.wow64) {
    return Exception{.record = record_of(win32::STATUS_BREAKPOINT, address, {general.eax}),
                     .eip = behind};
  }
  switch (general.eax) {
    case 1:
    case 3:
    case 4:
    case 5:
      return Resume{.eip = behind};
    default:
      return Exception{.record = record_of(win32::STATUS_BREAKPOINT, address,
                                           {general.eax, general.ecx, general.edx}),
                       .eip = behind};
  }
}

/// INT n, INT3 and INTO.
Translation interrupt(const emu::Fault& fault, const emu::GeneralRegisters& general,
                      const Rules& rules) {
  switch (fault.vector) {
    case kBreakpoint:
      return breakpoint(fault, general, rules);
    case kOverflow:  // a trap: EIP is behind it, the address is the CE
      return Exception{.record = record_of(win32::STATUS_INTEGER_OVERFLOW, fault.next_eip - 1),
                       .eip = fault.next_eip};
    case kFastFail: {
      Exception result = at_instruction(fault, win32::STATUS_STACK_BUFFER_OVERRUN, {general.ecx});
      result.record.ExceptionFlags = win32::EXCEPTION_NONCONTINUABLE;
      result.second_chance_only = true;
      return result;
    }
    case kGetTickCount:
      return Resume{.eip = fault.next_eip, .tick_count = true};
    case kCallbackReturn:
      return unmodelled("the system call KiCallbackReturn", fault);
    case kAssert:
      return at_instruction(fault, win32::STATUS_ASSERTION_FAILURE);
    case kDebugService:
      return debug_service(fault, general, rules);
    case kSystemCall:
      return unmodelled("a system call by interrupt", fault);
    default:  // no gate that user mode may use: #GP, and nothing privileged about the instruction
      return at_instruction(fault, win32::STATUS_ACCESS_VIOLATION, {0, kNoAddress});
  }
}

Translation divide_error(const emu::Fault& fault, emu::GuestAccess& memory,
                         const emu::Registers& registers, const Rules& rules) {
  if (!rules.div_overflow_is_integer_overflow) {
    return at_instruction(fault, win32::STATUS_INTEGER_DIVIDE_BY_ZERO);
  }
  emu::GeneralRegisters general = registers.general();
  general.eip = fault.eip.value;
  const auto zero = divisor_is_zero(memory, general, registers.fs_base());
  if (!zero) return unmodelled("a divide error where no division can be decoded", fault);
  return at_instruction(
      fault, *zero ? win32::STATUS_INTEGER_DIVIDE_BY_ZERO : win32::STATUS_INTEGER_OVERFLOW);
}

Translation general_protection(const emu::Fault& fault, emu::GuestAccess& memory,
                               std::uint32_t eflags) {
  const std::uint32_t code = general_protection_code(memory, fault.eip, eflags);
  if (code == win32::STATUS_ACCESS_VIOLATION) {
    return at_instruction(fault, code, {0, kNoAddress});
  }
  return at_instruction(fault, code);
}

/// Row 6. ICEBP is one to the processor model; to Windows it is a single step (row 1).
Exception invalid_opcode(const emu::Fault& fault, emu::GuestAccess& memory) {
  CodeBytes code(memory, fault.eip);
  static_cast<void>(code.prefixes());
  if (code.next() == kIcebp) {
    return {.record = record_of(win32::STATUS_SINGLE_STEP, code.at()), .eip = code.at()};
  }
  return at_instruction(fault, invalid_opcode_code(memory, fault.eip));
}

Translation simd(const emu::Fault& fault, const emu::Registers& registers, const Rules& rules) {
  if (!rules.wow64) return at_instruction(fault, win32::STATUS_FLOAT_MULTIPLE_TRAPS, {0});
  const auto mxcsr = registers.fx().get<std::uint32_t>(emu::FxState::kMxcsr);
  return at_instruction(fault, win32::STATUS_FLOAT_MULTIPLE_TRAPS, {0, mxcsr});
}

/// The processor's own exceptions, by vector.
Translation exception(const emu::Fault& fault, emu::GuestAccess& memory,
                      const emu::Registers& registers, const Rules& rules) {
  switch (fault.vector) {
    case kDivide:
      return divide_error(fault, memory, registers, rules);
    case kDebug: {  // a trap, or a fault when a debug register watches execution
      const GuestAddr eip = fault.trap ? fault.next_eip : fault.eip;
      return Exception{.record = record_of(win32::STATUS_SINGLE_STEP, eip), .eip = eip};
    }
    case kBound:
      return at_instruction(fault, win32::STATUS_ARRAY_BOUNDS_EXCEEDED);
    case kInvalidOpcode:
      return invalid_opcode(fault, memory);
    case kNotPresent:
    case kGeneralProtection:
      return general_protection(fault, memory, registers.general().eflags);
    case kX87: {
      const auto record = x87_record(registers.fx(), rules.x87);
      if (!record) return unmodelled("an x87 exception with none pending", fault);
      return Exception{.record = *record, .eip = fault.eip};
    }
    case kAlignment:  // the kernel switches alignment checks off
      return Resume{.eip = fault.eip, .clear_alignment_check = true};
    case kSimd:
      return simd(fault, registers, rules);
    default:
      return unmodelled("an exception of the processor that the lab has no rule for", fault);
  }
}

Translation by_kind(const emu::Fault& fault, emu::GuestAccess& memory,
                    const emu::Registers& registers, const Rules& rules) {
  switch (fault.kind) {
    case emu::FaultKind::Page:
      return page_fault(fault, win32::STATUS_ACCESS_VIOLATION, rules);
    case emu::FaultKind::GuardPage:
      return page_fault(fault, win32::STATUS_GUARD_PAGE_VIOLATION, rules);
    case emu::FaultKind::StackOverflow:
      return page_fault(fault, win32::STATUS_STACK_OVERFLOW, rules);
    case emu::FaultKind::Interrupt:
      return interrupt(fault, registers.general(), rules);
    case emu::FaultKind::Exception:
      return exception(fault, memory, registers, rules);
    case emu::FaultKind::InvalidOpcode:
      return invalid_opcode(fault, memory);
  }
  return unmodelled("a fault of no kind", fault);
}

/// Was it a fault to the processor, its instruction not executed? An INT n without a gate is (#GP).
bool is_fault(const emu::Fault& fault, const Exception& exception) {
  if (exception.eip != fault.eip) return false;
  switch (fault.kind) {
    case emu::FaultKind::Interrupt:
      return exception.record.ExceptionCode == win32::STATUS_ACCESS_VIOLATION;
    case emu::FaultKind::Exception:
      return fault.vector != kDebug;
    default:
      return true;
  }
}

}  // namespace

Translation translate(const emu::Fault& fault, emu::GuestAccess& memory,
                      const emu::Registers& registers, const Rules& rules) {
  Translation result = by_kind(fault, memory, registers, rules);
  if (auto* exception = std::get_if<Exception>(&result)) {
    exception->resume_flag = is_fault(fault, *exception);
  }
  return result;
}

}  // namespace sehlab::fault
