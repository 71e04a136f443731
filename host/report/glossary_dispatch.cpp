// The flags of a record and the answers of a handler. Values and names: winnt.h, excpt.h.
#include "host/report/glossary.hpp"
#include "host/win32/exception_flags.hpp"
#include "host/win32/exception_registration.hpp"

namespace sehlab::report {
namespace {

constexpr WordKind kFlag = WordKind::Flag, kAnswer = WordKind::Disposition;
constexpr std::string_view kFlags = "winnt.h; docs/facts/seh-x86.md 2";

constexpr GlossaryEntry kEntries[] = {
    {kFlag, "EXCEPTION_NONCONTINUABLE", win32::EXCEPTION_NONCONTINUABLE,
     "The program cannot go on where this was raised. A handler that answers ContinueExecution all "
     "the "
     "same raises STATUS_NONCONTINUABLE_EXCEPTION. RtlRaiseStatus and the dispatcher's own "
     "exceptions "
     "set it; RaiseException lets its caller choose.",
     kFlags},
    {kFlag, "EXCEPTION_UNWINDING", win32::EXCEPTION_UNWINDING,
     "The second pass: the frame is being left, and its handler is called to clean up (finally, "
     "destructors), not to decide anything. RtlUnwind sets it.",
     "winnt.h; docs/facts/seh-x86.md 3.6"},
    {kFlag, "EXCEPTION_EXIT_UNWIND", win32::EXCEPTION_EXIT_UNWIND,
     "RtlUnwind has no target frame: all frames of the thread are being left.",
     "winnt.h; docs/facts/seh-x86.md 3.6"},
    {kFlag, "EXCEPTION_STACK_INVALID", win32::EXCEPTION_STACK_INVALID,
     "The search met a record that it does not trust, and ended there. No frame further out is "
     "asked, "
     "the process' unhandled exception filter included: it hangs on the outermost frame.",
     "winnt.h; docs/facts/seh-x86.md 3.2 E1, E2"},
    {kFlag, "EXCEPTION_NESTED_CALL", win32::EXCEPTION_NESTED_CALL,
     "This exception was raised while a handler for another one was running. Set for the records "
     "from "
     "that handler's protecting one up to and including its own frame, cleared behind.",
     "winnt.h; docs/facts/seh-x86.md 3.2 E4"},
    {kFlag, "EXCEPTION_TARGET_UNWIND", win32::EXCEPTION_TARGET_UNWIND,
     "The frame is the unwinding's target. Never set on "
     "32-bit x86.",
     kFlags},
    {kFlag, "EXCEPTION_COLLIDED_UNWIND", win32::EXCEPTION_COLLIDED_UNWIND,
     "Two unwindings have met. Never set on 32-bit x86, "
     "where the disposition CollidedUnwind says it.",
     kFlags},
    {kFlag, "EXCEPTION_SOFTWARE_ORIGINATE", win32::EXCEPTION_SOFTWARE_ORIGINATE,
     "RaiseException raised it. Set by Windows 11 and "
     "Server 2022; mask it before you compare flags.",
     kFlags},
    {kAnswer, "ExceptionContinueExecution", win32::ExceptionContinueExecution,
     "Go on with the context as it is now: the handler has repaired what was wrong, and may have "
     "edited "
     "registers, EIP among them. Continue handlers are told first.",
     "excpt.h; docs/facts/seh-x86.md 3.2 E5"},
    {kAnswer, "ExceptionContinueSearch", win32::ExceptionContinueSearch,
     "Not mine: ask the next record. The link is read after the handler has run, so a handler may "
     "change it. While unwinding this is the normal answer.",
     "excpt.h; docs/facts/seh-x86.md 3.2 E5"},
    {kAnswer, "ExceptionNestedException", win32::ExceptionNestedException,
     "The answer of ntdll's protecting record: a handler was running when this exception was "
     "raised. "
     "The search goes on with NESTED_CALL set.",
     "excpt.h; docs/facts/seh-x86.md 3.4"},
    {kAnswer, "ExceptionCollidedUnwind", win32::ExceptionCollidedUnwind,
     "The answer of ntdll's protecting record to an unwinding that meets an older one that was "
     "under "
     "way: the new one goes on behind the frame that the old one was calling. To an exception it "
     "is no "
     "answer.",
     "excpt.h; docs/facts/seh-x86.md 3.4, 3.6"},
    {kAnswer, "EXCEPTION_CONTINUE_EXECUTION", 0xFFFFFFFF,
     "-1, from a vectored handler or a filter: go on with the context as it is. Any negative value "
     "does from an __except filter: its sign is tested.",
     "winnt.h; docs/facts/seh-x86.md 2, 3.2 A"},
    {kAnswer, "EXCEPTION_CONTINUE_SEARCH", 0,
     "0, from a vectored handler or a filter: ask the next.",
     "winnt.h; docs/facts/seh-x86.md 2, 3.2 A"},
    {kAnswer, "EXCEPTION_EXECUTE_HANDLER", 1,
     "1, from an __except filter (any positive value does): unwind to this frame and run its "
     "block. "
     "From the top-level filter: end the process. From a vectored handler it means no more than 0.",
     "excpt.h; docs/facts/seh-x86.md 2, 3.7, 3.9"},
};

}  // namespace

std::span<const GlossaryEntry> dispatch_entries() {
  return kEntries;
}

}  // namespace sehlab::report
