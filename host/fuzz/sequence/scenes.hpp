// Scenes: short sequences each of which shows something known to be hard, with the operands that do
// not matter for it left open. A mutator puts one in as a whole, as chance would take long to.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "host/fuzz/sequence/dice.hpp"
#include "host/fuzz/sequence/grammar.hpp"
#include "host/fuzz/sequence/outline.hpp"

namespace sehlab::fuzz::sequence {

constexpr std::size_t kMostSceneOps = 16;

struct Scene {
  static constexpr int kAny = -1;  ///< drawn from what the operand chooses from
  struct Op {
    std::uint8_t op = LAB_OP_NOP;  ///< LAB_OP_NOP: the scene is over
    int a = 0, b = 0, c = 0;
  };
  std::string_view name;
  World world;  ///< that it begins in, and ends in where nothing goes on otherwise
  std::array<Op, kMostSceneOps> ops;
};

[[nodiscard]] std::span<const Scene> scenes();

/// Writes the scene's operations, open operands drawn; how many.
std::size_t play(const Scene& scene, Dice& dice, std::span<RawOp, kMostSceneOps> into);
/// Any scene that can be played there.
std::size_t draw_scene(Dice& dice, const Outline::Spot& spot, std::span<RawOp, kMostSceneOps> into);

}  // namespace sehlab::fuzz::sequence
