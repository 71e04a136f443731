#include "host/watch/chain_watch.hpp"

#include <algorithm>

#include "host/watch/leaving.hpp"
#include "host/watch/record_defects.hpp"

namespace sehlab::watch {
namespace {

constexpr std::uint32_t kStackBase = 4;         // NT_TIB
constexpr std::size_t kMostWatchedRecords = 6;  // exposed ones, two of 16 words each
constexpr std::size_t kMostStrays = 64;

trace::Place place(GuestAddr address) {
  return {address, {}};
}

/// The innermost record that is not the dispatcher's; nullptr: none.
template <class Records>
auto* innermost(Records&& records) {
  const auto own = std::ranges::find(records.rbegin(), records.rend(), false,
                                     [](const auto& record) { return record.protecting; });
  return own == records.rend() ? nullptr : &*own;
}

}  // namespace

void ChainWatch::thread_started(std::uint32_t thread, GuestAddr teb) {
  Watched& watched = state_.threads[thread];
  watched.teb = teb;
  std::uint32_t head = 0;
  if (target_.word(teb, head)) watched.table.update(target_, GuestAddr{head}, GuestAddr{});
}

void ChainWatch::thread_ended(std::uint32_t thread, bool by_itself) {
  const auto it = state_.threads.find(thread);
  if (it == state_.threads.end()) return;
  const auto records = it->second.table.records();
  if (!records.empty() && (by_itself || records.back().exposed())) {
    judge(it->second.table, records.back(),
          {"thread-end", by_itself ? target_.eip() : GuestAddr{}});
  }
  state_.threads.erase(it);
}

void ChainWatch::word_written(std::uint32_t thread, GuestAddr word, std::uint32_t old_value,
                              std::uint32_t new_value, GuestAddr by) {
  const auto it = state_.threads.find(thread);
  if (it == state_.threads.end()) return;
  Watched& running = it->second;
  if (word == running.teb) return head_written(running, by);
  if (word == running.teb + kStackBase) {
    for (LinkedRecord& record : running.table.records()) {
      note_structure(running.table, record, by);
    }
    return;
  }
  // The word belongs to an exposed record, of this thread or (written across) of another, or is
  // the innermost record's handler.
  for (auto& [id, watched] : state_.threads) {
    for (LinkedRecord& record : watched.table.records()) {
      if (word - record.record >= 8) continue;
      if (record.exposed()) {
        exposed_written(record, word, old_value, new_value, by);
      } else if (word == record.record + 4) {
        handler_written(watched.table, record, word, old_value, new_value, by);
      }
    }
  }
}

void ChainWatch::exposed_written(LinkedRecord& record, GuestAddr word, std::uint32_t old_value,
                                 std::uint32_t new_value, GuestAddr by) {
  if (!record.written_at) {
    record.written_at = target_.instruction();
    record.written_by = by;
  }
  sink_.emit(trace::ExposedRecordWritten{record.record, word, old_value, new_value, place(by)});
  if (mode_ == Mode::Strict) confirm(record, Defect::Overwritten, {"write", by});
}

void ChainWatch::handler_written(RecordTable& chain, LinkedRecord& record, GuestAddr word,
                                 std::uint32_t old_value, std::uint32_t new_value, GuestAddr by) {
  // A function may set the handler of a record in its own frame, after it was linked or later.
  const GuestAddr function = target_.function(by);
  const bool own = function == target_.function(record.pushed_by) ||
                   (record.owner != GuestAddr{} && function == target_.function(record.owner));
  if (own) {
    record.handler = GuestAddr{new_value};
    record.intact_at = target_.instruction();
    record.written_at = 0;
    record.reported &= static_cast<std::uint16_t>(~(1u << static_cast<unsigned>(Defect::Patched)));
    return note_structure(chain, record, by);
  }
  record.written_at = target_.instruction();
  record.written_by = by;
  sink_.emit(trace::ExposedRecordWritten{record.record, word, old_value, new_value, place(by)});
  if (mode_ == Mode::Strict) judge(chain, record, {"write", by});
}

void ChainWatch::head_written(Watched& thread, GuestAddr by) {
  std::uint32_t head = 0;
  if (!target_.word(thread.teb, head)) return;
  const RecordTable::Change change = thread.table.update(target_, GuestAddr{head}, by);
  emit_changes(change, GuestAddr{head}, by);
  if (change.pushed.empty()) return;
  // What the new records were linked on top of is relied on from now on. The record that a new
  // one replaced in its place was just taken off the table: it is judged as it was.
  const auto records = thread.table.records();
  const std::size_t below = records.size() - change.pushed.size();
  for (LinkedRecord record : change.popped) {
    if (record.exposed() && record.record == change.pushed.front().next) {
      confirm(record, record.written_at != 0 ? Defect::Overwritten : Defect::Dangling,
              {"push", by});
    }
  }
  // The dispatcher links its own records, on top of those that it has visited.
  if (below > 0 && !change.pushed.front().protecting) {
    judge(thread.table, records[below - 1], {"push", by});
  }
  for (LinkedRecord& record : records.subspan(below)) note_structure(thread.table, record, by);
}

void ChainWatch::emit_changes(const RecordTable::Change& change, GuestAddr head, GuestAddr by) {
  for (const LinkedRecord& record : change.popped) {
    if (!record.protecting) {
      sink_.emit(trace::RecordPopped{record.record, head, place(by)});
    }
    if (record.exposed()) {
      sink_.emit(trace::ExposureEnded{record.record, place(by),
                                      target_.instruction() - record.exposed_at});
    }
  }
  for (const LinkedRecord& record : change.pushed) {
    if (record.protecting) continue;
    sink_.emit(trace::RecordPushed{record.record, record.next, place(record.handler), place(by),
                                   place(record.owner)});
    if (record.exposed()) emit_exposed(record, target_.esp());
  }
}

void ChainWatch::emit_exposed(const LinkedRecord& record, GuestAddr esp) {
  sink_.emit(trace::RecordExposed{record.record, esp, place(record.handler),
                                  place(record.pushed_by), place(record.owner), record.pushed_at,
                                  left_by_name(record.left_by), place(record.exposed_by)});
}

void ChainWatch::esp_rose(std::uint32_t thread, GuestAddr by, GuestAddr esp_before) {
  const auto it = state_.threads.find(thread);
  if (it == state_.threads.end()) return;
  const GuestAddr esp = target_.esp();
  const GuestRange stack = target_.stack();
  const std::uint64_t now = target_.instruction();
  const auto left_behind = [&](const LinkedRecord& record) {
    return !record.exposed() && stack.contains(record.record) && record.record < esp;
  };
  const auto records = it->second.table.records();
  if (std::ranges::none_of(records, left_behind)) return;
  // The thread goes on where a handler said; or a handler did not return to its dispatcher.
  const auto& continued = it->second.continued_at;
  const bool exception = (continued && now - *continued <= 1) ||
                         std::ranges::any_of(records, [&](const LinkedRecord& record) {
                           return record.protecting && left_behind(record);
                         });
  const LeftBy left = exception ? LeftBy::Exception : how_left(target_, by, esp_before);
  for (LinkedRecord& record : records) {
    if (!left_behind(record)) continue;
    it->second.table.expose(record, now);
    record.exposed_by = by;
    record.left_by = left;
    emit_exposed(record, esp);
    if (mode_ == Mode::Strict) confirm(record, Defect::Dangling, {"exposure", by});
  }
}

void ChainWatch::on_event(const trace::Event& event) {
  if (mode_ == Mode::Off) return;
  const auto it = state_.threads.find(event.thread);
  if (it == state_.threads.end()) return;
  if (const auto* visited = std::get_if<trace::RecordVisited>(&event.payload)) {
    relied_on(it->second, visited->record, visited->unwinding);
  } else if (const auto* refused = std::get_if<trace::RecordRefused>(&event.payload)) {
    relied_on(it->second, refused->record, refused->unwinding);
  } else if (const auto* fault = std::get_if<trace::FaultRaised>(&event.payload)) {
    it->second.raised_at = fault->at.address;
  } else if (std::holds_alternative<trace::DispatchContinued>(event.payload)) {
    it->second.continued_at = event.instruction;
  }
}

void ChainWatch::relied_on(Watched& watched, GuestAddr at, bool unwinding) {
  const Reliance reliance{unwinding ? "unwinding" : "dispatch",
                          unwinding ? target_.eip() : watched.raised_at};
  if (LinkedRecord* record = watched.table.find(at)) {
    return judge(watched.table, *record, reliance);
  }
  auto stray = std::ranges::find(watched.strays, at, &LinkedRecord::record);
  if (stray == watched.strays.end()) {
    if (watched.strays.size() == kMostStrays) return;
    LinkedRecord met;
    met.record = at;
    const auto words = read_words(target_, at);
    met.readable = words.has_value();
    if (words) {
      met.next = words->next;
      met.handler = words->handler;
      met.protecting = target_.is_protector(words->handler);
    }
    stray = watched.strays.insert(watched.strays.end(), met);
  }
  judge(watched.table, *stray, reliance);
}

Conditions ChainWatch::conditions(std::uint32_t thread) const {
  Conditions conditions;
  const auto it = state_.threads.find(thread);
  if (it == state_.threads.end()) return conditions;
  conditions.words.push_back(it->second.teb);
  if (mode_ == Mode::Off) return conditions;
  conditions.words.push_back(it->second.teb + kStackBase);
  const auto chain = it->second.table.records();
  const LinkedRecord* head = innermost(chain);
  if (head != nullptr && !head->exposed() && head->record.aligned(4)) {
    conditions.words.push_back(head->record + 4);
  }
  std::size_t watched_records = 0;
  for (const auto& [id, watched] : state_.threads) {
    if (watched.table.exposed() == 0) continue;
    for (const LinkedRecord& record : watched.table.records()) {
      if (!record.exposed() || !record.record.aligned(4)) continue;
      if (watched_records == kMostWatchedRecords) break;
      ++watched_records;
      conditions.words.push_back(record.record);
      conditions.words.push_back(record.record + 4);
    }
  }
  const GuestRange stack = target_.stack();
  for (auto record = chain.rbegin(); record != chain.rend(); ++record) {
    if (record->exposed() || !stack.contains(record->record)) continue;
    if (conditions.esp_up_to == GuestAddr{} || record->record < conditions.esp_above) {
      conditions.esp_above = record->record;
      conditions.esp_up_to = stack.end;
    }
    if (record->record == record->lowest) break;  // those outwards lie higher
  }
  return conditions;
}

const LinkedRecord* ChainWatch::record(std::uint32_t thread, GuestAddr frame) const {
  const auto it = state_.threads.find(thread);
  if (it == state_.threads.end()) return nullptr;
  return it->second.table.find(frame);
}

}  // namespace sehlab::watch
