// Whole sequences, and single operations, drawn at random: each fits the world that the outline
// expects where it stands.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "host/fuzz/sequence/dice.hpp"
#include "host/fuzz/sequence/editor.hpp"
#include "host/fuzz/sequence/grammar.hpp"
#include "host/fuzz/sequence/outline.hpp"

namespace sehlab::fuzz::sequence {

/// Writes a sequence of about three to twenty operations into `room`, which it may fill; the bytes
/// written. The same for the same seed and world. Nothing: the seed chooses the world as well.
[[nodiscard]] std::size_t generate(std::span<std::uint8_t> room, std::uint32_t seed,
                                   std::optional<World> begins_in = std::nullopt);

/// Some operations are favoured over others, others in each call: sequences of few kinds reach what
/// even mixtures do not (Groce et al., "Swarm testing", 2012).
class Swarm {
 public:
  explicit Swarm(Dice& dice) : favoured_(dice.next() & dice.next()) {}
  [[nodiscard]] std::size_t weight(const OpRule& rule) const {
    return (favoured_ >> rule.code & 1) != 0 ? rule.weight * 8u : rule.weight;
  }

 private:
  std::uint64_t favoured_;
};

/// A value of that operand: inside its range, small where there is none.
[[nodiscard]] std::uint8_t draw_operand(Dice& dice, const OperandRule& rule);
/// One that does something there: its world has it, a frame can still be opened, or be left.
[[nodiscard]] RawOp draw_op(Dice& dice, const Swarm& swarm, const Outline::Spot& spot);
/// One that opens a frame there.
[[nodiscard]] RawOp draw_opener(Dice& dice, const Swarm& swarm, const Outline::Spot& spot);
/// With operands drawn anew.
[[nodiscard]] RawOp draw_operands(Dice& dice, const OpRule& rule);

/// Adds an operation or a scene that begins in the world of the place before operation `number`.
void insert_op(Editor& editor, Dice& dice, const Swarm& swarm, World begins_in, std::size_t number);
void insert_scene(Editor& editor, Dice& dice, World begins_in, std::size_t number);

}  // namespace sehlab::fuzz::sequence
