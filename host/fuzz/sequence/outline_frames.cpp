// How frames are left: by a return, by an unwind, by a panic.
#include <algorithm>

#include "host/fuzz/sequence/outline_scan.hpp"

namespace sehlab::fuzz::sequence {

namespace {

/// A block or a destructor that runs operations.
bool has_block_with_steps(const RawOp& op) {
  switch (code_of(op)) {
    case LAB_OP_TRY_FINALLY:
    case LAB_OP_CXX_OBJECT:
      return choice_of(op, 0) == LAB_BLOCK_STEPS;
    case LAB_OP_TRY_BOTH:
      return choice_of(op, 1) == LAB_BLOCK_STEPS;
    default:
      return false;
  }
}

/// An __except or catch block that runs operations.
bool has_handler_with_steps(const RawOp& op) {
  switch (code_of(op)) {
    case LAB_OP_TRY_EXCEPT:
    case LAB_OP_TRY_BOTH:
    case LAB_OP_CXX_TRY:
      return choice_of(op, 2) != 0;
    default:
      return false;
  }
}

}  // namespace

void OutlineScan::end(std::int16_t number) {
  if (size_ == 1) return;
  if (!top().steps) outline_.spots_[static_cast<std::size_t>(top().opener)].end = number;
  leave();
}

/// Leaves the innermost scope as a return does; its deferred functions or its block may run
/// operations.
void OutlineScan::leave() {
  if (!run_deferred(size_ - 1)) return;
  if (size_ == 1) {
    over_ = true;
    return;
  }
  const Scope left = top();
  --size_;
  if (left.steps) {
    go_on(left);
  } else if (!left.unwound && has_block_with_steps(op_of(left))) {
    push_steps(World::C, left.opener, After::Return, 0);
  }
}

/// False: one of them runs operations now, or panics.
bool OutlineScan::run_deferred(std::size_t at) {
  Scope& function = open_[at];
  while (function.deferred != 0) {
    const std::uint8_t defer = function.defers[--function.deferred];
    if (defer == LAB_DEFER_STEPS || defer == LAB_DEFER_STEPS_RECOVER) {
      if (push_steps(World::Go, function.opener, After::Leave, at)) return false;
    }
    if (defer == LAB_DEFER_PANIC || defer == LAB_DEFER_RECOVER_PANIC) {
      panic(at + 1);
      return false;
    }
  }
  return true;
}

void OutlineScan::go_on(const Scope& steps) {
  switch (steps.after) {
    case After::Return:
      return;
    case After::Search:
      return search(steps.about, steps.exception);
    case After::Unwind:
      return unwind(steps.about);
    case After::Panic:
      return panic(steps.about + 1u);
    case After::Recover:
      return recover(steps.about);
    case After::Leave:
      return leave();
  }
}

/// Unwinds to the live frame number `wanted` of those that `opener` opens.
void OutlineScan::jump(std::uint8_t opener, std::size_t wanted) {
  std::array<std::size_t, kMostScopes> live{};
  std::size_t count = 0;
  for (std::size_t at = size_; at-- > 1;) {
    if (open_[at].world == World::Go || code_of(op_of(open_[at])) == LAB_OP_THREAD) break;
    if (!open_[at].steps && code_of(op_of(open_[at])) == opener) live[count++] = at;
  }
  if (count == 0) return;
  const std::size_t at = live[wanted % count];
  // RtlUnwind finds no such record any more.
  if (opener == LAB_OP_RECORD && open_[at].unwound) return raise({false, true});
  unwind(at);
}

/// Unwinds what is inside scope `at`, then leaves that. Frames stay open until then: whoever is
/// called by the unwind runs on top of them.
void OutlineScan::unwind(std::size_t at) {
  if (at == 0 || at >= size_) return;
  for (std::size_t inner = size_; inner-- > at + 1;) {
    if (!unwind_scope(open_[inner], at)) return;
  }
  Scope& target = open_[at];
  const RawOp op = op_of(target);
  if (code_of(op) == LAB_OP_TRY_BOTH && !target.unwound && has_block_with_steps(op)) {
    target.unwound = true;
    if (push_steps(World::C, target.opener, After::Unwind, at)) return;
  }
  size_ = at;
  if (has_handler_with_steps(op)) push_steps(World::C, target.opener, After::Return, 0);
}

/// False: something runs operations now, or raises an exception.
bool OutlineScan::unwind_scope(Scope& scope, std::size_t target) {
  if (scope.steps || scope.unwound) return true;
  scope.unwound = true;
  const RawOp op = op_of(scope);
  bool steps = has_block_with_steps(op);
  if (code_of(op) == LAB_OP_RECORD) {
    const std::uint8_t answer = choice_of(op, 2);
    if (answer == LAB_UNWIND_CONTINUE || answer == LAB_UNWIND_NESTED) {
      raise({false, true});
      return false;
    }
    steps = answer == LAB_UNWIND_STEPS;
  }
  return !steps || !push_steps(World::C, scope.opener, After::Unwind, target);
}

/// The deferred functions of the Go frames below number `below` run, the innermost first.
void OutlineScan::panic(std::size_t below) {
  for (std::size_t at = std::min(below, size_); at-- > 0;) {
    Scope& function = open_[at];
    if (code_of(op_of(function)) == LAB_OP_THREAD) break;
    if (function.world == World::C) continue;
    while (function.deferred != 0) {
      const std::uint8_t defer = function.defers[--function.deferred];
      if (defer == LAB_DEFER_RECOVER) return recover(at);
      const bool recovers = defer == LAB_DEFER_STEPS_RECOVER;
      if (recovers || defer == LAB_DEFER_STEPS) {
        const After after = recovers ? After::Recover : After::Panic;
        if (push_steps(World::Go, function.opener, after, at)) return;
        if (recovers) return recover(at);
      }
    }
    if (code_of(op_of(function)) == LAB_OP_GO && !function.steps) break;
  }
  over_ = true;
}

/// The function that deferred returns to its caller.
void OutlineScan::recover(std::size_t at) {
  size_ = at + 1;
  leave();
}

}  // namespace sehlab::fuzz::sequence
