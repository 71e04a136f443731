// panic, recover and deferred functions: the Go language's rules, and where Go 1.3's runtime makes
// them visible to SEH, go-windows-386.md 1.9 and 3.
#include "host/fuzz/sequence/run.hpp"

namespace sehlab::fuzz::sequence {

/// Runs the goroutine's deferred calls, newest first, until one recovers. `value` 0: the runtime
/// throws. A panic in a deferred function goes on with the calls that are left; the one that ran it
/// is aborted, since nobody comes back here.
Flow Run::panic(std::uint8_t value) {
  if (value == 0) return go_dies();
  Panic itself{value};
  while (deferred_.size() > place_.defers_from) {
    const Deferred next = deferred_.back();
    deferred_.pop_back();
    switch (next.kind) {
      case Deferred::Kind::EndCgo:
        place_.head = next.head;
        break;
      case Deferred::Kind::UnwindM:
        if (cxx_in_flight_ != 0) cxx_lost_ = true;
        break;
      case Deferred::Kind::Call: {
        const Flow flow = run_deferred(next, &itself);
        if (!flow.returned()) return flow;
        if (itself.recovered) return Flow::recovers(next.frame);
      }
    }
  }
  return go_dies();
}

/// `by`: the panic that calls it; nullptr when its function does, returning.
Flow Run::run_deferred(const Deferred& deferred, Panic* by) {
  const std::uint8_t id = deferred.id;
  const int policy = operation(id).a % LAB_DEFERS;
  log(LAB_LOG_DEFERRED, id);
  if ((policy == LAB_DEFER_STEPS || policy == LAB_DEFER_STEPS_RECOVER) && may_go_deeper()) {
    const Flow flow = go_call();
    if (!flow.returned()) return flow;
  }
  switch (policy) {
    case LAB_DEFER_RECOVER:
    case LAB_DEFER_STEPS_RECOVER:
    case LAB_DEFER_RECOVER_PANIC:
      recover(id, by);
      break;
    // recover() stops a panic only when the deferred function itself calls it.
    case LAB_DEFER_HELPED:
      recover(id, nullptr);
      break;
    default:
      break;
  }
  if (policy == LAB_DEFER_PANIC || policy == LAB_DEFER_RECOVER_PANIC) {
    return panic(static_cast<std::uint8_t>(id | 0x80));
  }
  return {};
}

void Run::recover(std::uint8_t id, Panic* by) {
  const bool recovers = by != nullptr && !by->recovered;
  log(LAB_LOG_RECOVERED, id, recovers ? by->value : std::uint8_t{0});
  if (recovers) by->recovered = true;
}

}  // namespace sehlab::fuzz::sequence
