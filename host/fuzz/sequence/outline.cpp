#include "host/fuzz/sequence/outline.hpp"

#include <algorithm>

namespace sehlab::fuzz::sequence {

/// One pass over a sequence with a stack of what is open.
class OutlineScan {
 public:
  OutlineScan(Outline& outline, std::span<const std::uint8_t> bytes, World begins_in)
      : outline_(outline), bytes_(bytes) {
    open_[0].world = begins_in;
    outline.count_ = ops_in(bytes.size());
    for (std::size_t i = 0; i < outline.count_; ++i) step(static_cast<std::int16_t>(i));
    note(outline.count_);
  }

 private:
  /// What goes on when operations that something runs come to their end.
  enum class After : std::uint8_t { Return, Search, Unwind, Panic, Recover, Leave };

  struct Scope {
    World world = World::C;
    std::int16_t opener = Outline::kNone;
    bool steps = false;           // a handler's, a block's or a deferred function's operations
    After after = After::Return;  // of steps
    std::uint8_t about = 0;       // of steps: the scope that `after` speaks of
    std::uint8_t uses = 0;        // of a frame: how often its policy was followed
    std::uint8_t deferred = 0;    // of a frame or steps in Go
    std::array<std::uint8_t, 8> defers{};
  };
  static constexpr std::size_t kMostScopes = LAB_SEQ_MOST_LEVELS + 1;

  Scope& top() { return open_[size_ - 1]; }
  RawOp op_of(const Scope& scope) const {
    if (scope.opener == Outline::kNone) return {};
    return raw_op(bytes_, static_cast<std::size_t>(scope.opener));
  }
  static std::uint8_t code(const RawOp& op) { return op.op & LAB_SEQ_OP_MASK; }
  static std::uint8_t choice(const RawOp& op, std::size_t which) {
    return chosen(op_rule(op.op)->operands[which], op.operands[which]);
  }

  void note(std::size_t number) {
    Outline::Spot& spot = outline_.spots_[number];
    spot.world = top().world;
    spot.level = static_cast<std::uint8_t>(size_ - 1);
    spot.opener = top().opener;
  }

  /// False where no level is left.
  bool push(const Scope& scope) {
    if (size_ == kMostScopes) return false;
    open_[size_++] = scope;
    return true;
  }
  bool push_steps(World world, std::int16_t opener, After after, std::size_t about) {
    Scope scope;
    scope.world = world;
    scope.opener = opener;
    scope.steps = true;
    scope.after = after;
    scope.about = static_cast<std::uint8_t>(about);
    return push(scope);
  }

  void step(std::int16_t number) {
    note(static_cast<std::size_t>(number));
    const RawOp op = raw_op(bytes_, static_cast<std::size_t>(number));
    const OpRule* rule = op_rule(op.op);
    const World world = top().world;
    if (rule == nullptr || !rule->is_in(world)) return;
    ++outline_.fitting_;
    if (rule->opens) {
      Scope scope;
      scope.world = *rule->opens;
      scope.opener = number;
      push(scope);
      return;
    }
    switch (rule->code) {
      case LAB_OP_END:
        end(number);
        break;
      case LAB_OP_FAULT:
        world == World::C ? search(size_, false) : panic(size_);
        break;
      case LAB_OP_RAISE:
        search(size_, false);
        break;
      case LAB_OP_THROW:
        search(size_, true);
        break;
      case LAB_OP_PANIC:
        panic(size_);
        break;
      case LAB_OP_UNWIND:
        jump(LAB_OP_RECORD, op.operands[0]);
        break;
      case LAB_OP_LONGJMP:
        jump(LAB_OP_SETJMP, op.operands[0]);
        break;
      case LAB_OP_DEFER: {
        Scope& function = top();
        if (function.deferred < function.defers.size()) {
          function.defers[function.deferred++] = choice(op, 0);
        }
        break;
      }
      default:
        break;
    }
  }

  void end(std::int16_t number) {
    if (size_ == 1) return;
    if (!top().steps) outline_.spots_[static_cast<std::size_t>(top().opener)].end = number;
    leave();
  }

  /// Leaves the innermost scope as a return does; its deferred functions or its block may run
  /// operations.
  void leave() {
    if (!run_deferred(size_ - 1)) return;
    const Scope left = top();
    --size_;
    if (left.steps) {
      go_on(left.after, left.about);
    } else if (has_block_with_steps(op_of(left), false)) {
      push_steps(World::C, left.opener, After::Return, 0);
    }
  }

  /// False: one of them runs operations now.
  bool run_deferred(std::size_t at) {
    Scope& function = open_[at];
    while (function.deferred != 0) {
      const std::uint8_t defer = function.defers[--function.deferred];
      if (defer == LAB_DEFER_STEPS || defer == LAB_DEFER_STEPS_RECOVER) {
        if (push_steps(World::Go, function.opener, After::Leave, at)) return false;
      }
    }
    return true;
  }

  static bool has_block_with_steps(const RawOp& op, bool unwound) {
    switch (code(op)) {
      case LAB_OP_TRY_FINALLY:
      case LAB_OP_CXX_OBJECT:
        return choice(op, 0) == LAB_BLOCK_STEPS;
      case LAB_OP_TRY_BOTH:
        return choice(op, 1) == LAB_BLOCK_STEPS;
      case LAB_OP_RECORD:
        return unwound && choice(op, 2) == LAB_UNWIND_STEPS;
      default:
        return false;
    }
  }

  void go_on(After after, std::size_t about) {
    switch (after) {
      case After::Return:
        break;
      case After::Search:
        search(about, false);
        break;
      case After::Unwind:
        unwind(about);
        break;
      case After::Panic:
        panic(about + 1);
        break;
      case After::Recover:
        size_ = std::max<std::size_t>(about, 1);
        break;
      case After::Leave:
        leave();
        break;
    }
  }

  /// The frames in `open_` below number `below`, the innermost first, are asked about an exception.
  void search(std::size_t below, bool thrown) {
    for (std::size_t at = std::min(below, size_); at-- > 1;) {
      Scope& scope = open_[at];
      if (scope.steps || scope.world == World::Go) continue;
      const RawOp op = op_of(scope);
      if (code(op) == LAB_OP_THREAD) return;
      if (code(op) == LAB_OP_CXX_TRY) {
        if (thrown) return unwind(at);
        continue;
      }
      if (scope.uses == LAB_SEQ_MOST_USES) continue;
      if (code(op) == LAB_OP_RECORD) {
        if (ask_record(scope, at, op)) return;
      } else if (code(op) == LAB_OP_TRY_EXCEPT || code(op) == LAB_OP_TRY_BOTH) {
        if (ask_filter(scope, at, op)) return;
      }
    }
  }

  bool ask_record(Scope& scope, std::size_t at, const RawOp& op) {
    const std::uint8_t handle = choice(op, 0);
    if (handle != LAB_HANDLE_SEARCH) ++scope.uses;
    switch (handle) {
      case LAB_HANDLE_CONTINUE:
        return true;
      case LAB_HANDLE_UNWIND:
        unwind(at);
        return true;
      case LAB_HANDLE_UNWIND_TO:
        jump(LAB_OP_RECORD, op.operands[1]);
        return true;
      case LAB_HANDLE_STEPS_SEARCH:
        return push_steps(World::C, scope.opener, After::Search, at);
      case LAB_HANDLE_STEPS_CONTINUE:
        return push_steps(World::C, scope.opener, After::Return, at);
      case LAB_HANDLE_STEPS_UNWIND:
        return push_steps(World::C, scope.opener, After::Unwind, at);
      default:
        return false;
    }
  }

  bool ask_filter(Scope& scope, std::size_t at, const RawOp& op) {
    const std::uint8_t filter = choice(op, 0);
    if (filter != LAB_FILTER_SEARCH) ++scope.uses;
    switch (filter) {
      case LAB_FILTER_CONTINUE:
        return true;
      case LAB_FILTER_EXECUTE:
        unwind(at);
        return true;
      case LAB_FILTER_STEPS_SEARCH:
        return push_steps(World::C, scope.opener, After::Search, at);
      case LAB_FILTER_STEPS_CONTINUE:
        return push_steps(World::C, scope.opener, After::Return, at);
      case LAB_FILTER_STEPS_EXECUTE:
        return push_steps(World::C, scope.opener, After::Unwind, at);
      default:
        return false;
    }
  }

  /// Unwinds to the live frame number `wanted` of those that `opener` opens.
  void jump(std::uint8_t opener, std::size_t wanted) {
    std::array<std::size_t, kMostScopes> live{};
    std::size_t count = 0;
    for (std::size_t at = size_; at-- > 1;) {
      if (open_[at].world == World::Go) break;
      if (!open_[at].steps && code(op_of(open_[at])) == opener) live[count++] = at;
    }
    if (count != 0) unwind(live[wanted % count]);
  }

  /// Leaves frame `at` and all inside it; the first block on the way that runs operations does.
  void unwind(std::size_t at) {
    if (at == 0 || at >= size_) return;
    while (size_ > at) {
      const Scope left = top();
      const RawOp op = op_of(left);
      --size_;
      if (left.steps) continue;
      const bool target = size_ == at;
      const bool block = target ? (code(op) == LAB_OP_TRY_EXCEPT || code(op) == LAB_OP_TRY_BOTH ||
                                   code(op) == LAB_OP_CXX_TRY) &&
                                      choice(op, 2) != 0
                                : has_block_with_steps(op, true);
      if (block) {
        push_steps(World::C, left.opener, target ? After::Return : After::Unwind, at);
        return;
      }
    }
  }

  /// The deferred functions of the Go frames below number `below` run, the innermost first.
  void panic(std::size_t below) {
    for (std::size_t at = std::min(below, size_); at-- > 0;) {
      Scope& function = open_[at];
      if (function.world == World::C) continue;
      while (function.deferred != 0) {
        const std::uint8_t defer = function.defers[--function.deferred];
        if (defer == LAB_DEFER_RECOVER) {
          size_ = std::max<std::size_t>(at, 1);
          return;
        }
        const bool recovers = defer == LAB_DEFER_STEPS_RECOVER;
        if (recovers || defer == LAB_DEFER_STEPS) {
          const After after = recovers ? After::Recover : After::Panic;
          if (push_steps(World::Go, function.opener, after, at)) return;
        }
      }
      if (code(op_of(function)) == LAB_OP_GO) return;
    }
  }

  Outline& outline_;
  std::span<const std::uint8_t> bytes_;
  std::array<Scope, kMostScopes> open_;
  std::size_t size_ = 1;
};

Outline::Outline(std::span<const std::uint8_t> bytes, World begins_in) {
  OutlineScan(*this, bytes, begins_in);
}

std::optional<World> guess_world(std::span<const std::uint8_t> bytes) {
  const std::size_t c = Outline(bytes, World::C).fitting();
  const std::size_t go = Outline(bytes, World::Go).fitting();
  if (c == go) return std::nullopt;
  return c > go ? World::C : World::Go;
}

}  // namespace sehlab::fuzz::sequence
