// Which exception an x87 status word stands for. Facts 2.3.
#pragma once

#include <cstdint>
#include <optional>

#include "emu/registers.hpp"
#include "host/win32/exception_record.hpp"

namespace sehlab::fault {

struct X87Rules {
  /// A denormal operand is FLOAT_DENORMAL_OPERAND and is asked before division by zero (Wine); if
  /// not, it is FLOAT_INVALID_OPERATION and asked after it (ReactOS).
  bool denormal_has_own_code = false;
  /// The record has parameters (ReactOS: one 0, STACK_CHECK a second with the data offset).
  bool has_parameters = true;
};

/// Code, parameters and address (of the last instruction that was not a control one) for the
/// unmasked exceptions in the state; nullopt: none is pending.
[[nodiscard]] std::optional<win32::ExceptionRecord> x87_record(const emu::FxState& fx,
                                                               const X87Rules& rules);

}  // namespace sehlab::fault
