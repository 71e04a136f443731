// The registration records of a run and where they lie. What is pushed later lies lower on a stack;
// whoever goes on in an outer frame lets later pushes reuse the space.
#pragma once

#include <cstdint>
#include <vector>

#include "host/fuzz/sequence/prediction.hpp"

namespace sehlab::fuzz::sequence {

/// Number of a record since the stack's base: a greater one lies lower.
using Index = std::uint32_t;
inline constexpr Index kNoRecord = 0xffffffff;  ///< also the end of a chain

struct Record {
  RecordKind kind;
  std::uint8_t id;  ///< RecordRef::id
  /// Try: the try level (facts 1.6). Cxx: 0 inside the try or while the object lives, else -1.
  /// LocalUnwindGuard: the level at which the unwind that it guards stops.
  std::int8_t level;
  bool on_goroutine;  ///< outside of the thread's stack: the dispatcher refuses it
  // Of the code that pushed it, for who goes on there.
  std::uint8_t opened_at;
  std::uint16_t live_from, live_to;
  Index base;
  Index next;
  Index guarded;  ///< protectors and guards: the record whose handler runs
};

/// What RtlUnwind is asked for.
struct Target {
  Index record;
  bool beside = false;  ///< four bytes below the record, where none is
};

class RecordStack {
 public:
  /// Writes the record at `top`, which grows.
  Index push(Index& top, const Record& record) {
    if (top == records_.size()) {
      records_.push_back(record);
    } else {
      records_[top] = record;
    }
    return top++;
  }

  Record& operator[](Index index) { return records_[index]; }
  const Record& operator[](Index index) const { return records_[index]; }

  [[nodiscard]] RecordRef ref(Index index) const {
    return {records_[index].kind, records_[index].id};
  }

  /// Is the address of `target` less than that of `frame`?
  [[nodiscard]] bool lies_below(Target target, Index frame, GoroutineStacks stacks) const {
    const bool there = records_[target.record].on_goroutine;
    if (there != records_[frame].on_goroutine) {
      return there == (stacks == GoroutineStacks::BelowThreads);
    }
    return target.record > frame || (target.record == frame && target.beside);
  }

 private:
  std::vector<Record> records_;
};

}  // namespace sehlab::fuzz::sequence
