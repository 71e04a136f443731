// Shrinker: proposes ever simpler sequences, one at a time, to somebody who says of each whether it
// still does what the first one did. It never calls anybody: an engine that asks step by step
// (AFL++'s trimming) drives it as a loop does (shrink.hpp).
//
// The order is proptest-state-machine's: the tail goes first, then ranges, ever smaller ones, then
// single operations from the back, frames (what opens one, with its LAB_OP_END), then operands
// become 0, then operations simpler ones; again until a whole round changes nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "host/fuzz/sequence/grammar.hpp"

namespace sehlab::fuzz::sequence {

class Shrinker {
 public:
  /// `begins_in`: nothing for the world that the operations fit better (C, if both).
  explicit Shrinker(std::span<const std::uint8_t> bytes,
                    std::optional<World> begins_in = std::nullopt);

  /// A sequence that is simpler than best() and was not proposed before; nothing at the end. Valid
  /// until the next call of anything.
  [[nodiscard]] std::optional<std::span<const std::uint8_t>> next();
  /// About the last proposal: it becomes the best one, or not.
  void answer(bool still_does);

  [[nodiscard]] std::span<const std::uint8_t> best() const { return best_; }
  /// What is being tried: "tail", "ranges", "frames", "operands" or "operations".
  [[nodiscard]] std::string_view phase() const;

 private:
  enum class Phase : std::uint8_t { Tail, Ranges, Frames, Clean, Operands, Operations, Done };

  [[nodiscard]] std::size_t count() const { return ops_in(best_.size()); }
  [[nodiscard]] RawOp op(std::size_t number) const { return raw_op(best_, number); }
  void begin(Phase phase);
  /// Makes candidate_ for the place where the phase stands; false where there is none.
  bool propose();
  /// The phase's next place.
  void advance(bool accepted);
  void next_phase();

  void keep_but(std::size_t from, std::size_t many);
  void replace(std::size_t number, const RawOp& op);
  bool propose_frame();
  bool propose_clean();
  bool propose_operand();

  World world_;
  std::vector<std::uint8_t> best_, candidate_;
  std::unordered_set<std::uint64_t> proposed_;  // their hashes: one of 2^64 is left out by mistake
  Phase phase_ = Phase::Tail;
  bool changed_ = false;     // in this round
  std::size_t chunk_ = 0;    // of Tail and Ranges
  std::size_t at_ = 0;       // an operation's number; of Ranges: the end of what goes
  std::size_t attempt_ = 0;  // at that operation
};

}  // namespace sehlab::fuzz::sequence
