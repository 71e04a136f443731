#include "host/watch/record_table.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "host/watch/record_defects.hpp"

namespace sehlab::watch {
namespace {

constexpr std::uint32_t kChainEnd = 0xffffffff;
constexpr std::size_t kLongestChain = 4096;  // records; a longer one is a cycle or garbage
constexpr int kDeepestFrame = 64;
constexpr std::size_t kMostParked = 64;  // chains; a program may make fibers and drop them

LinkedRecord read_record(const Target& target, GuestAddr at) {
  LinkedRecord record;
  record.record = at;
  const auto words = read_words(target, at);
  record.readable = words.has_value();
  if (!words) return record;
  record.next = words->next;
  record.handler = words->handler;
  record.protecting = target.is_protector(record.handler);
  return record;
}

bool same_words(const LinkedRecord& one, const LinkedRecord& other) {
  return one.next == other.next && one.handler == other.handler && one.readable && other.readable;
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
  const LinkedRecord now = read_record(target, head);
  if (!now.readable || same_words(now, *known)) return std::nullopt;
  // Its words changed, and it links what was the head until now: it was linked, not gone back to.
  if (now.next != records_.back().record) return std::nullopt;
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
    count();
    fresh.push_back(*in_place);
    at = records_.empty() ? GuestAddr{kChainEnd} : records_.back().record;
  }
  // From the head outwards to the first record that is known: those before it are new. What lies
  // beyond a known record is believed, not read: its memory may be overwritten by now, and that
  // is for the watch to notice, not for this table to forget who pushed it.
  while (at.value != kChainEnd && find(at) == nullptr && fresh.size() < kLongestChain) {
    if (std::ranges::find(fresh, at, &LinkedRecord::record) != fresh.end()) break;
    fresh.push_back(read_record(target, at));
    if (!fresh.back().readable) break;
    at = fresh.back().next;
  }
  while (!records_.empty() && records_.back().record != at) {
    if (records_.back().exposed()) --exposed_;
    change.popped.push_back(records_.back());
    records_.pop_back();
  }
  if (records_.empty()) {
    change.came_back = take_parked(fresh);
    park(change.popped);
    if (change.came_back) {
      change.pushed = records_;
      return change;
    }
  }
  for (auto record = fresh.rbegin(); record != fresh.rend(); ++record) {
    record->pushed_by = by;
    record->pushed_at = record->intact_at = target.instruction();
    // One write put it in another's place, with the same words: that one was copied.
    if (fresh.size() == 1 && change.popped.size() == 1 && !change.popped.front().exposed() &&
        change.popped.front().record != record->record &&
        same_words(change.popped.front(), *record)) {
      record->copy_of = change.popped.front().record;
    }
    if (!record->protecting) record->owner = frame_owner(target, record->record, by);
    push(*record);
    change.pushed.push_back(*record);
  }
  return change;
}

bool RecordTable::take_parked(const std::vector<LinkedRecord>& fresh) {
  const auto is_it = [&fresh](const std::vector<LinkedRecord>& chain) {
    return std::ranges::equal(chain.rbegin(), chain.rend(), fresh.begin(), fresh.end(),
                              [](const LinkedRecord& one, const LinkedRecord& other) {
                                return one.record == other.record && same_words(one, other);
                              });
  };
  const auto found = fresh.empty() ? parked_.end() : std::ranges::find_if(parked_, is_it);
  if (found == parked_.end()) return false;
  records_ = std::move(*found);
  parked_.erase(found);
  count();
  return true;
}

void RecordTable::park(const std::vector<LinkedRecord>& popped) {
  if (popped.empty()) return;
  if (parked_.size() == kMostParked) parked_.erase(parked_.begin());
  parked_.emplace_back(popped.rbegin(), popped.rend());
}

void RecordTable::push(LinkedRecord record) {
  record.lowest = record.record;
  if (!records_.empty()) record.lowest = std::min(record.record, records_.back().lowest);
  records_.push_back(std::move(record));
}

/// After the records changed otherwise than at their inner end.
void RecordTable::count() {
  std::vector<LinkedRecord> all;
  all.swap(records_);
  exposed_ = 0;
  for (LinkedRecord& record : all) {
    if (record.exposed()) ++exposed_;
    push(std::move(record));
  }
}

void RecordTable::expose(LinkedRecord& record, std::uint64_t at) {
  if (!record.exposed()) ++exposed_;
  record.exposed_at = at;
}

/// From the innermost outwards, up to where all that is left lies higher.
const LinkedRecord* RecordTable::find(GuestAddr at) const {
  for (auto record = records_.rbegin(); record != records_.rend(); ++record) {
    if (record->record == at) return &*record;
    if (at < record->lowest) return nullptr;
  }
  return nullptr;
}

LinkedRecord* RecordTable::find(GuestAddr at) {
  return const_cast<LinkedRecord*>(std::as_const(*this).find(at));
}

}  // namespace sehlab::watch
