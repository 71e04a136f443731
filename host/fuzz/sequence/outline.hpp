// Outline: where each operation of a sequence is probably executed: in which world, how deep,
// inside whose frame, and whether at all. An estimate for those who write sequences, made in one
// pass: it follows calls, handlers that run operations, unwinding and panics by their main rules,
// and leaves the finer ones (dispositions, collided unwinds, threads' and goroutines' stacks) to
// the model, which is the oracle. A wrong guess costs a mutator an operation that does nothing.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "host/fuzz/sequence/grammar.hpp"

namespace sehlab::fuzz::sequence {

class Outline {
 public:
  static constexpr std::int16_t kNone = -1;

  struct Spot {
    World world;
    World program;        ///< that the sequence began in: one of C alone has no Go
    bool reached;         ///< false behind what ends the process
    std::uint8_t level;   ///< 0 in the sequence's outermost frame
    std::int16_t opener;  ///< the operation that opened the frame, or whose handler runs
    std::int16_t end;     ///< of one that opens a frame: the LAB_OP_END that leaves it

    /// Does the operation exist there?
    [[nodiscard]] bool has(const OpRule& rule) const {
      if (program == World::C && rule.code == LAB_OP_CALLBACK) return false;
      return rule.is_in(world);
    }
  };

  Outline(std::span<const std::uint8_t> bytes, World begins_in);

  [[nodiscard]] std::size_t count() const { return count_; }
  /// `number` up to and including count(): what follows the last operation has a spot, too.
  [[nodiscard]] const Spot& at(std::size_t number) const { return spots_[number]; }
  /// How many operations exist where they stand.
  [[nodiscard]] std::size_t fitting() const { return fitting_; }
  /// How many are executed; those behind them are not.
  [[nodiscard]] std::size_t reached() const { return reached_; }

 private:
  friend class OutlineScan;
  std::array<Spot, LAB_SEQ_MOST_OPS + 1> spots_;  // the first count_ + 1 of them
  std::size_t count_ = 0;
  std::size_t fitting_ = 0;
  std::size_t reached_ = 0;
};

/// The world that more of the operations fit when the sequence begins in it; nothing when both do
/// equally well.
[[nodiscard]] std::optional<World> guess_world(std::span<const std::uint8_t> bytes);

}  // namespace sehlab::fuzz::sequence
