// C++ frames as __CxxFrameHandler3 runs them, compiled with /EHs: it looks at C++ exceptions only,
// in an unwind as well (facts 1.6: EHFlags bit 0; 3.7).
#include "host/fuzz/sequence/run.hpp"
#include "host/win32/exception_flags.hpp"

namespace sehlab::fuzz::sequence {

namespace {

constexpr std::uint32_t kCxxException = 0xE06D7363;
constexpr std::int8_t kLeft = -1;  ///< the try was left, the object is destroyed
/// Level of a guard around a destructor: an exception must not leave it.
constexpr std::int8_t kNoThrow = 1;

}  // namespace

Flow Run::cxx_throw(std::uint8_t thrown) {
  if (cxx_lost_) return unmodelled(LAB_OP_THROW);
  ++cxx_in_flight_;
  const Flow flow =
      raise({kCxxException, win32::EXCEPTION_NONCONTINUABLE, LAB_FAULTS, thrown}, true);
  --cxx_in_flight_;
  return flow;
}

/// try {frame} catch
Flow Run::cxx_try(std::uint8_t id) {
  const Place here = place_;
  push(RecordKind::Cxx, id);
  ++place_.level;
  const Flow flow = run_operations();
  if (!flow.returned() && !flow.lands_in(id)) return flow;
  place_ = here;
  return {};
}

/// {object; frame}
Flow Run::cxx_object(std::uint8_t id) {
  const Place here = place_;
  const Index record = push(RecordKind::Cxx, id);
  const Place inside = place_;
  ++place_.level;
  Flow flow = run_operations();
  if (flow.returned()) {
    place_ = inside;
    records_[record].level = kLeft;
    flow = destructor(id);
  }
  if (flow.returned()) place_ = here;
  return flow;
}

Flow Run::cxx_handler(Index frame, Exception& exception) {
  Record& record = records_[frame];
  if (exception.code != kCxxException || record.level == kLeft) return {};
  const bool has_object = operation(record.id).op == LAB_OP_CXX_OBJECT;
  if ((exception.flags & win32::kUnwindingOrExit) != 0) {
    record.level = kLeft;
    return has_object ? destructor(record.id) : Flow{};
  }
  return has_object ? Flow{} : catch_block(frame, exception);
}

/// The frames inside are unwound with the exception's record, so that their destructors run. The
/// catch block runs on top of them, under a guard, as a part of the function that has the try.
/// The C runtime links the dispatcher's record again that the unwind took off, so that an exception
/// in the catch block is a nested one (Visual C++'s trnsctrl.cpp, _UnwindNestedFrames).
Flow Run::catch_block(Index frame, Exception& exception) {
  const Index dispatcher = place_.head;
  Flow flow = unwind({frame}, exception);
  if (!flow.returned()) return flow;
  exception.flags &= ~win32::EXCEPTION_UNWINDING;
  records_[dispatcher].next = place_.head;
  place_.head = dispatcher;
  Record& record = records_[frame];
  const std::uint8_t id = record.id;
  const Operation op = operation(id);
  record.level = kLeft;
  place_.level = record.opened_at;
  place_.live_from = record.live_from;
  place_.live_to = record.live_to;
  place_.base = record.base;
  push(RecordKind::CrtGuard, id, 0, frame);
  log(LAB_LOG_CATCH, id, op.a % LAB_CATCHES == LAB_CATCH_INT ? exception.thrown : std::uint8_t{0});
  if ((op.c & 1) != 0) flow = run_steps();
  return flow.returned() ? Flow::lands(id) : flow;
}

/// It is noexcept, as a destructor is by default.
Flow Run::destructor(std::uint8_t id) {
  log(LAB_LOG_DESTROYED, id);
  if (operation(id).a % LAB_BLOCKS == LAB_BLOCK_PLAIN) return {};
  const Place here = place_;
  push(RecordKind::CrtGuard, id, kNoThrow);
  const Flow flow = run_steps();
  if (flow.returned()) place_ = here;
  return flow;
}

/// What the guards answer: a catch block lets everything through. What a destructor lets out ends
/// in std::terminate, which is not modelled.
Flow Run::crt_guard(Index guard, const Exception& exception) {
  const bool leaves = (exception.flags & win32::kUnwindingOrExit) == 0;
  if (leaves && exception.code == kCxxException && records_[guard].level == kNoThrow) {
    return unmodelled(LAB_OP_CXX_OBJECT);
  }
  return {};
}

}  // namespace sehlab::fuzz::sequence
