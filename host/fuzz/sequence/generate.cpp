#include "host/fuzz/sequence/generate.hpp"

#include <array>

#include "host/fuzz/sequence/scenes.hpp"

namespace sehlab::fuzz::sequence {

namespace {

constexpr std::size_t kFewestOps = 3;
constexpr std::size_t kUsualOps = 20;
/// Draws in vain, until what is drawn is taken as it is.
constexpr std::size_t kAttemptsPerOp = 4;

template <typename Wanted>
RawOp draw(Dice& dice, const Swarm& swarm, Wanted wanted) {
  std::size_t total = 0;
  for (const OpRule& rule : op_rules()) {
    if (wanted(rule)) total += swarm.weight(rule);
  }
  std::size_t rest = dice.below(total);
  for (const OpRule& rule : op_rules()) {
    if (!wanted(rule)) continue;
    if (rest < swarm.weight(rule)) return draw_operands(dice, rule);
    rest -= swarm.weight(rule);
  }
  return {};
}

}  // namespace

std::uint8_t draw_operand(Dice& dice, const OperandRule& rule) {
  switch (rule.kind) {
    case OperandKind::Unused:
      return 0;
    case OperandKind::Choice:
      return static_cast<std::uint8_t>(dice.below(rule.names.size()));
    case OperandKind::Flag:
      return static_cast<std::uint8_t>(dice.below(2));
    // The outermost of several is as interesting as the innermost, whatever their number is.
    case OperandKind::Frame:
      return static_cast<std::uint8_t>(dice.below(dice.one_in(4) ? 12 : 3));
    case OperandKind::Value:
      return dice.one_in(8) ? dice.byte() : static_cast<std::uint8_t>(dice.below(10));
  }
  return 0;
}

RawOp draw_operands(Dice& dice, const OpRule& rule) {
  RawOp op{rule.code, {}};
  for (std::size_t i = 0; i < op.operands.size(); ++i) {
    op.operands[i] = draw_operand(dice, rule.operands[i]);
  }
  // What a record does when it is unwound is mostly nothing: the other answers end many runs.
  if (rule.code == LAB_OP_RECORD && !dice.one_in(3)) op.operands[2] = LAB_UNWIND_SEARCH;
  if (rule.code == LAB_OP_RAISE && !dice.one_in(4)) op.operands[1] = 0;
  return op;
}

RawOp draw_op(Dice& dice, const Swarm& swarm, const Outline::Spot& spot) {
  return draw(dice, swarm, [&](const OpRule& rule) {
    if (rule.opens && spot.level >= LAB_SEQ_MOST_LEVELS) return false;
    if (rule.code == LAB_OP_END && spot.level == 0) return false;
    return spot.has(rule);
  });
}

RawOp draw_opener(Dice& dice, const Swarm& swarm, const Outline::Spot& spot) {
  return draw(dice, swarm, [&](const OpRule& rule) { return rule.opens && spot.has(rule); });
}

void insert_op(Editor& editor, Dice& dice, const Swarm& swarm, World begins_in,
               std::size_t number) {
  editor.insert(number, draw_op(dice, swarm, Outline(editor.bytes(), begins_in).at(number)));
}

void insert_scene(Editor& editor, Dice& dice, World begins_in, std::size_t number) {
  std::array<RawOp, kMostSceneOps> ops;
  const std::size_t count = draw_scene(dice, Outline(editor.bytes(), begins_in).at(number), ops);
  editor.insert(number, std::span(ops).first(count));
}

std::size_t generate(std::span<std::uint8_t> room, std::uint32_t seed,
                     std::optional<World> begins_in) {
  Dice dice(seed);
  const Swarm swarm(dice);
  const World world = begins_in.value_or(dice.one_in(2) ? World::C : World::Go);
  Editor editor(room, 0);
  const std::size_t wanted = kFewestOps + dice.below(kUsualOps - kFewestOps + 1);
  std::size_t attempts = kAttemptsPerOp * wanted;
  while (editor.count() < wanted && editor.left() != 0) {
    const std::size_t before = editor.count();
    if (dice.one_in(8)) {
      insert_scene(editor, dice, world, before);
    } else {
      insert_op(editor, dice, swarm, world, before);
    }
    // What ends the process is drawn anew, mostly: nothing behind it would be executed.
    const bool ends = !Outline(editor.bytes(), world).at(editor.count()).reached;
    if (ends && editor.count() < wanted && attempts != 0) {
      --attempts;
      editor.erase(before, editor.count() - before);
    }
  }
  return editor.bytes().size();
}

}  // namespace sehlab::fuzz::sequence
