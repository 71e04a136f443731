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

std::optional<LinkedRecord> RecordTable::linked_in_place(const Target& target, GuestAddr head) {
  const LinkedRecord* known = find(head);
  if (known == nullptr) return std::nullopt;
  const auto now = read_record(target, head);
  if (!now || (now->next == known->next && now->handler == known->handler)) return std::nullopt;
  // Its words changed, and it links what was the head until now: it was linked, not gone back to.
  if (now->next != records_.back().record) return std::nullopt;
  return now;
}

RecordTable::Change RecordTable::update(const Target& target, GuestAddr head, GuestAddr by) {
  Change change;
  std::vector<LinkedRecord> fresh;  // innermost first
  GuestAddr at = head;
  if (const auto in_place = linked_in_place(target, head)) {
    // The place of a dead record is used again while the dead one is still linked further out
    // (or, as in Go issue 7470 at the second panic, is the head itself): the new one replaces it.
    const auto old = std::ranges::find(records_, head, &LinkedRecord::record);
    change.popped.push_back(*old);
    records_.erase(old);
    fresh.push_back(*in_place);
    at = records_.empty() ? GuestAddr{kChainEnd} : records_.back().record;
  }
  // From the head outwards to the first record that is known: those before it are new. What lies
  // beyond a known record is believed, not read: its memory may be overwritten by now, and that
  // is for the watch to notice, not for this table to forget who pushed it.
  while (at.value != kChainEnd && find(at) == nullptr && fresh.size() < kLongestChain) {
    if (std::ranges::find(fresh, at, &LinkedRecord::record) != fresh.end()) break;
    const auto record = read_record(target, at);
    if (!record) break;
    fresh.push_back(*record);
    at = record->next;
  }
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
