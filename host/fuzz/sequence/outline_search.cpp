// Who takes an exception: vectored handlers, records and filters of C, Go's runtime.
#include <algorithm>

#include "host/fuzz/sequence/outline_scan.hpp"

namespace sehlab::fuzz::sequence {

void OutlineScan::fault(const RawOp& op) {
  if (top().world == World::C) return raise({});
  if (ask_vectored({})) return;
  // Those that Go's runtime makes panics of; it ends the process for the others (LAB_VALUE_*).
  switch (choice_of(op, 0)) {
    case LAB_FAULT_READ:
    case LAB_FAULT_WRITE:
    case LAB_FAULT_CALL:
    case LAB_FAULT_DIVIDE:
    case LAB_FAULT_OVERFLOW:
    case LAB_FAULT_INTO:
    case LAB_FAULT_X87:
      return panic(size_);
    default:
      over_ = true;
      return;
  }
}

void OutlineScan::raise(Exception exception) {
  if (!ask_vectored(exception)) search(size_, exception);
}

/// True: one of them takes it, or runs operations now.
bool OutlineScan::ask_vectored(Exception exception) {
  for (std::size_t i = 0; i < vectored_count_; ++i) {
    Vectored& handler = vectored_[i];
    if (handler.policy == LAB_VECTORED_SEARCH || handler.uses == LAB_SEQ_MOST_USES) continue;
    ++handler.uses;
    if (handler.policy == LAB_VECTORED_STEPS) {
      if (push_steps(World::C, handler.opener, After::Search, size_, exception)) return true;
    } else if (!exception.noncontinuable) {
      return true;
    }
  }
  return false;
}

/// The scopes below number `below`, the innermost first.
void OutlineScan::search(std::size_t below, Exception exception) {
  for (std::size_t at = std::min(below, size_); at-- > 1;) {
    Scope& scope = open_[at];
    const RawOp op = op_of(scope);
    // Go's runtime ends the process for what happens in C, as the system does at a thread's base.
    if (scope.world == World::Go || (code_of(op) == LAB_OP_THREAD && !scope.steps)) break;
    if (scope.steps || scope.unwound) continue;
    if (code_of(op) == LAB_OP_CXX_TRY) {
      if (exception.thrown) return unwind(at);
      continue;
    }
    if (scope.uses == LAB_SEQ_MOST_USES) continue;
    if (code_of(op) == LAB_OP_RECORD) {
      if (ask_record(scope, at, op, exception)) return;
    } else if (code_of(op) == LAB_OP_TRY_EXCEPT || code_of(op) == LAB_OP_TRY_BOTH) {
      if (ask_filter(scope, at, op, exception)) return;
    }
  }
  over_ = true;
}

/// True: the search is over, or operations run now.
bool OutlineScan::ask_record(Scope& scope, std::size_t at, const RawOp& op, Exception exception) {
  const std::uint8_t handle = choice_of(op, 0);
  if (handle == LAB_HANDLE_SEARCH) return false;
  ++scope.uses;
  const auto steps = [&](After after) {
    return push_steps(World::C, scope.opener, after, at, exception);
  };
  switch (handle) {
    case LAB_HANDLE_STEPS_SEARCH:
      return steps(After::Search);
    case LAB_HANDLE_STEPS_CONTINUE:
      if (steps(After::Return)) return true;
      [[fallthrough]];
    case LAB_HANDLE_CONTINUE:
      resume(exception);
      return true;
    case LAB_HANDLE_STEPS_UNWIND:
      if (steps(After::Unwind)) return true;
      [[fallthrough]];
    case LAB_HANDLE_UNWIND:
      unwind(at);
      return true;
    case LAB_HANDLE_UNWIND_TO:
      jump(LAB_OP_RECORD, op.operands[1]);
      return true;
    // No such target, or no such disposition: an exception of its own.
    case LAB_HANDLE_UNWIND_BAD:
    case LAB_HANDLE_COLLIDED:
    case LAB_HANDLE_JUNK:
      raise({false, true});
      return true;
    case LAB_HANDLE_INVALIDATE:
      over_ = true;
      return true;
    default:
      return false;
  }
}

bool OutlineScan::ask_filter(Scope& scope, std::size_t at, const RawOp& op, Exception exception) {
  const std::uint8_t filter = choice_of(op, 0);
  if (filter == LAB_FILTER_SEARCH) return false;
  ++scope.uses;
  const auto steps = [&](After after) {
    return push_steps(World::C, scope.opener, after, at, exception);
  };
  switch (filter) {
    case LAB_FILTER_STEPS_SEARCH:
      return steps(After::Search);
    case LAB_FILTER_STEPS_CONTINUE:
      if (steps(After::Return)) return true;
      [[fallthrough]];
    case LAB_FILTER_CONTINUE:
      resume(exception);
      return true;
    case LAB_FILTER_STEPS_EXECUTE:
      if (steps(After::Unwind)) return true;
      [[fallthrough]];
    default:
      unwind(at);
      return true;
  }
}

/// Somebody continues: behind the fault, or, where that is not allowed, with an exception more.
void OutlineScan::resume(Exception exception) {
  if (exception.noncontinuable) raise({false, true});
}

}  // namespace sehlab::fuzz::sequence
