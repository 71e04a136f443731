// Go's side of calls between the worlds, and its exception handler, sigtramp: Go 1.3 on
// windows/386 as of commit 1249d3a (go-windows-386.md 1, 3).
#include "host/fuzz/sequence/run.hpp"
#include "host/win32/exception_flags.hpp"
#include "host/win32/status.hpp"

namespace sehlab::fuzz::sequence {

using namespace win32;

Flow Run::execute_go(std::uint8_t id, Operation op) {
  switch (op.op) {
    case LAB_OP_DEFER:
      deferred_.push_back({Deferred::Kind::Call, id, place_.go_frame, kNoRecord});
      return {};
    case LAB_OP_PANIC:
      return panic(static_cast<std::uint8_t>(op.a | 0x80));
    // Which thread a goroutine runs on changes nothing that a sequence sees: on each the chain
    // begins with the same three records.
    case LAB_OP_LOCK:
    case LAB_OP_UNLOCK:
      return {};
    default:
      break;
  }
  if (!may_go_deeper()) {
    idle();
    return {};
  }
  switch (op.op) {
    case LAB_OP_CGOCALL:
      return cgocall();
    case LAB_OP_GOCALL:
      return go_call();
    case LAB_OP_GO:
      return goroutine();
    default:
      idle();
      return {};
  }
}

/// A Go function whose body runs operations; its level is set. When it returns, or when one of its
/// deferred functions has recovered, those that are left run, newest first, called by itself.
Flow Run::go_frame(bool outermost) {
  place_.world = Program::Go;
  place_.on_goroutine = true;
  place_.go_frame = ++go_frames_;
  const Place inside = place_;
  Flow flow = run_operations(outermost);
  for (;;) {
    if (!flow.returned() && !flow.recovers_in(inside.go_frame)) return flow;
    place_ = inside;
    if (deferred_.size() == place_.defers_from || deferred_.back().frame != inside.go_frame) {
      return {};
    }
    const Deferred next = deferred_.back();
    deferred_.pop_back();
    flow = run_deferred(next, nullptr);
  }
}

Flow Run::go_call() {
  const Place here = place_;
  ++place_.level;
  const Flow flow = go_frame();
  if (flow.returned()) place_ = here;
  return flow;
}

/// cgocall: C runs on the thread's stack. fs:[0] is remembered for endcgo, which is deferred.
Flow Run::cgocall() {
  const Place here = place_;
  const std::size_t before = deferred_.size();
  deferred_.push_back({Deferred::Kind::EndCgo, 0, 0, place_.head});
  ++place_.level;
  place_.world = Program::C;
  place_.on_goroutine = false;
  place_.live_from = place_.live_to;
  const Flow flow = run_operations();
  if (!flow.returned()) return flow;
  // C unwound Go frames: their deferred calls are still in the list, and Go notices.
  if (deferred_.size() != before + 1) return go_dies();
  deferred_.pop_back();
  place_ = here;
  return {};
}

/// callbackasm1 links a record of its own on the thread's stack; on a thread that Go does not know
/// needm links the new M's (go-windows-386.md 1.5, 1.7).
Flow Run::callback() {
  if (program_ == Program::C || place_.base != 0) {
    idle();
    return {};
  }
  // The goroutine's saved stack pointer is stale in both cases: nobody can say what is overwritten.
  if (place_.on_goroutine || crossed_) return unmodelled(LAB_OP_CALLBACK);
  if (waits_in_go_) return unmodelled(LAB_OP_CALLBACK);  // it waits for ever
  const Place here = place_;
  const std::size_t before = deferred_.size();
  push(RecordKind::Sigtramp, 0);
  if (place_.foreign) {
    push(RecordKind::Sigtramp, 0);
    place_.defers_from = static_cast<std::uint32_t>(before);
    place_.foreign = false;
  }
  deferred_.push_back({Deferred::Kind::UnwindM});
  ++place_.level;
  const Flow flow = go_frame();
  if (flow.lands()) crossed_ = true;
  if (!flow.returned()) return flow;
  deferred_.resize(before);
  place_ = here;
  return {};
}

/// A goroutine of its own, which its maker waits for. If the maker is locked to its thread, it runs
/// on another one, otherwise on a thread that is in no call of C: the chain is mstart's in any
/// case.
Flow Run::goroutine() {
  several_threads_ = true;  // if the one that waits is locked to its thread
  const Place here = place_;
  new_chain();
  push(RecordKind::Sigtramp, 0);
  ++place_.level;
  place_.foreign = false;
  place_.live_from = place_.live_to;
  place_.defers_from = static_cast<std::uint32_t>(deferred_.size());
  const Flow flow = go_frame();
  if (flow.returned()) place_ = here;
  return flow;
}

Flow Run::go_dies() {
  return end(Ending::Kind::Exited, 2);
}

namespace {

/// What sigpanic makes of an exception that sighandler hands to it (go-windows-386.md 1.8): a
/// panic's value, or 0 where it throws "unexpected fault address".
std::uint8_t sigpanic_value(const Exception& exception) {
  switch (exception.code) {
    case STATUS_INTEGER_DIVIDE_BY_ZERO:
      return LAB_VALUE_DIVIDE;
    case STATUS_INTEGER_OVERFLOW:
      return LAB_VALUE_OVERFLOW;
    case STATUS_FLOAT_DIVIDE_BY_ZERO:
      return LAB_VALUE_FLOAT;
    default:
      break;
  }
  switch (exception.fault) {
    case LAB_FAULT_READ:
    case LAB_FAULT_WRITE:
      return LAB_VALUE_MEMORY;
    case LAB_FAULT_CALL:
      return LAB_VALUE_NIL_CALL;
    default:
      return 0;  // the program's code, and FFFFFFFF of a general protection fault
  }
}

/// issigpanic, of the codes that a sequence can raise.
bool is_sigpanic(std::uint32_t code) {
  return code == STATUS_ACCESS_VIOLATION || code == STATUS_INTEGER_DIVIDE_BY_ZERO ||
         code == STATUS_INTEGER_OVERFLOW || code == STATUS_FLOAT_DIVIDE_BY_ZERO;
}

}  // namespace

/// sigtramp and sighandler. On the thread's own stack, in C, nothing becomes a panic.
Flow Run::sigtramp(const Exception& exception, Answer& answer) {
  if ((exception.flags & kUnwindingOrExit) != 0 || exception.code == STATUS_BREAKPOINT) return {};
  if (!place_.on_goroutine || !is_sigpanic(exception.code)) return go_dies();
  // A raised access violation has one parameter, and sigpanic looks at the second.
  if (exception.code == STATUS_ACCESS_VIOLATION && exception.fault == LAB_FAULTS) {
    return unmodelled(LAB_OP_RAISE);
  }
  answer.disposition = 0;
  answer.resume = Flow::panics(sigpanic_value(exception));
  return {};
}

}  // namespace sehlab::fuzz::sequence
