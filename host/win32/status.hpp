// Status codes under Windows' own names (facts 2), with their names and meanings as
// text for reports.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace sehlab::win32 {

inline constexpr std::uint32_t STATUS_SUCCESS = 0x00000000;
inline constexpr std::uint32_t STATUS_WAIT_0 = 0x00000000;
inline constexpr std::uint32_t STATUS_ABANDONED_WAIT_0 = 0x00000080;
inline constexpr std::uint32_t STATUS_USER_APC = 0x000000C0;
inline constexpr std::uint32_t STATUS_TIMEOUT = 0x00000102;
inline constexpr std::uint32_t STATUS_PENDING = 0x00000103;
inline constexpr std::uint32_t DBG_EXCEPTION_HANDLED = 0x00010001;
inline constexpr std::uint32_t DBG_CONTINUE = 0x00010002;
inline constexpr std::uint32_t DBG_CONTROL_C = 0x40010005;
inline constexpr std::uint32_t DBG_PRINTEXCEPTION_C = 0x40010006;
inline constexpr std::uint32_t DBG_RIPEXCEPTION = 0x40010007;
inline constexpr std::uint32_t DBG_PRINTEXCEPTION_WIDE_C = 0x4001000A;
inline constexpr std::uint32_t STATUS_GUARD_PAGE_VIOLATION = 0x80000001;
inline constexpr std::uint32_t STATUS_DATATYPE_MISALIGNMENT = 0x80000002;
inline constexpr std::uint32_t STATUS_BREAKPOINT = 0x80000003;
inline constexpr std::uint32_t STATUS_SINGLE_STEP = 0x80000004;
inline constexpr std::uint32_t STATUS_LONGJUMP = 0x80000026;
inline constexpr std::uint32_t STATUS_UNWIND_CONSOLIDATE = 0x80000029;
inline constexpr std::uint32_t DBG_EXCEPTION_NOT_HANDLED = 0x80010001;
inline constexpr std::uint32_t STATUS_UNSUCCESSFUL = 0xC0000001;
inline constexpr std::uint32_t STATUS_NOT_IMPLEMENTED = 0xC0000002;
inline constexpr std::uint32_t STATUS_INVALID_INFO_CLASS = 0xC0000003;
inline constexpr std::uint32_t STATUS_INFO_LENGTH_MISMATCH = 0xC0000004;
inline constexpr std::uint32_t STATUS_ACCESS_VIOLATION = 0xC0000005;
inline constexpr std::uint32_t STATUS_IN_PAGE_ERROR = 0xC0000006;
inline constexpr std::uint32_t STATUS_INVALID_HANDLE = 0xC0000008;
inline constexpr std::uint32_t STATUS_INVALID_PARAMETER = 0xC000000D;
inline constexpr std::uint32_t STATUS_NO_MEMORY = 0xC0000017;
inline constexpr std::uint32_t STATUS_CONFLICTING_ADDRESSES = 0xC0000018;
inline constexpr std::uint32_t STATUS_ILLEGAL_INSTRUCTION = 0xC000001D;
inline constexpr std::uint32_t STATUS_INVALID_LOCK_SEQUENCE = 0xC000001E;
inline constexpr std::uint32_t STATUS_ACCESS_DENIED = 0xC0000022;
inline constexpr std::uint32_t STATUS_BUFFER_TOO_SMALL = 0xC0000023;
inline constexpr std::uint32_t STATUS_OBJECT_TYPE_MISMATCH = 0xC0000024;
inline constexpr std::uint32_t STATUS_NONCONTINUABLE_EXCEPTION = 0xC0000025;
inline constexpr std::uint32_t STATUS_INVALID_DISPOSITION = 0xC0000026;
inline constexpr std::uint32_t STATUS_UNWIND = 0xC0000027;
inline constexpr std::uint32_t STATUS_BAD_STACK = 0xC0000028;
inline constexpr std::uint32_t STATUS_INVALID_UNWIND_TARGET = 0xC0000029;
inline constexpr std::uint32_t STATUS_OBJECT_NAME_NOT_FOUND = 0xC0000034;
inline constexpr std::uint32_t STATUS_INVALID_PAGE_PROTECTION = 0xC0000045;
inline constexpr std::uint32_t STATUS_MUTANT_NOT_OWNED = 0xC0000046;
inline constexpr std::uint32_t STATUS_SEMAPHORE_LIMIT_EXCEEDED = 0xC0000047;
inline constexpr std::uint32_t STATUS_THREAD_IS_TERMINATING = 0xC000004B;
inline constexpr std::uint32_t STATUS_PROCEDURE_NOT_FOUND = 0xC000007A;
inline constexpr std::uint32_t STATUS_INVALID_IMAGE_FORMAT = 0xC000007B;
inline constexpr std::uint32_t STATUS_ARRAY_BOUNDS_EXCEEDED = 0xC000008C;
inline constexpr std::uint32_t STATUS_FLOAT_DENORMAL_OPERAND = 0xC000008D;
inline constexpr std::uint32_t STATUS_FLOAT_DIVIDE_BY_ZERO = 0xC000008E;
inline constexpr std::uint32_t STATUS_FLOAT_INEXACT_RESULT = 0xC000008F;
inline constexpr std::uint32_t STATUS_FLOAT_INVALID_OPERATION = 0xC0000090;
inline constexpr std::uint32_t STATUS_FLOAT_OVERFLOW = 0xC0000091;
inline constexpr std::uint32_t STATUS_FLOAT_STACK_CHECK = 0xC0000092;
inline constexpr std::uint32_t STATUS_FLOAT_UNDERFLOW = 0xC0000093;
inline constexpr std::uint32_t STATUS_INTEGER_DIVIDE_BY_ZERO = 0xC0000094;
inline constexpr std::uint32_t STATUS_INTEGER_OVERFLOW = 0xC0000095;
inline constexpr std::uint32_t STATUS_PRIVILEGED_INSTRUCTION = 0xC0000096;
inline constexpr std::uint32_t STATUS_STACK_OVERFLOW = 0xC00000FD;
inline constexpr std::uint32_t STATUS_DLL_NOT_FOUND = 0xC0000135;
inline constexpr std::uint32_t STATUS_ORDINAL_NOT_FOUND = 0xC0000138;
inline constexpr std::uint32_t STATUS_ENTRYPOINT_NOT_FOUND = 0xC0000139;
inline constexpr std::uint32_t STATUS_CONTROL_C_EXIT = 0xC000013A;
inline constexpr std::uint32_t STATUS_DLL_INIT_FAILED = 0xC0000142;
inline constexpr std::uint32_t STATUS_UNHANDLED_EXCEPTION = 0xC0000144;
inline constexpr std::uint32_t STATUS_INVALID_EXCEPTION_HANDLER = 0xC00001A5;
inline constexpr std::uint32_t STATUS_FLOAT_MULTIPLE_FAULTS = 0xC00002B4;
inline constexpr std::uint32_t STATUS_FLOAT_MULTIPLE_TRAPS = 0xC00002B5;
inline constexpr std::uint32_t STATUS_HEAP_CORRUPTION = 0xC0000374;
inline constexpr std::uint32_t STATUS_STACK_BUFFER_OVERRUN = 0xC0000409;
inline constexpr std::uint32_t STATUS_ASSERTION_FAILURE = 0xC0000420;
inline constexpr std::uint32_t STATUS_CALLBACK_POP_STACK = 0xC0000423;

/// One line of the table behind status_name and status_meaning.
struct StatusText {
  std::uint32_t value;
  std::string_view name;     ///< "STATUS_ACCESS_VIOLATION"
  std::string_view meaning;  ///< "access violation"
};

inline constexpr auto kStatusTexts = std::to_array<StatusText>({
    {STATUS_SUCCESS, "STATUS_SUCCESS", "success"},
    {STATUS_ABANDONED_WAIT_0, "STATUS_ABANDONED_WAIT_0",
     "the wait ended with a mutex whose owner has died"},
    {STATUS_USER_APC, "STATUS_USER_APC", "the wait was interrupted by an APC"},
    {STATUS_TIMEOUT, "STATUS_TIMEOUT", "the time is up"},
    {STATUS_PENDING, "STATUS_PENDING", "not finished yet"},
    {DBG_EXCEPTION_HANDLED, "DBG_EXCEPTION_HANDLED", "the debugger handled the exception"},
    {DBG_CONTINUE, "DBG_CONTINUE", "the debugger lets the program go on"},
    {DBG_CONTROL_C, "DBG_CONTROL_C", "Ctrl+C, told to a debugger"},
    {DBG_PRINTEXCEPTION_C, "DBG_PRINTEXCEPTION_C", "debug output (OutputDebugStringA)"},
    {DBG_RIPEXCEPTION, "DBG_RIPEXCEPTION", "a debug event of the RIP kind"},
    {DBG_PRINTEXCEPTION_WIDE_C, "DBG_PRINTEXCEPTION_WIDE_C", "debug output (OutputDebugStringW)"},
    {STATUS_GUARD_PAGE_VIOLATION, "STATUS_GUARD_PAGE_VIOLATION", "first touch of a guard page"},
    {STATUS_DATATYPE_MISALIGNMENT, "STATUS_DATATYPE_MISALIGNMENT", "misaligned data"},
    {STATUS_BREAKPOINT, "STATUS_BREAKPOINT", "breakpoint"},
    {STATUS_SINGLE_STEP, "STATUS_SINGLE_STEP", "single step or hardware breakpoint"},
    {STATUS_LONGJUMP, "STATUS_LONGJUMP", "longjmp unwinds"},
    {STATUS_UNWIND_CONSOLIDATE, "STATUS_UNWIND_CONSOLIDATE",
     "frames are consolidated while unwinding"},
    {DBG_EXCEPTION_NOT_HANDLED, "DBG_EXCEPTION_NOT_HANDLED",
     "the debugger did not handle the exception"},
    {STATUS_UNSUCCESSFUL, "STATUS_UNSUCCESSFUL", "failed"},
    {STATUS_NOT_IMPLEMENTED, "STATUS_NOT_IMPLEMENTED", "not implemented"},
    {STATUS_INVALID_INFO_CLASS, "STATUS_INVALID_INFO_CLASS", "no such information class"},
    {STATUS_INFO_LENGTH_MISMATCH, "STATUS_INFO_LENGTH_MISMATCH", "the buffer has the wrong length"},
    {STATUS_ACCESS_VIOLATION, "STATUS_ACCESS_VIOLATION", "access violation"},
    {STATUS_IN_PAGE_ERROR, "STATUS_IN_PAGE_ERROR", "a page could not be read in"},
    {STATUS_INVALID_HANDLE, "STATUS_INVALID_HANDLE", "invalid handle"},
    {STATUS_INVALID_PARAMETER, "STATUS_INVALID_PARAMETER", "invalid parameter"},
    {STATUS_NO_MEMORY, "STATUS_NO_MEMORY", "out of memory"},
    {STATUS_CONFLICTING_ADDRESSES, "STATUS_CONFLICTING_ADDRESSES", "the addresses are taken"},
    {STATUS_ILLEGAL_INSTRUCTION, "STATUS_ILLEGAL_INSTRUCTION", "illegal instruction"},
    {STATUS_INVALID_LOCK_SEQUENCE, "STATUS_INVALID_LOCK_SEQUENCE",
     "LOCK prefix on an instruction that may not have it"},
    {STATUS_ACCESS_DENIED, "STATUS_ACCESS_DENIED", "access denied"},
    {STATUS_BUFFER_TOO_SMALL, "STATUS_BUFFER_TOO_SMALL", "the buffer is too small"},
    {STATUS_OBJECT_TYPE_MISMATCH, "STATUS_OBJECT_TYPE_MISMATCH",
     "the handle is of another kind of object"},
    {STATUS_NONCONTINUABLE_EXCEPTION, "STATUS_NONCONTINUABLE_EXCEPTION",
     "a handler tried to continue a noncontinuable exception"},
    {STATUS_INVALID_DISPOSITION, "STATUS_INVALID_DISPOSITION",
     "a handler returned something that is no disposition"},
    {STATUS_UNWIND, "STATUS_UNWIND", "unwinding"},
    {STATUS_BAD_STACK, "STATUS_BAD_STACK", "unwinding met a record that is not on the stack"},
    {STATUS_INVALID_UNWIND_TARGET, "STATUS_INVALID_UNWIND_TARGET",
     "unwinding passed its target, which is not on the chain"},
    {STATUS_OBJECT_NAME_NOT_FOUND, "STATUS_OBJECT_NAME_NOT_FOUND", "no object of that name"},
    {STATUS_INVALID_PAGE_PROTECTION, "STATUS_INVALID_PAGE_PROTECTION", "no such page protection"},
    {STATUS_MUTANT_NOT_OWNED, "STATUS_MUTANT_NOT_OWNED", "the mutex belongs to another thread"},
    {STATUS_SEMAPHORE_LIMIT_EXCEEDED, "STATUS_SEMAPHORE_LIMIT_EXCEEDED",
     "the semaphore would pass its limit"},
    {STATUS_THREAD_IS_TERMINATING, "STATUS_THREAD_IS_TERMINATING", "the thread is ending"},
    {STATUS_PROCEDURE_NOT_FOUND, "STATUS_PROCEDURE_NOT_FOUND", "no such procedure"},
    {STATUS_INVALID_IMAGE_FORMAT, "STATUS_INVALID_IMAGE_FORMAT", "not an image that can be loaded"},
    {STATUS_ARRAY_BOUNDS_EXCEEDED, "STATUS_ARRAY_BOUNDS_EXCEEDED", "index outside bounds (BOUND)"},
    {STATUS_FLOAT_DENORMAL_OPERAND, "STATUS_FLOAT_DENORMAL_OPERAND",
     "floating point: denormal operand"},
    {STATUS_FLOAT_DIVIDE_BY_ZERO, "STATUS_FLOAT_DIVIDE_BY_ZERO",
     "floating point: division by zero"},
    {STATUS_FLOAT_INEXACT_RESULT, "STATUS_FLOAT_INEXACT_RESULT", "floating point: inexact result"},
    {STATUS_FLOAT_INVALID_OPERATION, "STATUS_FLOAT_INVALID_OPERATION",
     "floating point: invalid operation"},
    {STATUS_FLOAT_OVERFLOW, "STATUS_FLOAT_OVERFLOW", "floating point: overflow"},
    {STATUS_FLOAT_STACK_CHECK, "STATUS_FLOAT_STACK_CHECK",
     "floating point: register stack overflow or underflow"},
    {STATUS_FLOAT_UNDERFLOW, "STATUS_FLOAT_UNDERFLOW", "floating point: underflow"},
    {STATUS_INTEGER_DIVIDE_BY_ZERO, "STATUS_INTEGER_DIVIDE_BY_ZERO", "integer division by zero"},
    {STATUS_INTEGER_OVERFLOW, "STATUS_INTEGER_OVERFLOW", "integer overflow"},
    {STATUS_PRIVILEGED_INSTRUCTION, "STATUS_PRIVILEGED_INSTRUCTION", "privileged instruction"},
    {STATUS_STACK_OVERFLOW, "STATUS_STACK_OVERFLOW", "stack overflow"},
    {STATUS_DLL_NOT_FOUND, "STATUS_DLL_NOT_FOUND", "a DLL was not found"},
    {STATUS_ORDINAL_NOT_FOUND, "STATUS_ORDINAL_NOT_FOUND", "a DLL has no export of that ordinal"},
    {STATUS_ENTRYPOINT_NOT_FOUND, "STATUS_ENTRYPOINT_NOT_FOUND",
     "a DLL has no export of that name"},
    {STATUS_CONTROL_C_EXIT, "STATUS_CONTROL_C_EXIT", "ended by Ctrl+C"},
    {STATUS_DLL_INIT_FAILED, "STATUS_DLL_INIT_FAILED", "a DLL's initialisation failed"},
    {STATUS_UNHANDLED_EXCEPTION, "STATUS_UNHANDLED_EXCEPTION", "unhandled exception"},
    {STATUS_INVALID_EXCEPTION_HANDLER, "STATUS_INVALID_EXCEPTION_HANDLER",
     "an exception handler was refused"},
    {STATUS_FLOAT_MULTIPLE_FAULTS, "STATUS_FLOAT_MULTIPLE_FAULTS", "SSE floating point faults"},
    {STATUS_FLOAT_MULTIPLE_TRAPS, "STATUS_FLOAT_MULTIPLE_TRAPS", "SSE floating point traps"},
    {STATUS_HEAP_CORRUPTION, "STATUS_HEAP_CORRUPTION", "heap corruption"},
    {STATUS_STACK_BUFFER_OVERRUN, "STATUS_STACK_BUFFER_OVERRUN",
     "fast fail, or a stack cookie was overwritten"},
    {STATUS_ASSERTION_FAILURE, "STATUS_ASSERTION_FAILURE", "assertion failure"},
    {STATUS_CALLBACK_POP_STACK, "STATUS_CALLBACK_POP_STACK",
     "a callback from the kernel was left by unwinding"},
    // Not of the system's making: what the C++ runtime raises (facts 1.6).
    {0xE06D7363, "CXX_EXCEPTION", "C++ exception"},
});

constexpr const StatusText* find_status_text(std::uint32_t status) {
  for (const StatusText& text : kStatusTexts) {
    if (text.value == status) return &text;
  }
  return nullptr;
}

/// Windows' name of a status; empty when the table has none.
constexpr std::string_view status_name(std::uint32_t status) {
  const StatusText* text = find_status_text(status);
  return text == nullptr ? std::string_view{} : text->name;
}

/// What a status means, in plain words; empty when the table has none.
constexpr std::string_view status_meaning(std::uint32_t status) {
  const StatusText* text = find_status_text(status);
  return text == nullptr ? std::string_view{} : text->meaning;
}

}  // namespace sehlab::win32
