#include "host/fuzz/sequence/outline.hpp"

#include <algorithm>

#include "host/fuzz/sequence/outline_scan.hpp"

namespace sehlab::fuzz::sequence {

OutlineScan::OutlineScan(Outline& outline, std::span<const std::uint8_t> bytes, World begins_in)
    : outline_(outline), bytes_(bytes) {
  open_[0].world = begins_in;
  outline.count_ = ops_in(bytes.size());
  for (std::size_t i = 0; i < outline.count_; ++i) step(static_cast<std::int16_t>(i));
  note(outline.count_);
}

RawOp OutlineScan::op_of(const Scope& scope) const {
  if (scope.opener == Outline::kNone) return {};
  return raw_op(bytes_, static_cast<std::size_t>(scope.opener));
}

void OutlineScan::note(std::size_t number) {
  const auto level = static_cast<std::uint8_t>(size_ - 1);
  outline_.spots_[number] = {top().world, open_[0].world, !over_,
                             level,       top().opener,   Outline::kNone};
}

/// False where no level is left.
bool OutlineScan::push_steps(World world, std::int16_t opener, After after, std::size_t about,
                             Exception exception) {
  if (size_ == kMostScopes) return false;
  Scope& scope = open_[size_++];
  scope = {};
  scope.world = world;
  scope.opener = opener;
  scope.steps = true;
  scope.after = after;
  scope.about = static_cast<std::uint8_t>(about);
  scope.exception = exception;
  return true;
}

void OutlineScan::step(std::int16_t number) {
  const auto at = static_cast<std::size_t>(number);
  note(at);
  const RawOp op = raw_op(bytes_, at);
  const OpRule* rule = op_rule(op.op);
  if (!over_) ++outline_.reached_;
  if (rule == nullptr || !outline_.spots_[at].has(*rule)) return;
  ++outline_.fitting_;
  if (over_) return;
  if (!rule->opens) return execute(op, number);
  if (size_ == kMostScopes) return;
  Scope& scope = open_[size_++];
  scope = {};
  scope.world = *rule->opens;
  scope.opener = number;
}

void OutlineScan::execute(const RawOp& op, std::int16_t number) {
  switch (code_of(op)) {
    case LAB_OP_END:
      return end(number);
    case LAB_OP_FAULT:
      return fault(op);
    case LAB_OP_RAISE:
      return raise({false, choice_of(op, 1) != 0});
    case LAB_OP_THROW:
      return raise({true, true});
    case LAB_OP_PANIC:
      return panic(size_);
    case LAB_OP_UNWIND:
      return jump(LAB_OP_RECORD, op.operands[0]);
    case LAB_OP_LONGJMP:
      return jump(LAB_OP_SETJMP, op.operands[0]);
    case LAB_OP_DEFER:
      if (top().deferred < top().defers.size()) top().defers[top().deferred++] = choice_of(op, 0);
      return;
    case LAB_OP_ADD_VECTORED:
      if (vectored_count_ < vectored_.size()) {
        vectored_[vectored_count_++] = {number, choice_of(op, 0), 0};
        if (choice_of(op, 1) != 0) {
          std::rotate(vectored_.begin(), vectored_.begin() + vectored_count_ - 1,
                      vectored_.begin() + vectored_count_);
        }
      }
      return;
    case LAB_OP_REMOVE_VECTORED:
      if (vectored_count_ != 0) {
        std::shift_left(vectored_.begin() + op.operands[0] % vectored_count_,
                        vectored_.begin() + vectored_count_, 1);
        --vectored_count_;
      }
      return;
    default:
      return;
  }
}

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
