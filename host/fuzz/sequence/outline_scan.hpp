// OutlineScan: one pass over a sequence with a stack of what is open; it fills an Outline.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "host/fuzz/sequence/outline.hpp"

namespace sehlab::fuzz::sequence {

class OutlineScan {
 public:
  OutlineScan(Outline& outline, std::span<const std::uint8_t> bytes, World begins_in);

 private:
  struct Exception {
    bool thrown;  ///< C++'s: what catch blocks take
    bool noncontinuable;
  };
  /// What goes on when operations that something runs come to their end.
  enum class After : std::uint8_t { Return, Search, Unwind, Panic, Recover, Leave };

  struct Scope {
    World world = World::C;
    std::int16_t opener = Outline::kNone;
    bool steps = false;           ///< a handler's, a block's or a deferred function's operations
    bool unwound = false;         ///< a frame that an unwind has passed, or is at
    After after = After::Return;  ///< of steps
    std::uint8_t about = 0;       ///< of steps: the scope that `after` speaks of
    Exception exception{};        ///< of steps: that goes on being searched
    std::uint8_t uses = 0;        ///< of a frame: how often its policy was followed
    std::uint8_t deferred = 0;    ///< how many of `defers` wait, in Go
    std::array<std::uint8_t, 8> defers{};
  };
  struct Vectored {
    std::int16_t opener;
    std::uint8_t policy, uses;
  };
  static constexpr std::size_t kMostScopes = LAB_SEQ_MOST_LEVELS + 1;

  [[nodiscard]] Scope& top() { return open_[size_ - 1]; }
  [[nodiscard]] RawOp op_of(const Scope& scope) const;
  void note(std::size_t number);
  bool push_steps(World world, std::int16_t opener, After after, std::size_t about,
                  Exception exception = {});
  void step(std::int16_t number);
  void execute(const RawOp& op, std::int16_t number);

  // ---- outline_frames.cpp: returns, unwinding, panics ----
  void end(std::int16_t number);
  void leave();
  bool run_deferred(std::size_t at);
  void go_on(const Scope& steps);
  void jump(std::uint8_t opener, std::size_t wanted);
  void unwind(std::size_t at);
  bool unwind_scope(Scope& scope, std::size_t target);
  void panic(std::size_t below);
  void recover(std::size_t at);

  // ---- outline_search.cpp: who takes an exception ----
  void fault(const RawOp& op);
  void raise(Exception exception);
  bool ask_vectored(Exception exception);
  void search(std::size_t below, Exception exception);
  bool ask_record(Scope& scope, std::size_t at, const RawOp& op, Exception exception);
  bool ask_filter(Scope& scope, std::size_t at, const RawOp& op, Exception exception);
  void resume(Exception exception);

  Outline& outline_;
  std::span<const std::uint8_t> bytes_;
  std::array<Scope, kMostScopes> open_;
  std::size_t size_ = 1;
  std::array<Vectored, LAB_SEQ_MOST_VECTORED> vectored_{};
  std::size_t vectored_count_ = 0;
  bool over_ = false;  // the process has ended, or the outermost function has
};

/// The operation's number, and what its operand chooses.
[[nodiscard]] inline std::uint8_t code_of(const RawOp& op) {
  return op.op & LAB_SEQ_OP_MASK;
}
[[nodiscard]] inline std::uint8_t choice_of(const RawOp& op, std::size_t which) {
  return chosen(op_rule(op.op)->operands[which], op.operands[which]);
}

}  // namespace sehlab::fuzz::sequence
