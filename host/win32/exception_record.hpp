// ExceptionRecord and ExceptionPointers: what an exception is, to a handler (facts 1.2).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "host/win32/pointer32.hpp"

namespace sehlab::win32 {

/// Length of ExceptionInformation.
inline constexpr std::uint32_t EXCEPTION_MAXIMUM_PARAMETERS = 15;

/// EXCEPTION_RECORD.
struct ExceptionRecord {
  std::uint32_t ExceptionCode;
  std::uint32_t ExceptionFlags;
  Pointer32 ExceptionRecord;  ///< chained record, or 0
  Pointer32 ExceptionAddress;
  std::uint32_t NumberParameters;
  std::array<std::uint32_t, EXCEPTION_MAXIMUM_PARAMETERS> ExceptionInformation;
};
static_assert(sizeof(ExceptionRecord) == 0x50);
static_assert(offsetof(ExceptionRecord, ExceptionCode) == 0x0);
static_assert(offsetof(ExceptionRecord, ExceptionFlags) == 0x4);
static_assert(offsetof(ExceptionRecord, ExceptionRecord) == 0x8);
static_assert(offsetof(ExceptionRecord, ExceptionAddress) == 0xc);
static_assert(offsetof(ExceptionRecord, NumberParameters) == 0x10);
static_assert(offsetof(ExceptionRecord, ExceptionInformation) == 0x14);

/// EXCEPTION_POINTERS.
struct ExceptionPointers {
  Pointer32 ExceptionRecord;
  Pointer32 ContextRecord;
};
static_assert(sizeof(ExceptionPointers) == 0x8);
static_assert(offsetof(ExceptionPointers, ExceptionRecord) == 0x0);
static_assert(offsetof(ExceptionPointers, ContextRecord) == 0x4);

}  // namespace sehlab::win32
