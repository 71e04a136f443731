// __try, __except and __finally as _except_handler3 runs them (facts 1.6, 3.7). Each function has
// one record; its try level says which scopes are entered: of LAB_OP_TRY_BOTH 1 is the __finally
// scope inside of 0, the __except scope.
#include "host/fuzz/sequence/run.hpp"
#include "host/win32/exception_flags.hpp"

namespace sehlab::fuzz::sequence {

namespace {

constexpr std::int8_t kNoScope = -1;

bool has_except(Operation op) {
  return op.op != LAB_OP_TRY_FINALLY;
}
bool has_finally(Operation op) {
  return op.op != LAB_OP_TRY_EXCEPT;
}

std::int8_t innermost_scope(Operation op) {
  return op.op == LAB_OP_TRY_BOTH ? 1 : 0;
}
bool is_finally(Operation op, std::int8_t scope) {
  return has_finally(op) && scope == innermost_scope(op);
}
constexpr std::int8_t enclosing(std::int8_t scope) {
  return static_cast<std::int8_t>(scope - 1);
}

}  // namespace

Flow Run::try_frame(std::uint8_t id, Operation op) {
  const Place here = place_;
  const Index record = push(RecordKind::Try, id, innermost_scope(op));
  Place inside = place_;
  ++place_.level;
  Flow flow = run_operations();
  if (flow.returned()) {
    place_ = inside;
    records_[record].level = enclosing(innermost_scope(op));
    if (has_finally(op)) flow = finally(id, false);
  }
  if (flow.lands_in(id)) {
    // The __except block: ESP is the function's again, its record is still linked.
    place_ = inside;
    log(LAB_LOG_EXCEPT, id);
    flow = (op.c & 1) != 0 ? run_steps() : Flow{};
  }
  if (flow.returned()) place_ = here;
  return flow;
}

/// _except_handler3.
Flow Run::try_handler(Index frame, Exception& exception, Answer& answer) {
  if ((exception.flags & win32::kUnwindingOrExit) != 0) return local_unwind(frame, kNoScope);
  const std::uint8_t id = records_[frame].id;
  const Operation op = operation(id);
  if (!has_except(op)) return {};
  for (std::int8_t scope = records_[frame].level; scope != kNoScope; scope = enclosing(scope)) {
    if (is_finally(op, scope)) continue;
    int result = 0;
    Flow flow = filter(id, exception, result);
    if (!flow.returned()) return flow;
    if (result < 0) {
      answer.disposition = 0;
      return {};
    }
    if (result == 0) continue;
    flow = unwind_without_record(frame);
    if (!flow.returned()) return flow;
    flow = local_unwind(frame, scope);
    if (!flow.returned()) return flow;
    records_[frame].level = enclosing(scope);
    return Flow::lands(id);
  }
  return {};
}

Flow Run::filter(std::uint8_t id, const Exception& exception, int& result) {
  log(LAB_LOG_FILTER, id, exception);
  const int policy = operation(id).a % LAB_FILTERS;
  if (policy == LAB_FILTER_SEARCH || !follows(uses_, id)) return {};
  if (policy >= LAB_FILTER_STEPS_SEARCH) {
    const Flow flow = run_steps();
    if (!flow.returned()) return flow;
  }
  if (policy == LAB_FILTER_CONTINUE || policy == LAB_FILTER_STEPS_CONTINUE) result = -1;
  if (policy == LAB_FILTER_EXECUTE || policy == LAB_FILTER_STEPS_EXECUTE) result = 1;
  return {};
}

Flow Run::finally(std::uint8_t id, bool abnormal) {
  const Operation op = operation(id);
  log(LAB_LOG_FINALLY, id, abnormal ? 1 : 0);
  const int block = (op.op == LAB_OP_TRY_BOTH ? op.b : op.a) % LAB_BLOCKS;
  return block == LAB_BLOCK_STEPS ? run_steps() : Flow{};
}

/// _local_unwind2: the __finally blocks from the frame's level up to `stop`, each after its level
/// was left, under a guard.
Flow Run::local_unwind(Index frame, std::int8_t stop) {
  const Place here = place_;
  const std::uint8_t id = records_[frame].id;
  const Operation op = operation(id);
  push(RecordKind::LocalUnwindGuard, id, stop, frame);
  for (;;) {
    const std::int8_t scope = records_[frame].level;
    if (scope == kNoScope || scope == stop) break;
    records_[frame].level = enclosing(scope);
    if (!is_finally(op, scope)) continue;
    const Flow flow = finally(id, true);
    if (!flow.returned()) return flow;
  }
  place_ = here;
  return {};
}

}  // namespace sehlab::fuzz::sequence
