// trace::Event: one thing that happened, as a value. Every producer writes these and none reads
// them back; text, JSON Lines, reports, expectations and the demo's claims are made from them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "emu/guest_addr.hpp"

namespace sehlab::trace {

/// A code address and, once the Recorder has seen it, what it is called: "image!symbol+0x1f".
/// Producers fill in the address only.
struct Place {
  GuestAddr address{};
  std::string symbol{};
  bool operator==(const Place&) const = default;
};

/// One registration record as it was read from guest memory.
struct ChainLink {
  GuestAddr record{};
  GuestAddr next{};
  Place handler{};
  bool operator==(const ChainLink&) const = default;
};

/// The chain from fs:[0], as far as it could be followed.
struct ChainPicture {
  GuestAddr head{};  ///< fs:[0]
  std::vector<ChainLink> links{};
  /// How the walk ended: "end" (0xffffffff reached), "unreadable", "misaligned", "off-stack",
  /// "cycle" or "too-long".
  std::string ending = "end";
  bool operator==(const ChainPicture&) const = default;
};

// ---- faults and dispatch -----------------------------------------------------------------

/// The processor faulted, or software raised: a record is about to be dispatched.
struct FaultRaised {
  std::uint32_t code = 0;
  std::uint32_t flags = 0;
  Place at{};                               ///< ExceptionAddress
  std::vector<std::uint32_t> parameters{};  ///< ExceptionInformation
  bool software = false;                    ///< RaiseException and its kin
  bool operator==(const FaultRaised&) const = default;
};
/// RtlDispatchException begins.
struct DispatchBegun {
  GuestAddr record{}, context{};
  std::uint32_t code = 0, flags = 0;
  bool on_os_stack = true;  ///< false: the frame lies on a foreign stack (a goroutine's, say)
  bool operator==(const DispatchBegun&) const = default;
};
/// The walk looks at a registration record.
struct RecordVisited {
  GuestAddr record{}, next{};
  Place handler{};
  bool unwinding = false;
  bool operator==(const RecordVisited&) const = default;
};
/// Why a record was refused (facts: RtlDispatchException, step E; RtlIsValidHandler).
enum class Refusal : std::uint8_t {
  OutsideStack,          ///< record not within StackLimit..StackBase
  Misaligned,            ///< record not 4-aligned
  HandlerOnStack,        ///< handler within the thread's stack
  HandlerNotExecutable,  ///< handler's page is not executable
  NotInSafeSehTable,     ///< handler's image has a SafeSEH table without it
  ImageHasNoSeh,         ///< handler's image says NO_SEH
  HandlerOutsideImages,  ///< executable, but in no image, and the process forbids that
  SehopBroken,           ///< the chain failed SEHOP's walk
  Unreadable             ///< the record's memory could not be read
};
struct RecordRefused {
  GuestAddr record{};
  Place handler{};
  Refusal why = Refusal::OutsideStack;
  bool unwinding = false;
  bool operator==(const RecordRefused&) const = default;
};
/// A handler is called. `frame` is its registration record's address.
struct HandlerEntered {
  GuestAddr frame{};
  Place handler{};
  std::uint32_t code = 0, flags = 0;
  /// Function whose stack frame holds the record, and the instruction that linked it; filled in
  /// by the watch's table of records, empty when the push was not seen.
  Place owner{}, pushed_by{};
  bool operator==(const HandlerEntered&) const = default;
};
/// A handler returned.
struct Disposition {
  GuestAddr frame{};
  Place handler{};
  std::uint32_t value = 0;  ///< EXCEPTION_DISPOSITION, as returned in EAX
  bool operator==(const Disposition&) const = default;
};
/// A vectored handler is called: before all frames, or (`continuing`) a continue handler after it
/// was decided that the thread goes on.
struct VectoredEntered {
  Place handler{};
  bool continuing = false;
  std::uint32_t code = 0, flags = 0;
  bool operator==(const VectoredEntered&) const = default;
};
/// A vectored handler returned.
struct VectoredReturned {
  Place handler{};
  bool continuing = false;
  std::uint32_t value = 0;  ///< EAX: -1 EXCEPTION_CONTINUE_EXECUTION, else the search goes on
  bool operator==(const VectoredReturned&) const = default;
};
/// The dispatch ended with the thread running on.
struct DispatchContinued {
  Place to{};  ///< context EIP
  GuestAddr esp{};
  bool operator==(const DispatchContinued&) const = default;
};
/// The dispatch found nobody: second chance.
struct DispatchAbandoned {
  std::uint32_t code = 0;
  bool stack_invalid = false;  ///< the walk stopped at a refused record
  bool operator==(const DispatchAbandoned&) const = default;
};
struct UnwindBegun {
  GuestAddr target{};
  std::uint32_t code = 0, flags = 0;
  bool operator==(const UnwindBegun&) const = default;
};
/// RtlUnwind took a record off the chain.
struct RecordUnwound {
  GuestAddr record{};
  bool operator==(const RecordUnwound&) const = default;
};
struct UnwindEnded {
  GuestAddr target{};
  Place to{};
  bool operator==(const UnwindEnded&) const = default;
};

// ---- the chain and the watch -------------------------------------------------------------

struct RecordPushed {
  GuestAddr record{}, next{};
  Place handler{};
  Place by{};     ///< the instruction
  Place owner{};  ///< the function whose frame holds the record
  bool operator==(const RecordPushed&) const = default;
};
struct RecordPopped {
  GuestAddr record{}, head{};  ///< head: fs:[0] now
  Place by{};
  bool operator==(const RecordPopped&) const = default;
};
/// A linked record is below ESP on its stack since this instruction.
struct RecordExposed {
  GuestAddr record{}, esp{};
  Place handler{}, pushed_by{}, owner{};
  std::uint64_t pushed_at = 0;  ///< instruction
  /// How its frame was left: "return", "longjmp", "exception", "stack-switch", "jump" or "other".
  std::string left_by{};
  Place exposed_by{};  ///< the instruction that raised ESP
  bool operator==(const RecordExposed&) const = default;
};
/// The exposed record was unlinked: `lasted` instructions after it was exposed.
struct ExposureEnded {
  GuestAddr record{};
  Place by{};
  std::uint64_t lasted = 0;
  bool operator==(const ExposureEnded&) const = default;
};
/// A word of an exposed record changed, or the handler of the innermost record by another function
/// than its own.
struct ExposedRecordWritten {
  GuestAddr record{}, word{};
  std::uint32_t old_value = 0, new_value = 0;
  Place by{};
  bool operator==(const ExposedRecordWritten&) const = default;
};
/// A defect of the chain was confirmed. Names as in docs/defects: "dangling", "off-stack", …
struct DefectFound {
  std::string defect{};
  /// "dispatch", "unwinding", "push", "thread-end"; in strict mode also "exposure", "write",
  /// "link".
  std::string confirmed_by{};
  GuestAddr record{};
  GuestAddr next{};  ///< as it is in memory now; 0: unreadable
  Place handler{};   ///< as when the record was linked
  Place handler_now{};
  Place pushed_by{}, owner{}, written_by{};
  std::uint64_t pushed_at = 0, exposed_at = 0, written_at = 0;  ///< instructions; 0: did not
  std::string left_by{};                                        ///< as in RecordExposed
  /// Since when the defect holds and the instruction that brought it about; 0: that was not seen.
  std::uint64_t since = 0;
  Place since_by{};
  /// When its words were last seen as they were linked, if nobody saw them change; else 0.
  std::uint64_t intact_at = 0;
  Place relied_on_by{};  ///< the instruction that pushed, faulted, unwound or ended the thread
  GuestAddr copy_of{};   ///< the record whose words it has and whose place in the chain it took
  /// "file.c:12" of pushed_by, since_by and relied_on_by; empty without debug information.
  std::string pushed_source{}, since_source{}, relied_on_source{};
  std::string suppressed{};  ///< why it does not count; empty: it does
  bool operator==(const DefectFound&) const = default;
};

// ---- the process -------------------------------------------------------------------------

struct GateCalled {
  std::string dll{}, function{};
  Place caller{};
  bool operator==(const GateCalled&) const = default;
};
struct ThreadStarted {
  std::uint32_t id = 0;
  GuestAddr teb{};
  GuestRange stack{};
  Place entry{};
  bool operator==(const ThreadStarted&) const = default;
};
struct ThreadSwitched {
  std::uint32_t from = 0, to = 0;
  bool operator==(const ThreadSwitched&) const = default;
};
struct ThreadEnded {
  std::uint32_t id = 0;
  std::uint32_t code = 0;
  bool operator==(const ThreadEnded&) const = default;
};
struct ImageMapped {
  std::string name{};
  GuestRange range{};
  bool operator==(const ImageMapped&) const = default;
};
/// One active call: `frame` is what EBP is in it, `code` where it goes on.
struct CallFrame {
  GuestAddr frame{};
  Place code{};
  bool operator==(const CallFrame&) const = default;
};
/// Execution reached a symbol that the caller asked to be told of.
struct SymbolReached {
  Place at{};
  std::uint64_t visit = 0;          ///< 1 for the first time
  std::vector<CallFrame> frames{};  ///< innermost first, across all stacks
  bool operator==(const SymbolReached&) const = default;
};
/// The guest wrote to standard output or error.
struct OutputWritten {
  bool error_stream = false;
  std::string text{};
  bool operator==(const OutputWritten&) const = default;
};
/// The lab itself stepped in, as it was asked to: a fault, a failing call, a changed register.
struct InjectionFired {
  std::uint32_t number = 0;  ///< which, from 1 in the order given
  std::string spec{};        ///< as it was given: "at=go_fixed!probe fault=read"
  Place at{};                ///< EIP: before the instruction there
  std::uint64_t visit = 0;   ///< how often the thread had come there
  bool raises = false;       ///< the exception that is raised next is its
  bool operator==(const InjectionFired&) const = default;
};
/// How the process ended.
enum class EndKind : std::uint8_t { Exited, UnhandledException, BudgetSpent, Unmodelled, Stopped };
struct ProcessEnded {
  EndKind kind = EndKind::Exited;
  std::uint32_t code = 0;  ///< exit code or exception code
  std::string detail{};    ///< Unmodelled: what
  bool operator==(const ProcessEnded&) const = default;
};

using Payload =
    std::variant<FaultRaised, DispatchBegun, RecordVisited, RecordRefused, HandlerEntered,
                 Disposition, VectoredEntered, VectoredReturned, DispatchContinued,
                 DispatchAbandoned, UnwindBegun, RecordUnwound, UnwindEnded, RecordPushed,
                 RecordPopped, RecordExposed, ExposureEnded, ExposedRecordWritten, DefectFound,
                 GateCalled, ThreadStarted, ThreadSwitched, ThreadEnded, ImageMapped, SymbolReached,
                 OutputWritten, InjectionFired, ProcessEnded>;

/// One event. `instruction` is the count of retired instructions.
struct Event {
  std::uint64_t instruction = 0;
  std::uint32_t thread = 0;
  Place eip{};
  GuestAddr esp{};
  ChainPicture chain{};
  Payload payload{};
  bool operator==(const Event&) const = default;
};

/// Where producers write. A null Sink pointer means that nobody listens: producers must not
/// build a payload then.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual void emit(Payload payload) = 0;
};

}  // namespace sehlab::trace
