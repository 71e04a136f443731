// RtlRaiseException and its kin: exceptions that software raises. Facts 3.5.
#pragma once

#include "host/seh/outcome.hpp"
#include "host/seh/system.hpp"

namespace sehlab::seh {

/// Gate RtlRaiseException(record): ESP on the return address, stdcall, 4 bytes.
[[nodiscard]] Outcome rtl_raise_exception(const Cpu& cpu);

/// Gate RtlRaiseStatus(status): ESP on the return address, stdcall, 4 bytes.
[[nodiscard]] Outcome rtl_raise_status(const Cpu& cpu);

}  // namespace sehlab::seh
