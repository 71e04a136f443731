// The cursor that goes through a sequence, and the operations that open no frame of their own kind.
#include <array>

#include "host/fuzz/sequence/run.hpp"
#include "host/win32/exception_flags.hpp"
#include "host/win32/status.hpp"

namespace sehlab::fuzz::sequence {

namespace {

constexpr std::array<std::uint32_t, LAB_SEQ_CODES_COUNT> kRaised{LAB_SEQ_CODES};

/// The exceptions of LAB_FAULT_* (facts 2.1, 2.2).
constexpr std::array<std::uint32_t, LAB_FAULTS> kFaults = [] {
  using namespace win32;
  std::array<std::uint32_t, LAB_FAULTS> codes{};
  codes[LAB_FAULT_READ] = STATUS_ACCESS_VIOLATION;
  codes[LAB_FAULT_WRITE] = STATUS_ACCESS_VIOLATION;
  codes[LAB_FAULT_WRITE_CODE] = STATUS_ACCESS_VIOLATION;
  codes[LAB_FAULT_CALL] = STATUS_ACCESS_VIOLATION;
  codes[LAB_FAULT_DIVIDE] = STATUS_INTEGER_DIVIDE_BY_ZERO;
  codes[LAB_FAULT_OVERFLOW] = STATUS_INTEGER_OVERFLOW;
  codes[LAB_FAULT_UD2] = STATUS_ILLEGAL_INSTRUCTION;
  codes[LAB_FAULT_INT3] = STATUS_BREAKPOINT;
  codes[LAB_FAULT_HLT] = STATUS_PRIVILEGED_INSTRUCTION;
  codes[LAB_FAULT_STEP] = STATUS_SINGLE_STEP;
  codes[LAB_FAULT_BOUND] = STATUS_ARRAY_BOUNDS_EXCEEDED;
  codes[LAB_FAULT_INTO] = STATUS_INTEGER_OVERFLOW;
  codes[LAB_FAULT_LOCK] = STATUS_INVALID_LOCK_SEQUENCE;
  codes[LAB_FAULT_INT_20] = STATUS_ACCESS_VIOLATION;
  codes[LAB_FAULT_ASSERT] = STATUS_ASSERTION_FAILURE;
  codes[LAB_FAULT_X87] = STATUS_FLOAT_DIVIDE_BY_ZERO;
  codes[LAB_FAULT_SSE] = STATUS_FLOAT_MULTIPLE_TRAPS;
  codes[LAB_FAULT_GUARD] = STATUS_GUARD_PAGE_VIOLATION;
  return codes;
}();

}  // namespace

/// Until LAB_OP_END, the end of the string, or somebody leaves the frame.
Flow Run::run_operations(bool outermost) {
  while (cursor_ < count_) {
    const auto id = static_cast<std::uint8_t>(cursor_++);
    const Operation op = operation(id);
    if (detailed_) {
      visiting_ = into_->visits.size();
      into_->visits.push_back(
          {id, place_.level, place_.world, false, static_cast<std::uint32_t>(into_->log.size())});
    }
    if (op.op == LAB_OP_END && !outermost) return {};
    const Flow flow = execute(id, op);
    if (!flow.returned()) return flow;
  }
  return {};
}

/// Operations that a handler, a filter or a block runs, in C, where it was called.
Flow Run::run_steps() {
  if (!may_go_deeper()) return {};
  const Place here = place_;
  ++place_.level;
  place_.world = Program::C;
  const Flow flow = run_operations();
  if (flow.returned()) place_ = here;
  return flow;
}

Flow Run::execute(std::uint8_t id, Operation op) {
  switch (op.op) {
    case LAB_OP_FAULT:
      return fault(id, static_cast<std::uint8_t>(op.a % LAB_FAULTS));
    case LAB_OP_REUSE:
      return {};  // memory that nobody uses
    default:
      return place_.world == Program::C ? execute_c(id, op) : execute_go(id, op);
  }
}

Flow Run::execute_c(std::uint8_t id, Operation op) {
  switch (op.op) {
    case LAB_OP_RAISE:
      return raise_exception(id, op);
    case LAB_OP_THROW:
      return cxx_throw(op.a);
    case LAB_OP_UNWIND:
      return unwind_operation(op.a);
    case LAB_OP_LONGJMP:
      return longjmp(op.a);
    case LAB_OP_ADD_VECTORED:
      if (!vectored_.add(id, (op.b & 1) != 0)) idle();
      return {};
    case LAB_OP_REMOVE_VECTORED:
      if (!vectored_.remove(op.a)) idle();
      return {};
    case LAB_OP_ADD_CONTINUE:
      if (!continue_.add(id, (op.b & 1) != 0)) idle();
      return {};
    case LAB_OP_REMOVE_CONTINUE:
      if (!continue_.remove(op.a)) idle();
      return {};
    default:
      break;
  }
  if (!may_go_deeper()) {
    idle();
    return {};
  }
  switch (op.op) {
    case LAB_OP_RECORD:
      return record_frame(id);
    case LAB_OP_TRY_EXCEPT:
    case LAB_OP_TRY_FINALLY:
    case LAB_OP_TRY_BOTH:
      return try_frame(id, op);
    case LAB_OP_CXX_TRY:
      return cxx_try(id);
    case LAB_OP_CXX_OBJECT:
      return cxx_object(id);
    case LAB_OP_SETJMP:
      return setjmp_frame(id);
    case LAB_OP_THREAD:
      return thread_frame();
    case LAB_OP_STACK_BASE:
      return stack_base_frame(op);
    case LAB_OP_CALLBACK:
      return callback();
    default:
      idle();
      return {};
  }
}

Flow Run::fault(std::uint8_t id, std::uint8_t which) {
  const Flow flow = raise({kFaults[which], 0, which}, false);
  if (flow.panics()) return panic(flow.value());
  if (flow.returned()) log(LAB_LOG_RESUMED, id);
  return flow;
}

/// RaiseException (facts 3.5): of the flags only EXCEPTION_NONCONTINUABLE is taken over.
Flow Run::raise_exception(std::uint8_t id, Operation op) {
  const std::uint32_t flags = (op.b & 1) != 0 ? win32::EXCEPTION_NONCONTINUABLE : 0;
  const Flow flow = raise({kRaised[op.a % LAB_SEQ_CODES_COUNT], flags}, true);
  if (flow.panics()) return panic(flow.value());
  if (flow.returned()) log(LAB_LOG_RESUMED, id);
  return flow;
}

/// A thread of its own, which its maker waits for: a chain and live frames of its own.
Flow Run::thread_frame() {
  several_threads_ = true;
  const Place here = place_;
  const bool crossed = crossed_, waits_in_go = waits_in_go_;
  const std::size_t deferred = deferred_.size();
  waits_in_go_ = waits_in_go || place_.on_goroutine;
  new_chain();
  ++place_.level;
  place_.foreign = program_ == Program::Go;
  place_.live_from = place_.live_to;
  crossed_ = false;
  const Flow flow = run_operations();
  if (!flow.returned()) return flow;
  place_ = here;
  crossed_ = crossed;
  waits_in_go_ = waits_in_go;
  deferred_.resize(deferred);
  return {};
}

/// The end of a live record becomes the stack's (facts 3.2 E1, 3.6: a record must lie on it whole).
Flow Run::stack_base_frame(Operation op) {
  const LiveFrame* chosen = choose_live(Live::Record, op.a);
  if (chosen == nullptr || place_.on_goroutine || off_stack(chosen->record)) {
    idle();
    return {};
  }
  const Place here = place_;
  into_->off_stack = true;
  place_.base = chosen->record + (op.b & 1);
  ++place_.level;
  const Flow flow = run_operations();
  if (flow.returned()) place_ = here;
  return flow;
}

}  // namespace sehlab::fuzz::sequence
