// Prediction: what must happen when a sequence is executed.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace sehlab::fuzz::sequence {

/// The world that a sequence begins in.
enum class Program : std::uint8_t { C, Go };

/// Where a goroutine's stack lies in relation to a thread's. RtlUnwind compares addresses before it
/// looks whether they are on the thread's stack (facts 3.6), so that this decides between
/// STATUS_INVALID_UNWIND_TARGET and STATUS_BAD_STACK.
enum class GoroutineStacks : std::uint8_t { AboveThreads, BelowThreads };

enum class Detail : std::uint8_t {
  Log,   ///< the log and the ending only
  Steps  ///< the dispatcher's steps and the visits as well
};

struct Ending {
  enum class Kind : std::uint8_t { Exited, Unhandled };
  Kind kind = Kind::Exited;
  /// Exited: 0 when the sequence ran to its end, 2 from Go's runtime. Unhandled: the exception.
  std::uint32_t code = 0;
  friend bool operator==(const Ending&, const Ending&) = default;
};

/// Whose handler a registration record holds.
enum class RecordKind : std::uint8_t {
  None,
  Raw,              ///< LAB_OP_RECORD's
  Try,              ///< _except_handler3's
  Cxx,              ///< __CxxFrameHandler3's
  Protector,        ///< the dispatcher's own while it calls a handler for an exception
  UnwindProtector,  ///< and for an unwind
  LocalUnwindGuard,
  CrtGuard,  ///< around a catch block, and around a destructor
  Sigtramp,  ///< Go's
  Base,      ///< the thread's outermost function
  Final      ///< the chain's last
};

struct RecordRef {
  RecordKind kind = RecordKind::None;
  /// The operation that made the record (Raw, Try, Cxx), or that made the one which it guards; else
  /// 0. For None in Step::Kind::UnwindBegun: the record beside which the target lies.
  std::uint8_t id = 0;
  friend bool operator==(const RecordRef&, const RecordRef&) = default;
};

/// One step of the dispatcher.
struct Step {
  enum class Kind : std::uint8_t {
    Raised,            ///< code, flags; value 1: by software
    VectoredEntered,   ///< record.id: the operation that added it; code, flags
    VectoredReturned,  ///< value: what it answers, -1 or 0
    ContinueEntered,   ///< a continue handler
    ContinueReturned,
    HandlerEntered,  ///< record; code, flags
    Returned,        ///< record; value: the disposition
    UnwindBegun,     ///< record: the target; code, flags
    Unwound,         ///< record: taken off the chain
    UnwindEnded,     ///< record: the target
    Continued,       ///< the exception is: code, flags
    Abandoned,       ///< no handler took it, or the walk stopped: value 1: STACK_INVALID
    Ended            ///< the process: code
  };
  Kind kind;
  RecordRef record;
  std::uint32_t code = 0;
  std::uint32_t flags = 0;
  std::int32_t value = 0;
  friend bool operator==(const Step&, const Step&) = default;
};

/// An operation that was reached, in the order of time.
struct Visit {
  std::uint8_t id;
  std::uint8_t level;
  Program world;
  bool idle;             ///< it does nothing here
  std::uint32_t log_at;  ///< how many words the log had before
};

struct Prediction {
  std::vector<std::uint32_t> log;  ///< LAB_LOG_* words, at most LAB_SEQ_MOST_LOG
  Ending ending;
  std::vector<Step> steps;    ///< empty with Detail::Log
  std::vector<Visit> visits;  ///< empty with Detail::Log
  bool overflow = false;      ///< words were lost: the log is full
  /// Records were linked, or may have been, that are not on the thread's stack as its TEB describes
  /// it: by C code on a goroutine's stack, or beyond a StackBase that was moved.
  bool off_stack = false;
  /// The operation (LAB_OP_*) whose effect neither Windows' nor Go's rules determine, or that is
  /// not modelled. What is predicted holds up to it; the rest says nothing.
  std::optional<std::uint8_t> unmodelled;
};

}  // namespace sehlab::fuzz::sequence
