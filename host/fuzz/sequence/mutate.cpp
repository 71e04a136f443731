#include "host/fuzz/sequence/mutate.hpp"

#include <algorithm>
#include <array>

#include "host/fuzz/sequence/dice.hpp"
#include "host/fuzz/sequence/editor.hpp"
#include "host/fuzz/sequence/generate.hpp"
#include "host/fuzz/sequence/havoc.hpp"
#include "host/fuzz/sequence/outline.hpp"

namespace sehlab::fuzz::sequence {

namespace {

constexpr std::size_t kHavocOneIn = 40;
constexpr std::size_t kMostStacked = 5;
constexpr std::size_t kMostRange = 12;

/// One change of a sequence at a time. Each returns false where there is nothing that it could
/// change.
class Mutation {
 public:
  Mutation(Editor& editor, Dice& dice, const Swarm& swarm, World begins_in)
      : editor_(editor), dice_(dice), swarm_(swarm), world_(begins_in) {}

  bool add_op() {
    if (editor_.left() == 0) return false;
    insert_op(editor_, dice_, swarm_, world_, place());
    return true;
  }
  bool add_scene() {
    if (editor_.left() == 0) return false;
    insert_scene(editor_, dice_, world_, place());
    return true;
  }
  bool erase_op() {
    if (editor_.count() == 0) return false;
    editor_.erase(any(), 1);
    return true;
  }
  bool erase_range() {
    if (editor_.count() < 2) return false;
    const Range range = any_range();
    editor_.erase(range.from, range.many);
    return true;
  }
  bool cut_tail() {
    if (editor_.count() < 2) return false;
    const std::size_t from = 1 + dice_.below(editor_.count() - 1);
    editor_.erase(from, editor_.count() - from);
    return true;
  }
  bool drop_unreached() {
    const std::size_t reached = Outline(editor_.bytes(), world_).reached();
    if (reached == editor_.count()) return false;
    editor_.erase(reached, editor_.count() - reached);
    return true;
  }
  bool duplicate_range() {
    if (editor_.count() == 0 || editor_.left() == 0) return false;
    const Range range = any_range();
    editor_.copy(range.from, range.many, range.from + range.many);
    return true;
  }
  /// Copies a range to somewhere else.
  bool splice() {
    if (editor_.count() == 0 || editor_.left() == 0) return false;
    const Range range = any_range();
    editor_.copy(range.from, range.many, place());
    return true;
  }
  bool swap_ops() {
    if (editor_.count() < 2) return false;
    const std::size_t first = any();
    const std::size_t second = dice_.one_in(2) ? any() : (first + 1) % editor_.count();
    const RawOp op = editor_.get(first);
    editor_.set(first, editor_.get(second));
    editor_.set(second, op);
    return first != second;
  }
  bool replace_op() {
    if (editor_.count() == 0) return false;
    const std::size_t number = any();
    editor_.set(number, draw_op(dice_, swarm_, Outline(editor_.bytes(), world_).at(number)));
    return true;
  }

  bool change_fault() {
    return change_operand([](const RawOp& op, std::size_t which) {
      return (op.op & LAB_SEQ_OP_MASK) == LAB_OP_FAULT && is_used(op, which);
    });
  }
  bool change_policy() {
    return change_operand([](const RawOp& op, std::size_t which) {
      if ((op.op & LAB_SEQ_OP_MASK) == LAB_OP_FAULT || !is_used(op, which)) return false;
      const OperandKind kind = op_rule(op.op)->operands[which].kind;
      return kind == OperandKind::Choice || kind == OperandKind::Flag;
    });
  }
  bool change_target() {
    return change_operand([](const RawOp& op, std::size_t which) {
      return is_used(op, which) && op_rule(op.op)->operands[which].kind == OperandKind::Frame;
    });
  }
  bool change_any_operand() {
    return change_operand([](const RawOp& op, std::size_t which) { return is_used(op, which); });
  }

  /// Puts a range into a frame of its own.
  bool wrap() {
    if (editor_.left() < 2) return false;
    const Range range = editor_.count() == 0 ? Range{0, 0} : any_range();
    const Outline::Spot spot = Outline(editor_.bytes(), world_).at(range.from);
    editor_.insert(range.from + range.many, RawOp{LAB_OP_END, {}});
    editor_.insert(range.from, draw_opener(dice_, swarm_, spot));
    return true;
  }
  /// Takes a frame from around what it encloses.
  bool unwrap() {
    const Outline outline(editor_.bytes(), world_);
    const auto opener = pick([&](std::size_t i) { return outline.at(i).end != Outline::kNone; });
    if (!opener) return false;
    editor_.erase(static_cast<std::size_t>(outline.at(*opener).end), 1);
    editor_.erase(*opener, 1);
    return true;
  }
  bool move_end() {
    const auto end =
        pick([&](std::size_t i) { return (editor_.get(i).op & LAB_SEQ_OP_MASK) == LAB_OP_END; });
    if (!end || editor_.count() < 2) return false;
    const RawOp op = editor_.get(*end);
    editor_.erase(*end, 1);
    editor_.insert(place(), op);
    return true;
  }

 private:
  struct Range {
    std::size_t from, many;
  };

  /// How far changes go: mostly as far as the sequence is executed.
  [[nodiscard]] std::size_t horizon() {
    const std::size_t reached = Outline(editor_.bytes(), world_).reached();
    return reached == 0 || dice_.one_in(8) ? editor_.count() : reached;
  }
  [[nodiscard]] std::size_t any() { return dice_.below(horizon()); }
  /// Before an operation, or behind the last one where that is reached.
  [[nodiscard]] std::size_t place() {
    const std::size_t most = horizon();
    return dice_.below(most + (most == editor_.count() ? 1 : 0));
  }
  [[nodiscard]] Range any_range() {
    const std::size_t from = any();
    return {from, 1 + dice_.below(std::min(kMostRange, editor_.count() - from))};
  }

  /// One of the operations that `wanted` says yes to, each with the same chance.
  template <typename Wanted>
  std::optional<std::size_t> pick(Wanted wanted) {
    std::size_t many = 0;
    for (std::size_t i = 0; i < editor_.count(); ++i) many += wanted(i) ? 1 : 0;
    if (many == 0) return std::nullopt;
    std::size_t rest = dice_.below(many);
    for (std::size_t i = 0; i < editor_.count(); ++i) {
      if (wanted(i) && rest-- == 0) return i;
    }
    return std::nullopt;
  }

  template <typename Wanted>
  bool change_operand(Wanted wanted) {
    constexpr std::size_t kOperands = 3;
    const auto number = pick([&](std::size_t i) {
      const RawOp op = editor_.get(i);
      return wanted(op, 0) || wanted(op, 1) || wanted(op, 2);
    });
    if (!number) return false;
    const RawOp op = editor_.get(*number);
    std::size_t which = dice_.below(kOperands);
    while (!wanted(op, which)) which = (which + 1) % kOperands;
    const std::uint8_t before = op.operands[which];
    std::uint8_t after = draw_operand(dice_, op_rule(op.op)->operands[which]);
    // Next to it rather than the same: a change that changes nothing is a run for nothing.
    if (after == before) after = static_cast<std::uint8_t>(before + (dice_.one_in(2) ? 1 : -1));
    editor_.set_operand(*number, which, after);
    return true;
  }

  Editor& editor_;
  Dice& dice_;
  const Swarm& swarm_;
  World world_;
};

struct Weighted {
  bool (Mutation::*change)();
  std::size_t weight;
};
constexpr std::array kChanges{
    Weighted{&Mutation::add_op, 12},
    Weighted{&Mutation::add_scene, 5},
    Weighted{&Mutation::erase_op, 7},
    Weighted{&Mutation::erase_range, 3},
    Weighted{&Mutation::cut_tail, 1},
    Weighted{&Mutation::drop_unreached, 6},
    Weighted{&Mutation::duplicate_range, 3},
    Weighted{&Mutation::splice, 3},
    Weighted{&Mutation::swap_ops, 4},
    Weighted{&Mutation::replace_op, 5},
    Weighted{&Mutation::change_fault, 4},
    Weighted{&Mutation::change_policy, 10},
    Weighted{&Mutation::change_target, 4},
    Weighted{&Mutation::change_any_operand, 3},
    Weighted{&Mutation::wrap, 6},
    Weighted{&Mutation::unwrap, 3},
    Weighted{&Mutation::move_end, 4},
};
constexpr std::size_t kChangesWeight = [] {
  std::size_t sum = 0;
  for (const Weighted& change : kChanges) sum += change.weight;
  return sum;
}();

/// Which of the changes fits is left to chance and tried again: adding one does, or erasing one.
void change_once(Mutation& mutation, Dice& dice) {
  for (;;) {
    std::size_t rest = dice.below(kChangesWeight);
    for (const Weighted& change : kChanges) {
      if (rest < change.weight) {
        if ((mutation.*change.change)()) return;
        break;
      }
      rest -= change.weight;
    }
  }
}

World world_for(std::optional<World> given, std::span<const std::uint8_t> bytes, Dice& dice) {
  if (given) return *given;
  const World either = dice.one_in(2) ? World::C : World::Go;
  return guess_world(bytes).value_or(either);
}

}  // namespace

std::size_t mutate(std::span<std::uint8_t> room, std::size_t size, std::uint32_t seed,
                   std::optional<World> begins_in) {
  Dice dice(seed);
  size = std::min(size, room.size());
  if (dice.one_in(kHavocOneIn) || room.size() < LAB_SEQ_OP_BYTES) return havoc(room, size, dice);
  Editor editor(room, size);
  const World world = world_for(begins_in, editor.bytes(), dice);
  const Swarm swarm(dice);
  Mutation mutation(editor, dice, swarm, world);
  std::size_t changes = 1;
  while (changes < kMostStacked && dice.one_in(2)) ++changes;
  for (; changes != 0; --changes) change_once(mutation, dice);
  return editor.bytes().size();
}

std::size_t crossover(std::span<const std::uint8_t> first, std::span<const std::uint8_t> second,
                      std::span<std::uint8_t> room, std::uint32_t seed,
                      std::optional<World> begins_in) {
  Dice dice(seed);
  const World world = world_for(begins_in, first, dice);
  const Outline before(first, world);
  const Outline after(second, begins_in ? *begins_in : world_for(std::nullopt, second, dice));
  const std::size_t cut = dice.below(before.count() + 1);
  const std::size_t start = dice.below(after.count() + 1);
  // From there on to the first place that is in the same world as where it is put; else from there.
  std::size_t from = start;
  while (from < after.count() && after.at(from).world != before.at(cut).world) ++from;
  if (from == after.count()) from = start;
  const std::size_t rest = after.count() - from;
  const bool whole_tail = dice.one_in(2);
  const std::size_t many = whole_tail || rest == 0 ? rest : 1 + dice.below(rest);

  Editor editor(room, 0);
  for (std::size_t i = 0; i < cut; ++i) editor.insert(i, raw_op(first, i));
  for (std::size_t i = 0; i < many; ++i) editor.insert(editor.count(), raw_op(second, from + i));
  for (std::size_t i = cut; !whole_tail && i < before.count(); ++i) {
    editor.insert(editor.count(), raw_op(first, i));
  }
  return editor.bytes().size();
}

}  // namespace sehlab::fuzz::sequence
