// What each status is, when it is raised and what comes with it. Values and names: ntstatus.h.
#include "host/report/glossary.hpp"
#include "host/win32/status.hpp"

namespace sehlab::report {
namespace {

using namespace win32;  // NOLINT: the names are Windows' own

constexpr WordKind kStatus = WordKind::Status;
constexpr std::string_view kFaults = "ntstatus.h; docs/facts/seh-x86.md 2.1";
constexpr std::string_view kProtection = "ntstatus.h; docs/facts/seh-x86.md 2.2";
constexpr std::string_view kFloat = "ntstatus.h; docs/facts/seh-x86.md 2.3";
constexpr std::string_view kDispatch = "ntstatus.h; docs/facts/seh-x86.md 3.2 E5";
constexpr std::string_view kUnwinding = "ntstatus.h; docs/facts/seh-x86.md 3.6";
constexpr std::string_view kConstants = "ntstatus.h; docs/facts/seh-x86.md 2";

constexpr GlossaryEntry kEntries[] = {
    {kStatus, "STATUS_GUARD_PAGE_VIOLATION", STATUS_GUARD_PAGE_VIOLATION,
     "The first access to a page with PAGE_GUARD. The guard is taken away before anybody is told, "
     "so "
     "the second access succeeds. Two parameters: what was tried (0 read, 1 write, 8 execute) and "
     "the "
     "address. The guard page below a thread's own stack is another matter: there the system "
     "commits "
     "the page, moves the guard down and tells nobody.",
     kFaults},
    {kStatus, "STATUS_DATATYPE_MISALIGNMENT", STATUS_DATATYPE_MISALIGNMENT,
     "An access to an address that is no multiple of the operand's size, with EFLAGS.AC set. "
     "32-bit "
     "Windows clears AC and lets the instruction run instead: programs do not see it.",
     kFaults},
    {kStatus, "STATUS_BREAKPOINT", STATUS_BREAKPOINT,
     "INT3, or INT 2D with a service that is not silent. ExceptionAddress and the context's EIP "
     "are "
     "those of the breakpoint, although the processor stands behind it: the kernel takes one off. "
     "After CD 03, two bytes long, both are therefore in the middle of it. Parameters: three on a "
     "32-bit system, one under WOW64; the first is 0 for INT3.",
     kFaults},
    {kStatus, "STATUS_SINGLE_STEP", STATUS_SINGLE_STEP,
     "The processor's #DB: EFLAGS.TF was set, a debug register's breakpoint was met, or ICEBP (F1) "
     "ran. "
     "EIP is behind the instruction, but for a breakpoint on execution, which comes before it. DR6 "
     "in "
     "the context says which: bits 0 to 3 a debug register each, bit 14 single step. TF is clear "
     "in the "
     "context; a handler that wants the next step sets it again.",
     kFaults},
    {kStatus, "STATUS_LONGJUMP", STATUS_LONGJUMP,
     "The record of an unwinding that longjmp asked for.", kConstants},
    {kStatus, "STATUS_UNWIND_CONSOLIDATE", STATUS_UNWIND_CONSOLIDATE,
     "The record of an unwinding that ends in a function of the caller's choice. 64-bit systems "
     "use it; "
     "nothing on 32-bit x86 does.",
     kConstants},
    {kStatus, "STATUS_ACCESS_VIOLATION", STATUS_ACCESS_VIOLATION,
     "Memory that is not there, or not for this. Two parameters: what was tried (0 read, 1 write, "
     "8 "
     "execute) and the address. An address of FFFFFFFF with operation 0 is no address: the "
     "processor "
     "raised #GP, which tells none (a bad selector, INT n without a gate, a misaligned SSE "
     "operand). "
     "Executing a page without the right to is 8 with DEP, 0 without.",
     kFaults},
    {kStatus, "STATUS_IN_PAGE_ERROR", STATUS_IN_PAGE_ERROR,
     "The page belongs to a file and could not be read in. Three parameters: operation, address, "
     "and "
     "the status of the read.",
     kFaults},
    {kStatus, "STATUS_INVALID_HANDLE", STATUS_INVALID_HANDLE,
     "A handle that is none. A status that functions return; it is raised as an exception only "
     "under a "
     "debugger.",
     kConstants},
    {kStatus, "STATUS_ILLEGAL_INSTRUCTION", STATUS_ILLEGAL_INSTRUCTION,
     "The processor's #UD: bytes that are no instruction (UD2 is one on purpose), or fifteen "
     "prefixes "
     "and nothing behind them. EIP is at the instruction; no parameters.",
     kFaults},
    {kStatus, "STATUS_INVALID_LOCK_SEQUENCE", STATUS_INVALID_LOCK_SEQUENCE,
     "#UD where a LOCK prefix is among the leading bytes: LOCK goes only with instructions that "
     "read "
     "memory and write it back.",
     kFaults},
    {kStatus, "STATUS_NONCONTINUABLE_EXCEPTION", STATUS_NONCONTINUABLE_EXCEPTION,
     "A handler answered ContinueExecution to an exception whose flags say NONCONTINUABLE. Raised "
     "by "
     "the dispatcher itself, noncontinuable as well; its ExceptionRecord points to the first "
     "record.",
     kDispatch},
    {kStatus, "STATUS_INVALID_DISPOSITION", STATUS_INVALID_DISPOSITION,
     "A handler returned something that is no answer in this pass: a value above 3, CollidedUnwind "
     "while "
     "an exception is dispatched, ContinueExecution while frames are unwound. Raised "
     "noncontinuable, "
     "chained to the record that the handler was given.",
     kDispatch},
    {kStatus, "STATUS_UNWIND", STATUS_UNWIND,
     "The code of the record that RtlUnwind makes when its caller gives none. Handlers see it in "
     "the "
     "second pass, with UNWINDING set.",
     kUnwinding},
    {kStatus, "STATUS_BAD_STACK", STATUS_BAD_STACK,
     "RtlUnwind met a record outside the thread's stack limits, or one that is not 4-aligned. "
     "Raised "
     "noncontinuable.",
     kUnwinding},
    {kStatus, "STATUS_INVALID_UNWIND_TARGET", STATUS_INVALID_UNWIND_TARGET,
     "RtlUnwind came past its target: the next record lies above the frame that it was told to "
     "stop at. "
     "The target is not on the chain, or is no longer. Raised noncontinuable.",
     kUnwinding},
    {kStatus, "STATUS_ARRAY_BOUNDS_EXCEEDED", STATUS_ARRAY_BOUNDS_EXCEEDED,
     "BOUND found its index outside the bounds. EIP is at the instruction; no parameters.",
     kFaults},
    {kStatus, "STATUS_FLOAT_DENORMAL_OPERAND", STATUS_FLOAT_DENORMAL_OPERAND,
     "An x87 operand is denormal and the exception is unmasked. Which code a system gives for it "
     "differs: see the profile field x87_denormal_has_own_code.",
     kFloat},
    {kStatus, "STATUS_FLOAT_DIVIDE_BY_ZERO", STATUS_FLOAT_DIVIDE_BY_ZERO,
     "An x87 division by zero, unmasked. As with all x87 exceptions, it is raised by the next x87 "
     "instruction that waits: EIP is there, and ExceptionAddress is the instruction that divided.",
     kFloat},
    {kStatus, "STATUS_FLOAT_INEXACT_RESULT", STATUS_FLOAT_INEXACT_RESULT,
     "An x87 result had to be rounded, and the exception is unmasked.", kFloat},
    {kStatus, "STATUS_FLOAT_INVALID_OPERATION", STATUS_FLOAT_INVALID_OPERATION,
     "An x87 operation without a result, such as 0/0 or the root of -1, unmasked.", kFloat},
    {kStatus, "STATUS_FLOAT_OVERFLOW", STATUS_FLOAT_OVERFLOW,
     "An x87 result too large for its format, unmasked.", kFloat},
    {kStatus, "STATUS_FLOAT_STACK_CHECK", STATUS_FLOAT_STACK_CHECK,
     "The x87 register stack over- or underflowed (IE and SF in the status word), unmasked.",
     kFloat},
    {kStatus, "STATUS_FLOAT_UNDERFLOW", STATUS_FLOAT_UNDERFLOW,
     "An x87 result too small for its format, unmasked.", kFloat},
    {kStatus, "STATUS_INTEGER_DIVIDE_BY_ZERO", STATUS_INTEGER_DIVIDE_BY_ZERO,
     "DIV, IDIV or AAM with a divisor of 0. EIP is at the instruction; no parameters.", kFaults},
    {kStatus, "STATUS_INTEGER_OVERFLOW", STATUS_INTEGER_OVERFLOW,
     "INTO with OF set; or DIV and IDIV with a quotient that does not fit. The processor raises "
     "#DE for "
     "that as for a zero divisor; Windows looks at the operand to tell them apart, others do not: "
     "see "
     "the profile field div_overflow_is_integer_overflow.",
     kFaults},
    {kStatus, "STATUS_PRIVILEGED_INSTRUCTION", STATUS_PRIVILEGED_INSTRUCTION,
     "An instruction that user mode may not execute: HLT, CLI, STI, ports, control and debug "
     "registers, "
     "descriptor tables, MSRs. The processor raises #GP for all of these and more; Windows decodes "
     "the "
     "instruction. EIP is at it; no parameters.",
     kProtection},
    {kStatus, "STATUS_STACK_OVERFLOW", STATUS_STACK_OVERFLOW,
     "The stack grew into the last page of its reservation. That page is committed for the "
     "handlers to "
     "run in; the guard is gone until the program puts it back. Also raised when the exception's "
     "own "
     "frame meets the end of the stack.",
     kFaults},
    {kStatus, "STATUS_CONTROL_C_EXIT", STATUS_CONTROL_C_EXIT,
     "The exit code of a process that Ctrl+C ended.", kConstants},
    {kStatus, "STATUS_UNHANDLED_EXCEPTION", STATUS_UNHANDLED_EXCEPTION,
     "An unhandled exception, as a status. The exit code of a process that dies of one is the "
     "exception's own code, not this.",
     kConstants},
    {kStatus, "STATUS_INVALID_EXCEPTION_HANDLER", STATUS_INVALID_EXCEPTION_HANDLER,
     "A handler was refused by validation. The 32-bit dispatcher says so with the flag "
     "STACK_INVALID "
     "and ends its search.",
     kConstants},
    {kStatus, "STATUS_FLOAT_MULTIPLE_FAULTS", STATUS_FLOAT_MULTIPLE_FAULTS,
     "SSE exceptions of the kind that come before the operation.", kConstants},
    {kStatus, "STATUS_FLOAT_MULTIPLE_TRAPS", STATUS_FLOAT_MULTIPLE_TRAPS,
     "An SSE exception that MXCSR does not mask (#XM), whichever it is: MXCSR in the context's "
     "ExtendedRegisters says. One parameter, 0; under WOW64 MXCSR as a second.",
     kFaults},
    {kStatus, "STATUS_HEAP_CORRUPTION", STATUS_HEAP_CORRUPTION,
     "The heap found its own structures overwritten.", kConstants},
    {kStatus, "STATUS_STACK_BUFFER_OVERRUN", STATUS_STACK_BUFFER_OVERRUN,
     "Fast fail, INT 29: the process ends at once. No vectored handler, no frame handler and no "
     "filter is asked. One parameter: the reason, from ECX (2: a stack cookie was overwritten).",
     kFaults},
    {kStatus, "STATUS_ASSERTION_FAILURE", STATUS_ASSERTION_FAILURE,
     "INT 2C. EIP is at the instruction; no parameters.", kFaults},
    {kStatus, "STATUS_CALLBACK_POP_STACK", STATUS_CALLBACK_POP_STACK,
     "What the kernel is told when unwinding leaves a callback that it had made.",
     "ntstatus.h; docs/facts/seh-x86.md 3.8"},
    {kStatus, "CXX_EXCEPTION", 0xE06D7363,
     "A C++ throw of Microsoft's compiler, raised through RaiseException: 'msc' and E0. Three "
     "parameters: 19930520, the thrown object, and its ThrowInfo. A rethrow has 0 for the last "
     "two.",
     "docs/facts/seh-x86.md 1.6"},
    {kStatus, "DBG_CONTINUE", DBG_CONTINUE, "A debugger lets the program go on as if nothing was.",
     kConstants},
    {kStatus, "DBG_EXCEPTION_HANDLED", DBG_EXCEPTION_HANDLED,
     "A debugger has handled the exception.", kConstants},
    {kStatus, "DBG_EXCEPTION_NOT_HANDLED", DBG_EXCEPTION_NOT_HANDLED,
     "A debugger has looked and leaves the exception to the program.", kConstants},
    {kStatus, "DBG_CONTROL_C", DBG_CONTROL_C, "Ctrl+C, as a debugger is told of it.", kConstants},
    {kStatus, "DBG_PRINTEXCEPTION_C", DBG_PRINTEXCEPTION_C,
     "OutputDebugStringA: debug output travels as an exception.", kConstants},
    {kStatus, "DBG_PRINTEXCEPTION_WIDE_C", DBG_PRINTEXCEPTION_WIDE_C,
     "OutputDebugStringW, on systems that tell it apart.", kConstants},
};

}  // namespace

std::span<const GlossaryEntry> status_entries() {
  return kEntries;
}

}  // namespace sehlab::report
