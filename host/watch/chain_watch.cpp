#include "host/watch/chain_watch.hpp"

#include <algorithm>
#include <string>

namespace sehlab::watch {
namespace {

constexpr std::size_t kMostWatchedRecords = 7;  // 16 words: fs:[0] and two a record

trace::Place place(GuestAddr address) {
  return {address, {}};
}

}  // namespace

void ChainWatch::thread_started(std::uint32_t thread, GuestAddr teb) {
  Watched& watched = state_.threads[thread];
  watched.teb = teb;
  std::uint32_t head = 0;
  if (target_.word(teb, head)) watched.table.update(target_, GuestAddr{head}, GuestAddr{});
}

void ChainWatch::thread_ended(std::uint32_t thread) {
  const auto it = state_.threads.find(thread);
  if (it == state_.threads.end()) return;
  const auto records = it->second.table.records();
  if (!records.empty() && records.back().exposed()) confirm(records.back(), "thread-end");
  state_.threads.erase(it);
}

void ChainWatch::word_written(std::uint32_t thread, GuestAddr word, std::uint32_t old_value,
                              std::uint32_t new_value, GuestAddr by) {
  const auto it = state_.threads.find(thread);
  if (it == state_.threads.end()) return;
  if (word == it->second.teb) {
    head_written(it->second, by);
    return;
  }
  // The word belongs to an exposed record, of this thread or (written across) of another.
  for (auto& [id, watched] : state_.threads) {
    for (LinkedRecord& record : watched.table.records()) {
      if (!record.exposed() || word - record.record >= 8) continue;
      if (!record.written_at) {
        record.written_at = target_.instruction();
        record.written_by = by;
      }
      sink_.emit(trace::ExposedRecordWritten{record.record, word, old_value, new_value, place(by)});
      if (mode_ == Mode::Strict) confirm(record, "write");
    }
  }
}

void ChainWatch::head_written(Watched& thread, GuestAddr by) {
  std::uint32_t head = 0;
  if (!target_.word(thread.teb, head)) return;
  const RecordTable::Change change = thread.table.update(target_, GuestAddr{head}, by);
  emit_changes(thread, change, by);
}

void ChainWatch::emit_changes(const Watched& thread, const RecordTable::Change& change,
                              GuestAddr by) {
  std::uint32_t head = 0;
  if (!target_.word(thread.teb, head)) return;
  for (const LinkedRecord& record : change.popped) {
    if (record.protecting) continue;
    sink_.emit(trace::RecordPopped{record.record, GuestAddr{head}, place(by)});
    if (record.exposed()) {
      sink_.emit(trace::ExposureEnded{record.record, place(by),
                                      target_.instruction() - record.exposed_at});
    }
  }
  for (const LinkedRecord& record : change.pushed) {
    if (record.protecting) continue;
    sink_.emit(trace::RecordPushed{record.record, record.next, place(record.handler),
                                   place(record.pushed_by), place(record.owner)});
  }
  if (change.pushed.empty()) return;
  // What the new records were linked on top of is relied on from now on. The record that a new
  // one replaced in its place was just taken off the table: it is judged as it was.
  for (auto& [id, watched] : state_.threads) {
    if (&watched != &thread) continue;
    const auto records = watched.table.records();
    const std::size_t below = records.size() - change.pushed.size();
    const GuestAddr next = change.pushed.front().next;
    for (LinkedRecord record : change.popped) {
      if (record.exposed() && record.record == next) confirm(record, "push");
    }
    if (below > 0 && records[below - 1].exposed()) confirm(records[below - 1], "push");
  }
}

void ChainWatch::esp_rose(std::uint32_t thread) {
  const auto it = state_.threads.find(thread);
  if (it == state_.threads.end()) return;
  const GuestAddr esp = target_.esp();
  const GuestRange stack = target_.stack();
  for (LinkedRecord& record : it->second.table.records()) {
    if (record.exposed() || record.protecting) continue;
    if (!stack.contains(record.record) || record.record >= esp) continue;
    record.exposed_at = target_.instruction();
    sink_.emit(trace::RecordExposed{record.record, esp, place(record.handler),
                                    place(record.pushed_by), place(record.owner),
                                    record.pushed_at});
    if (mode_ == Mode::Strict) confirm(record, "exposure");
  }
}

void ChainWatch::on_event(const trace::Event& event) {
  if (mode_ == Mode::Off) return;
  if (const auto* visited = std::get_if<trace::RecordVisited>(&event.payload)) {
    relied_on(event.thread, visited->record, visited->unwinding ? "unwinding" : "dispatch");
  } else if (const auto* refused = std::get_if<trace::RecordRefused>(&event.payload)) {
    relied_on(event.thread, refused->record, refused->unwinding ? "unwinding" : "dispatch");
  }
}

void ChainWatch::relied_on(std::uint32_t thread, GuestAddr at, const char* by_what) {
  const auto it = state_.threads.find(thread);
  if (it == state_.threads.end()) return;
  LinkedRecord* record = it->second.table.find(at);
  if (record != nullptr && record->exposed()) confirm(*record, by_what);
}

void ChainWatch::confirm(LinkedRecord& record, const char* by_what) {
  if (record.reported || mode_ == Mode::Off) return;
  record.reported = true;
  ++state_.defects;
  const bool overwritten = record.written_at != 0;
  trace::DefectFound defect;
  defect.defect = overwritten ? "overwritten" : "dangling";
  defect.confirmed_by = by_what;
  defect.record = record.record;
  defect.handler = place(record.handler);
  defect.pushed_by = place(record.pushed_by);
  defect.owner = place(record.owner);
  defect.written_by = place(record.written_by);
  defect.pushed_at = record.pushed_at;
  defect.exposed_at = record.exposed_at;
  defect.written_at = record.written_at;
  sink_.emit(std::move(defect));
}

Conditions ChainWatch::conditions(std::uint32_t thread) const {
  Conditions conditions;
  const auto it = state_.threads.find(thread);
  if (it == state_.threads.end()) return conditions;
  conditions.words.push_back(it->second.teb);
  if (mode_ == Mode::Off) return conditions;
  std::size_t watched_records = 0;
  for (const auto& [id, watched] : state_.threads) {
    for (const LinkedRecord& record : watched.table.records()) {
      if (!record.exposed() || !record.record.aligned(4)) continue;
      if (watched_records == kMostWatchedRecords) break;
      ++watched_records;
      conditions.words.push_back(record.record);
      conditions.words.push_back(record.record + 4);
    }
  }
  const GuestRange stack = target_.stack();
  for (const LinkedRecord& record : it->second.table.records()) {
    if (record.exposed() || record.protecting || !stack.contains(record.record)) continue;
    if (conditions.esp_up_to == GuestAddr{} || record.record < conditions.esp_above) {
      conditions.esp_above = record.record;
      conditions.esp_up_to = stack.end;
    }
  }
  return conditions;
}

const LinkedRecord* ChainWatch::record(std::uint32_t thread, GuestAddr frame) const {
  const auto it = state_.threads.find(thread);
  if (it == state_.threads.end()) return nullptr;
  const auto records = it->second.table.records();
  const auto found = std::ranges::find(records, frame, &LinkedRecord::record);
  return found == records.end() ? nullptr : &*found;
}

}  // namespace sehlab::watch
