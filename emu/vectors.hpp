// The processor's exceptions by vector (Intel SDM vol. 3, table 6-1), and the faults that are made
// of them.
#pragma once

#include <cstdint>

#include "emu/fault.hpp"

namespace sehlab::emu {

inline constexpr std::uint8_t kDebug = 1, kInvalidOpcode = 6, kNotAvailable = 7, kDoubleFault = 8,
                              kProtection = 13, kX87Error = 16, kAlignment = 17, kSimdError = 19;

/// The exception that the instruction at `at` raises instead of being executed.
[[nodiscard]] inline Fault exception_at(GuestAddr at, std::uint8_t vector,
                                        FaultKind kind = FaultKind::Exception) {
  return {.kind = kind,
          .vector = vector,
          .access = Access::Read,
          .address = {},
          .eip = at,
          .trap = false,
          .next_eip = {}};
}

/// What is reported behind the instruction that brought it about.
[[nodiscard]] inline Fault trap(FaultKind kind, std::uint8_t vector, GuestAddr at, GuestAddr next) {
  Fault fault = exception_at(at, vector, kind);
  fault.trap = true;
  fault.next_eip = next;
  return fault;
}

}  // namespace sehlab::emu
