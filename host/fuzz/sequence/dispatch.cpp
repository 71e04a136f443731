// RtlDispatchException (facts 3.2) and what it calls handlers through (facts 3.4).
#include "host/fuzz/sequence/run.hpp"
#include "host/win32/exception_flags.hpp"
#include "host/win32/status.hpp"

namespace sehlab::fuzz::sequence {

using namespace win32;

/// First chance of an exception. Returns when it is continued.
Flow Run::raise(Exception exception, bool software) {
  step(Step::Kind::Raised, {}, exception, software ? 1 : 0);
  bool handled = false;
  const Flow flow = call_vectored(exception, handled);
  if (!flow.returned()) return flow;
  return handled ? continue_execution(exception, {}) : walk_chain(exception);
}

/// The dispatcher's and RtlUnwind's own exceptions, which no handler can continue (facts 3.2, 3.6).
Flow Run::raise_status(std::uint32_t status) {
  return raise({status, EXCEPTION_NONCONTINUABLE}, true);
}

Flow Run::walk_chain(Exception& exception) {
  Index nested = kNoRecord;
  for (Index frame = place_.head; frame != kNoRecord; frame = records_[frame].next) {
    // A record outside of the thread's stack ends the walk.
    if (off_stack(frame)) {
      exception.flags |= EXCEPTION_STACK_INVALID;
      break;
    }
    Answer answer;
    const Flow flow = execute_handler(frame, exception, RecordKind::Protector, answer);
    if (!flow.returned()) return flow;
    // The frame whose handler had faulted was asked again: from here on it is an exception like
    // any other.
    if (frame == nested) {
      exception.flags &= ~EXCEPTION_NESTED_CALL;
      nested = kNoRecord;
    }
    if (answer.disposition == 0) {
      if ((exception.flags & EXCEPTION_NONCONTINUABLE) != 0) {
        return raise_status(STATUS_NONCONTINUABLE_EXCEPTION);
      }
      return continue_execution(exception, answer.resume);
    }
    if (answer.disposition == 2) {
      exception.flags |= EXCEPTION_NESTED_CALL;
      if (nested == kNoRecord || records_.lies_below({nested}, answer.context, stacks_)) {
        nested = answer.context;
      }
    } else if (answer.disposition != 1) {
      return raise_status(STATUS_INVALID_DISPOSITION);
    } else if ((exception.flags & EXCEPTION_STACK_INVALID) != 0) {
      break;
    }
  }
  // Second chance: nobody is asked any more (facts 3.0, 3.9).
  step(Step::Kind::Abandoned, {}, exception, (exception.flags & EXCEPTION_STACK_INVALID) != 0);
  return end(Ending::Kind::Unhandled, exception.code);
}

/// Somebody continues: the continue handlers are told (facts 3.2 B). All of ours answer 0.
Flow Run::continue_execution(const Exception& exception, Flow resume) {
  for (std::uint8_t id = continue_.first(); id != HandlerList::kNone; id = continue_.next(id)) {
    step(Step::Kind::ContinueEntered, {RecordKind::None, id}, exception);
    log(LAB_LOG_CONTINUED, id, exception);
    step(Step::Kind::ContinueReturned, {RecordKind::None, id}, exception, 0);
  }
  step(Step::Kind::Continued, {}, exception);
  return resume;
}

/// Before any look at the chain (facts 3.2 A). One that is appended meanwhile is reached.
Flow Run::call_vectored(const Exception& exception, bool& handled) {
  for (std::uint8_t id = vectored_.first(); id != HandlerList::kNone && !handled;) {
    vectored_.hold(id);
    step(Step::Kind::VectoredEntered, {RecordKind::None, id}, exception);
    const Flow flow = vectored_handler(id, exception, handled);
    if (!flow.returned()) return flow;
    step(Step::Kind::VectoredReturned, {RecordKind::None, id}, exception, handled ? -1 : 0);
    const std::uint8_t next = vectored_.next(id);
    vectored_.release(id);
    id = next;
  }
  return {};
}

Flow Run::vectored_handler(std::uint8_t id, const Exception& exception, bool& handled) {
  log(LAB_LOG_VECTORED, id, exception);
  const int policy = operation(id).a % LAB_VECTOREDS;
  if (policy == LAB_VECTORED_SEARCH || !follows(uses_, id)) return {};
  if (policy == LAB_VECTORED_STEPS) return run_steps();
  handled = (exception.flags & EXCEPTION_NONCONTINUABLE) == 0;
  return {};
}

/// Calls a record's handler under a protecting record of the dispatcher's own, which lies on the
/// stack where the exception happened (facts 1.5, 3.4, 3.10).
Flow Run::execute_handler(Index frame, Exception& exception, RecordKind protector, Answer& answer) {
  const Place here = place_;
  push(protector, 0, 0, frame);
  step(Step::Kind::HandlerEntered, records_.ref(frame), exception);
  const Flow flow = call_handler(frame, exception, answer);
  if (!flow.returned()) return flow;
  place_ = here;
  step(Step::Kind::Returned, records_.ref(frame), exception,
       static_cast<std::int32_t>(answer.disposition));
  return {};
}

Flow Run::call_handler(Index frame, Exception& exception, Answer& answer) {
  const Record record = records_[frame];
  const bool unwinding = (exception.flags & kUnwindingOrExit) != 0;
  switch (record.kind) {
    case RecordKind::Raw:
      return raw_handler(frame, exception, answer);
    case RecordKind::Try:
      return try_handler(frame, exception, answer);
    case RecordKind::Cxx:
      return cxx_handler(frame, exception);
    case RecordKind::Sigtramp:
      return sigtramp(exception, answer);
    case RecordKind::Protector:
      // An exception in a handler: ExceptionNestedException, with the frame of that handler.
      if (!unwinding) answer = {2, record.guarded, {}};
      return {};
    case RecordKind::UnwindProtector:
      // An unwind meets one that is going on: ExceptionCollidedUnwind.
      if (unwinding) answer = {3, record.guarded, {}};
      return {};
    case RecordKind::LocalUnwindGuard:
      if (unwinding) {
        const Flow flow = local_unwind(record.guarded, record.level);
        if (!flow.returned()) return flow;
        answer = {3, frame, {}};
      }
      return {};
    case RecordKind::CrtGuard:
      return crt_guard(frame, exception);
    case RecordKind::Base:
      // The thread's outermost __except takes whatever comes, and ends the process (facts 3.9).
      if (!unwinding) {
        base_code_ = exception.code;
        const Flow flow = unwind_without_record(frame);
        return flow.returned() ? end(Ending::Kind::Unhandled, base_code_) : flow;
      }
      return {};
    case RecordKind::Final:
    case RecordKind::None:
      break;
  }
  return {};
}

}  // namespace sehlab::fuzz::sequence
