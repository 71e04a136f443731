// RtlUnwind (facts 3.6).
#include "host/fuzz/sequence/run.hpp"
#include "host/win32/exception_flags.hpp"
#include "host/win32/status.hpp"

namespace sehlab::fuzz::sequence {

using namespace win32;

/// Returns when fs:[0] is the target. Each handler runs while its own record is still linked.
Flow Run::unwind(Target target, Exception& exception) {
  exception.flags |= EXCEPTION_UNWINDING;
  const RecordRef wanted = target.beside ? RecordRef{RecordKind::None, records_[target.record].id}
                                         : records_.ref(target.record);
  step(Step::Kind::UnwindBegun, wanted, exception);
  for (Index frame = place_.head; frame != kNoRecord; frame = place_.head) {
    if (frame == target.record && !target.beside) {
      step(Step::Kind::UnwindEnded, wanted, exception);
      return {};
    }
    const bool stacks_differ = records_[target.record].on_goroutine != records_[frame].on_goroutine;
    if (stacks_differ && several_threads_) return unmodelled(LAB_OP_UNWIND);
    if (records_.lies_below(target, frame, stacks_)) {
      return raise_status(STATUS_INVALID_UNWIND_TARGET);
    }
    if (off_stack(frame)) return raise_status(STATUS_BAD_STACK);
    Answer answer;
    const Flow flow = execute_handler(frame, exception, RecordKind::UnwindProtector, answer);
    if (!flow.returned()) return flow;
    if (answer.disposition == 3) {
      // Behind the frame that the other unwind was at: what guarded it goes with it.
      if (answer.context != frame) step(Step::Kind::Unwound, records_.ref(frame), exception);
      frame = answer.context;
    } else if (answer.disposition != 1) {
      return raise_status(STATUS_INVALID_DISPOSITION);
    }
    place_.head = records_[frame].next;
    step(Step::Kind::Unwound, records_.ref(frame), exception);
  }
  step(Step::Kind::Abandoned, {}, exception, 0);
  return end(Ending::Kind::Unhandled, exception.code);
}

/// As _global_unwind2 and longjmp do it: with a record of RtlUnwind's own.
Flow Run::unwind_without_record(Index target) {
  Exception own{STATUS_UNWIND};
  return unwind({target}, own);
}

}  // namespace sehlab::fuzz::sequence
