// ExceptionRegistrationRecord and what belongs to a link of the chain: the record that
// ExecuteHandler2 pushes while a handler runs, its dispatcher context, and the dispositions
// (facts 1.2, 1.5, 2).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "host/win32/pointer32.hpp"

namespace sehlab::win32 {

/// EXCEPTION_REGISTRATION_RECORD.
struct ExceptionRegistrationRecord {
  Pointer32 Next;  ///< 0xFFFFFFFF: the last one
  Pointer32 Handler;
};
static_assert(sizeof(ExceptionRegistrationRecord) == 0x8);
static_assert(offsetof(ExceptionRegistrationRecord, Next) == 0x0);
static_assert(offsetof(ExceptionRegistrationRecord, Handler) == 0x4);

/// The registration that guards a running handler; `SavedEbp` is the caller's EBP (facts 1.5).
struct ProtectingRegistration {
  Pointer32 Next;
  Pointer32 Handler;            ///< ntdll's protector
  Pointer32 RegistrationFrame;  ///< the record whose handler runs
  std::uint32_t SavedEbp;
};
static_assert(sizeof(ProtectingRegistration) == 0x10);
static_assert(offsetof(ProtectingRegistration, Next) == 0x0);
static_assert(offsetof(ProtectingRegistration, Handler) == 0x4);
static_assert(offsetof(ProtectingRegistration, RegistrationFrame) == 0x8);
static_assert(offsetof(ProtectingRegistration, SavedEbp) == 0xc);

/// A handler's fourth argument: written by the two protectors only.
struct DispatcherContext {
  Pointer32 RegistrationPointer;
};
static_assert(sizeof(DispatcherContext) == 0x4);
static_assert(offsetof(DispatcherContext, RegistrationPointer) == 0x0);

/// EXCEPTION_DISPOSITION: what a handler returns in EAX.
inline constexpr std::uint32_t ExceptionContinueExecution = 0;
inline constexpr std::uint32_t ExceptionContinueSearch = 1;
inline constexpr std::uint32_t ExceptionNestedException = 2;
inline constexpr std::uint32_t ExceptionCollidedUnwind = 3;

/// What a vectored handler, a filter expression or the unhandled filter returns, as signed.
inline constexpr std::int32_t EXCEPTION_EXECUTE_HANDLER = 1;
inline constexpr std::int32_t EXCEPTION_CONTINUE_SEARCH = 0;
inline constexpr std::int32_t EXCEPTION_CONTINUE_EXECUTION = -1;

}  // namespace sehlab::win32
