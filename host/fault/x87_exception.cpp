#include "host/fault/x87_exception.hpp"

#include "host/win32/status.hpp"

namespace sehlab::fault {
namespace {

using Fx = emu::FxState;
// The status word's bits (Intel SDM vol. 1, 8.1.3).
constexpr std::uint32_t kIe = 0x01, kDe = 0x02, kZe = 0x04, kOe = 0x08, kUe = 0x10, kPe = 0x20,
                        kSf = 0x40, kAll = 0x3f;

/// The code of the pending exception that comes first.
std::uint32_t first_of(std::uint32_t pending, bool stack_fault, const X87Rules& rules) {
  if ((pending & kIe) != 0) {
    return stack_fault ? win32::STATUS_FLOAT_STACK_CHECK : win32::STATUS_FLOAT_INVALID_OPERATION;
  }
  if (rules.denormal_has_own_code && (pending & kDe) != 0) {
    return win32::STATUS_FLOAT_DENORMAL_OPERAND;
  }
  if ((pending & kZe) != 0) return win32::STATUS_FLOAT_DIVIDE_BY_ZERO;
  if ((pending & kDe) != 0) return win32::STATUS_FLOAT_INVALID_OPERATION;
  if ((pending & kOe) != 0) return win32::STATUS_FLOAT_OVERFLOW;
  if ((pending & kUe) != 0) return win32::STATUS_FLOAT_UNDERFLOW;
  return win32::STATUS_FLOAT_INEXACT_RESULT;  // PE, the only one left
}

}  // namespace

std::optional<win32::ExceptionRecord> x87_record(const emu::FxState& fx, const X87Rules& rules) {
  static_assert((kIe | kDe | kZe | kOe | kUe | kPe) == kAll);
  const std::uint32_t status = fx.get<std::uint16_t>(Fx::kFsw);
  const std::uint32_t pending = status & ~std::uint32_t{fx.get<std::uint16_t>(Fx::kFcw)} & kAll;
  if (pending == 0) return std::nullopt;
  win32::ExceptionRecord record{};
  record.ExceptionCode = first_of(pending, (status & kSf) != 0, rules);
  record.ExceptionAddress = fx.get<std::uint32_t>(Fx::kFip);
  if (rules.has_parameters) {
    const bool stack_check = record.ExceptionCode == win32::STATUS_FLOAT_STACK_CHECK;
    record.NumberParameters = stack_check ? 2 : 1;
    if (stack_check) record.ExceptionInformation[1] = fx.get<std::uint32_t>(Fx::kFdp);
  }
  return record;
}

}  // namespace sehlab::fault
