// LAB_OP_RECORD: a frame whose registration record is linked by hand.
#include "host/fuzz/sequence/run.hpp"
#include "host/win32/exception_flags.hpp"
#include "host/win32/status.hpp"

namespace sehlab::fuzz::sequence {

Flow Run::record_frame(std::uint8_t id) {
  const Place here = place_;
  add_live(Live::Record, id, push(RecordKind::Raw, id));
  ++place_.level;
  return run_landable(id, here);
}

Flow Run::run_landable(std::uint8_t id, const Place& outside) {
  const Flow flow = run_operations();
  if (flow.lands_in(id)) {
    log(LAB_LOG_LANDED, id);
  } else if (!flow.returned()) {
    return flow;
  }
  place_ = outside;
  return {};
}

Flow Run::raw_handler(Index frame, Exception& exception, Answer& answer) {
  const std::uint8_t id = records_[frame].id;
  const Operation op = operation(id);
  log(LAB_LOG_HANDLER, id, exception);
  if ((exception.flags & win32::kUnwindingOrExit) != 0) return raw_unwinding(frame, answer);

  const int policy = op.a % LAB_HANDLES;
  if (policy == LAB_HANDLE_SEARCH || !follows(uses_, id)) return {};
  const LiveFrame itself{Live::Record, id, records_[frame].on_goroutine, frame};
  switch (policy) {
    case LAB_HANDLE_CONTINUE:
      answer.disposition = 0;
      break;
    case LAB_HANDLE_UNWIND:
      return unwind_and_land(itself, exception);
    case LAB_HANDLE_UNWIND_TO: {
      const LiveFrame* target = choose_live(Live::Record, op.b);
      return target == nullptr ? Flow{} : unwind_and_land(LiveFrame(*target), exception);
    }
    case LAB_HANDLE_UNWIND_BAD: {
      const Flow flow = unwind({frame, true}, exception);
      // It cannot come back: the walk meets this record, which lies above, or an earlier error.
      return flow.returned() ? unmodelled(LAB_OP_RECORD) : flow;
    }
    case LAB_HANDLE_NESTED:
      answer = {2, frame, {}};
      break;
    case LAB_HANDLE_COLLIDED:
      answer = {3, frame, {}};
      break;
    case LAB_HANDLE_JUNK:
      answer.disposition = 4u + op.b;
      break;
    case LAB_HANDLE_INVALIDATE:
      exception.flags |= win32::EXCEPTION_STACK_INVALID;
      break;
    default: {
      const Flow flow = run_steps();
      if (!flow.returned()) return flow;
      if (policy == LAB_HANDLE_STEPS_CONTINUE) answer.disposition = 0;
      if (policy == LAB_HANDLE_STEPS_UNWIND) return unwind_and_land(itself, exception);
    }
  }
  return {};
}

Flow Run::raw_unwinding(Index frame, Answer& answer) {
  const std::uint8_t id = records_[frame].id;
  const int policy = (operation(id).c & 0x0f) % LAB_UNWINDS;
  if (policy == LAB_UNWIND_SEARCH || !follows(unwind_uses_, id)) return {};
  switch (policy) {
    case LAB_UNWIND_CONTINUE:
      answer.disposition = 0;
      break;
    case LAB_UNWIND_NESTED:
      answer.disposition = 2;
      break;
    case LAB_UNWIND_COLLIDED:
      answer = {3, frame, {}};
      break;
    default:
      return run_steps();
  }
  return {};
}

/// RtlUnwind with the exception's record, then on in the target's code.
Flow Run::unwind_and_land(const LiveFrame& target, Exception& exception) {
  const Flow flow = unwind({target.record}, exception);
  return flow.returned() ? go_on_in(target, LAB_OP_RECORD) : flow;
}

/// fs:[0] is right. From a goroutine's stack nobody goes on in a frame of the thread's: Go's
/// runtime would not know that it is in C.
Flow Run::go_on_in(const LiveFrame& target, std::uint8_t op) {
  if (place_.on_goroutine && !target.on_goroutine) return unmodelled(op);
  return Flow::lands(target.id);
}

/// LAB_OP_UNWIND: RtlUnwind without a record.
Flow Run::unwind_operation(std::uint8_t operand) {
  const LiveFrame* chosen = choose_live(Live::Record, operand);
  if (chosen == nullptr) {
    idle();
    return {};
  }
  const LiveFrame target = *chosen;
  const Flow flow = unwind_without_record(target.record);
  return flow.returned() ? go_on_in(target, LAB_OP_UNWIND) : flow;
}

}  // namespace sehlab::fuzz::sequence
