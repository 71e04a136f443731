#include "host/watch/record_table.hpp"

#include <algorithm>
#include <optional>

namespace sehlab::watch {
namespace {

constexpr std::uint32_t kChainEnd = 0xffffffff;
constexpr std::size_t kLongestChain = 4096;  // records; a longer one is a cycle or garbage
constexpr int kDeepestFrame = 64;

std::optional<LinkedRecord> read_record(const Target& target, GuestAddr at) {
  std::uint32_t next = 0;
  std::uint32_t handler = 0;
  if (!target.word(at, next) || !target.word(at + 4, handler)) return std::nullopt;
  LinkedRecord record;
  record.record = at;
  record.next = GuestAddr{next};
  record.handler = GuestAddr{handler};
  record.protecting = target.is_protector(record.handler);
  return record;
}

}  // namespace

GuestAddr frame_owner(const Target& target, GuestAddr record, GuestAddr by) {
  // A function that has not made a frame of its own still runs with its caller's EBP: then the
  // record lies above the return address on top of the stack, or it was pushed by hand and lies
  // at ESP. Only records above the first EBP need the walk.
  GuestAddr code = by;
  std::uint32_t frame = target.ebp();
  const GuestRange stack = target.stack();
  for (int depth = 0; depth < kDeepestFrame; ++depth) {
    if (!stack.contains(GuestAddr{frame}) || frame % 4 != 0) return by;
    if (record.value < frame) return code;
    std::uint32_t outer = 0;
    std::uint32_t return_address = 0;
    if (!target.word(GuestAddr{frame}, outer) ||
        !target.word(GuestAddr{frame + 4}, return_address)) {
      return by;
    }
    if (outer <= frame) return by;
    code = GuestAddr{return_address};
    frame = outer;
  }
  return by;
}

RecordTable::Change RecordTable::update(const Target& target, GuestAddr head, GuestAddr by,
                                        bool head_written) {
  // From the head inwards to the first record that is known: those before it are new. What lies
  // beyond a known record is believed, not read: its memory may be overwritten by now, and that
  // is for the watch to notice, not for this table to forget who pushed it.
  std::vector<LinkedRecord> fresh;
  GuestAddr at = head;
  while (at.value != kChainEnd && find(at) == nullptr && fresh.size() < kLongestChain) {
    if (std::ranges::find(fresh, at, &LinkedRecord::record) != fresh.end()) break;
    const auto record = read_record(target, at);
    if (!record) break;
    fresh.push_back(*record);
    at = record->next;
  }
  // A head written again with another content than it was linked with is a new record in the
  // old one's place (the second panic at the same depth in Go issue 7470): the old one stays
  // below it, and is linked on.
  if (fresh.empty() && head_written && !records_.empty() && records_.back().record == head) {
    const auto again = read_record(target, head);
    const LinkedRecord& was = records_.back();
    if (again && (again->next != was.next || again->handler != was.handler)) {
      fresh.push_back(*again);
      at = records_.size() > 1 ? records_[records_.size() - 2].record : GuestAddr{kChainEnd};
    }
  }
  Change change;
  while (!records_.empty() && records_.back().record != at) {
    change.popped.push_back(records_.back());
    records_.pop_back();
  }
  for (auto record = fresh.rbegin(); record != fresh.rend(); ++record) {
    record->pushed_by = by;
    record->pushed_at = target.instruction();
    if (!record->protecting) record->owner = frame_owner(target, record->record, by);
    records_.push_back(*record);
    change.pushed.push_back(*record);
  }
  return change;
}

LinkedRecord* RecordTable::find(GuestAddr record) {
  const auto it = std::ranges::find(records_, record, &LinkedRecord::record);
  return it == records_.end() ? nullptr : &*it;
}

}  // namespace sehlab::watch
