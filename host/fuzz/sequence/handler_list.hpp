// HandlerList: vectored or continue handlers in the order in which they are called (facts 3.2 A).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "lab/sequence.h"

namespace sehlab::fuzz::sequence {

/// A handler is named by the operation that added it. A walk holds a reference on the one that it
/// calls: one that is removed meanwhile stays linked until the walk drops it, so that the walk can
/// go on from there. A walk that somebody abandons never drops it.
class HandlerList {
 public:
  static constexpr std::uint8_t kNone = 0xff;

  void clear() {
    first_ = last_ = kNone;
    there_ = made_ = 0;
  }

  /// False when LAB_SEQ_MOST_VECTORED have been added.
  bool add(std::uint8_t id, bool first) {
    if (made_ == LAB_SEQ_MOST_VECTORED) return false;
    ++made_;
    added_[there_++] = id;
    entries_[id] = {kNone, kNone, 0, false};
    if (first_ == kNone) {
      first_ = last_ = id;
    } else if (first) {
      entries_[id].next = first_;
      entries_[first_].previous = id;
      first_ = id;
    } else {
      entries_[id].previous = last_;
      entries_[last_].next = id;
      last_ = id;
    }
    return true;
  }

  /// Removes one, counted in the order in which they were added. False when none is there.
  bool remove(std::size_t operand) {
    if (there_ == 0) return false;
    const std::size_t which = operand % there_;
    const std::uint8_t id = added_[which];
    --there_;
    for (std::size_t i = which; i < there_; ++i) added_[i] = added_[i + 1];
    entries_[id].removed = true;
    if (entries_[id].walks == 0) unlink(id);
    return true;
  }

  [[nodiscard]] std::uint8_t first() const { return first_; }
  [[nodiscard]] std::uint8_t next(std::uint8_t id) const { return entries_[id].next; }

  void hold(std::uint8_t id) { ++entries_[id].walks; }
  void release(std::uint8_t id) {
    if (--entries_[id].walks == 0 && entries_[id].removed) unlink(id);
  }

 private:
  struct Entry {
    std::uint8_t next, previous;
    std::uint16_t walks;
    bool removed;
  };

  void unlink(std::uint8_t id) {
    const Entry& entry = entries_[id];
    (entry.previous == kNone ? first_ : entries_[entry.previous].next) = entry.next;
    (entry.next == kNone ? last_ : entries_[entry.next].previous) = entry.previous;
  }

  std::array<Entry, LAB_SEQ_MOST_OPS> entries_{};
  std::array<std::uint8_t, LAB_SEQ_MOST_VECTORED> added_{};
  std::uint8_t first_ = kNone, last_ = kNone, there_ = 0, made_ = 0;
};

}  // namespace sehlab::fuzz::sequence
