#include "host/fuzz/sequence/shrinker.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "host/fuzz/sequence/outline.hpp"
#include "host/fuzz/sequence/simpler.hpp"

namespace sehlab::fuzz::sequence {

namespace {

constexpr std::size_t kOperands = 3;
/// What an operand is made: 0, half, one less.
constexpr std::size_t kAttemptsOperand = 3;
/// Up to so many operations every LAB_OP_END is tried with every opener, not just the outline's.
constexpr std::size_t kFewOps = 40;

/// FNV-1a.
std::uint64_t hash_of(std::span<const std::uint8_t> bytes) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const std::uint8_t byte : bytes) hash = (hash ^ byte) * 0x100000001b3u;
  return hash;
}

}  // namespace

Shrinker::Shrinker(std::span<const std::uint8_t> bytes, std::optional<World> begins_in)
    : world_(begins_in ? *begins_in : guess_world(bytes).value_or(World::C)),
      best_(bytes.begin(), bytes.end()) {
  proposed_.insert(hash_of(best_));
  begin(Phase::Tail);
}

std::string_view Shrinker::phase() const {
  switch (phase_) {
    case Phase::Tail:
      return "tail";
    case Phase::Ranges:
      return "ranges";
    case Phase::Frames:
      return "frames";
    case Phase::Clean:
    case Phase::Operands:
      return "operands";
    default:
      return "operations";
  }
}

std::optional<std::span<const std::uint8_t>> Shrinker::next() {
  while (phase_ != Phase::Done) {
    if (propose() && proposed_.insert(hash_of(candidate_)).second) return candidate_;
    advance(false);
  }
  return std::nullopt;
}

void Shrinker::answer(bool still_does) {
  if (phase_ == Phase::Done) return;
  if (still_does) {
    best_.swap(candidate_);
    changed_ = true;
  }
  advance(still_does);
}

void Shrinker::begin(Phase phase) {
  phase_ = phase;
  attempt_ = 0;
  at_ = 0;
  if (phase == Phase::Tail) {
    changed_ = false;
    chunk_ = count();
  } else if (phase == Phase::Ranges) {
    chunk_ = std::max<std::size_t>(count() / 2, 1);
    at_ = count();
  } else if (phase == Phase::Frames) {
    at_ = count();
  }
}

void Shrinker::next_phase() {
  if (phase_ == Phase::Operations) {
    begin(changed_ ? Phase::Tail : Phase::Done);
  } else {
    begin(static_cast<Phase>(static_cast<int>(phase_) + 1));
  }
}

bool Shrinker::propose() {
  switch (phase_) {
    case Phase::Tail:
      // With nothing dropped: the bytes that are no part of any operation go.
      keep_but(count() - std::min(chunk_, count()), chunk_);
      return true;
    case Phase::Ranges: {
      if (at_ == 0) return false;
      const std::size_t from = at_ - std::min(chunk_, at_);
      keep_but(from, at_ - from);
      return true;
    }
    case Phase::Frames:
      return propose_frame();
    case Phase::Clean:
      return propose_clean();
    case Phase::Operands:
      return propose_operand();
    case Phase::Operations: {
      if (at_ >= count()) return false;
      const std::optional<RawOp> simpler = simpler_op(op(at_), attempt_);
      if (simpler) replace(at_, *simpler);
      return simpler.has_value();
    }
    case Phase::Done:
      break;
  }
  return false;
}

void Shrinker::advance(bool accepted) {
  switch (phase_) {
    case Phase::Tail:
      if (accepted && chunk_ != 0) return;
      if (chunk_ == 0) return next_phase();
      chunk_ = std::min(chunk_ / 2, count());
      return;
    case Phase::Ranges:
      at_ -= std::min(chunk_, at_);
      if (at_ != 0) return;
      if (chunk_ == 1) return next_phase();
      chunk_ /= 2;
      at_ = count();
      return;
    case Phase::Frames:
      // attempt_ counts from the opener on; at_ is one behind it.
      if (!accepted && at_ != 0 && at_ + attempt_ + 1 < count()) {
        ++attempt_;
        return;
      }
      attempt_ = 0;
      if (at_ == 0) return next_phase();
      --at_;
      at_ = std::min(at_, count());
      return;
    case Phase::Clean:
      // Place 0 is all operations at once, place n + 1 is operation n.
      if (at_ == count() || (at_ == 0 && accepted)) return next_phase();
      ++at_;
      return;
    case Phase::Operands:
      if (at_ >= count()) return next_phase();
      if (accepted) return;
      if (++attempt_ < kOperands * kAttemptsOperand) return;
      break;
    case Phase::Operations:
      if (at_ >= count()) return next_phase();
      if (accepted) {
        attempt_ = 0;
        return;
      }
      if (++attempt_ < kMostSimpler) return;
      break;
    case Phase::Done:
      return;
  }
  attempt_ = 0;
  ++at_;
}

/// candidate_: the operations of best_ but those.
void Shrinker::keep_but(std::size_t from, std::size_t many) {
  const auto begin = best_.begin();
  const auto end_of = [&](std::size_t op) {
    return begin + static_cast<std::ptrdiff_t>(op * LAB_SEQ_OP_BYTES);
  };
  const std::size_t to = std::min(from + many, count());
  candidate_.assign(begin, end_of(from));
  candidate_.insert(candidate_.end(), end_of(to), end_of(count()));
}

void Shrinker::replace(std::size_t number, const RawOp& op) {
  candidate_ = best_;
  std::memcpy(candidate_.data() + number * LAB_SEQ_OP_BYTES, &op, sizeof op);
}

/// Without what opens a frame and a LAB_OP_END behind it.
bool Shrinker::propose_frame() {
  if (at_ == 0) return false;
  const std::size_t opener = at_ - 1, end = at_ + attempt_;
  const OpRule* rule = op_rule(op(opener).op);
  if (rule == nullptr || !rule->opens || end >= count()) return false;
  if ((op(end).op & LAB_SEQ_OP_MASK) != LAB_OP_END) return false;
  if (count() > kFewOps &&
      Outline(best_, world_).at(opener).end != static_cast<std::int16_t>(end)) {
    return false;
  }
  keep_but(end, 1);
  candidate_.erase(candidate_.begin() + static_cast<std::ptrdiff_t>(opener * LAB_SEQ_OP_BYTES),
                   candidate_.begin() + static_cast<std::ptrdiff_t>(at_ * LAB_SEQ_OP_BYTES));
  return true;
}

bool Shrinker::propose_clean() {
  if (at_ != 0) {
    replace(at_ - 1, canonical(op(at_ - 1)));
    return true;
  }
  candidate_ = best_;
  for (std::size_t i = 0; i < count(); ++i) {
    const RawOp clean = canonical(op(i));
    std::memcpy(candidate_.data() + i * LAB_SEQ_OP_BYTES, &clean, sizeof clean);
  }
  return true;
}

bool Shrinker::propose_operand() {
  if (at_ >= count()) return false;
  RawOp changed = op(at_);
  std::uint8_t& operand = changed.operands[attempt_ / kAttemptsOperand];
  if (operand == 0) return false;
  switch (attempt_ % kAttemptsOperand) {
    case 0:
      operand = 0;
      break;
    case 1:
      operand /= 2;
      break;
    default:
      --operand;
      break;
  }
  replace(at_, changed);
  return true;
}

}  // namespace sehlab::fuzz::sequence
