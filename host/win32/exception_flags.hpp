// The bits of ExceptionRecord::ExceptionFlags, under Windows' names (facts 2).
#pragma once

#include <cstdint>

namespace sehlab::win32 {

inline constexpr std::uint32_t EXCEPTION_NONCONTINUABLE = 0x01;
inline constexpr std::uint32_t EXCEPTION_UNWINDING = 0x02;
inline constexpr std::uint32_t EXCEPTION_EXIT_UNWIND = 0x04;
inline constexpr std::uint32_t EXCEPTION_STACK_INVALID = 0x08;
inline constexpr std::uint32_t EXCEPTION_NESTED_CALL = 0x10;
inline constexpr std::uint32_t EXCEPTION_TARGET_UNWIND = 0x20;    ///< never set on 32-bit x86
inline constexpr std::uint32_t EXCEPTION_COLLIDED_UNWIND = 0x40;  ///< never set on 32-bit x86
/// On RaiseException's records from Windows 11 on; to be masked in comparisons.
inline constexpr std::uint32_t EXCEPTION_SOFTWARE_ORIGINATE = 0x80;
/// Any of the unwinding bits.
inline constexpr std::uint32_t EXCEPTION_UNWIND = 0x66;

/// What MSVC's 32-bit handlers and the two protectors test for "unwinding".
inline constexpr std::uint32_t kUnwindingOrExit = EXCEPTION_UNWINDING | EXCEPTION_EXIT_UNWIND;

}  // namespace sehlab::win32
