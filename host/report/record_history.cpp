#include "host/report/record_history.hpp"

#include <fmt/format.h>

#include <variant>

#include "host/trace/plain.hpp"

namespace sehlab::report {

using trace::grouped;
using trace::show_short;

void RecordHistory::take(const trace::Event& event) {
  const std::uint32_t thread = event.thread;
  if (const auto* pushed = std::get_if<trace::RecordPushed>(&event.payload)) {
    RecordFacts facts;
    facts.next = pushed->next;
    facts.handler = pushed->handler;
    facts.pushed_by = pushed->by;
    facts.owner = pushed->owner;
    facts.pushed_at = event.instruction;
    records_[{thread, pushed->record}] = facts;
  } else if (const auto* popped = std::get_if<trace::RecordPopped>(&event.payload)) {
    records_.erase({thread, popped->record});
  } else if (const auto* exposed = std::get_if<trace::RecordExposed>(&event.payload)) {
    const auto found = records_.find({thread, exposed->record});
    if (found != records_.end()) found->second.exposed_at = event.instruction;
  } else if (const auto* written = std::get_if<trace::ExposedRecordWritten>(&event.payload)) {
    const auto found = records_.find({thread, written->record});
    if (found == records_.end() || found->second.written_at != 0) return;
    found->second.written_at = event.instruction;
    found->second.written_by = written->by;
    found->second.word_written = written->word;
  } else if (const auto* ended = std::get_if<trace::ThreadEnded>(&event.payload)) {
    std::erase_if(records_, [&](const auto& entry) { return entry.first.first == ended->id; });
  }
}

const RecordFacts* RecordHistory::find(std::uint32_t thread, GuestAddr record) const {
  const auto found = records_.find({thread, record});
  return found == records_.end() ? nullptr : &found->second;
}

std::string history_words(const RecordFacts& facts, GuestAddr record) {
  std::string text;
  if (facts.written_at != 0 && facts.exposed_at == 0) {
    text = "PATCHED: ";
  } else if (facts.written_at != 0) {
    text = "DANGLING and overwritten: ";
  } else if (facts.exposed_at != 0) {
    text = "DANGLING: ";
  }
  text += fmt::format("pushed @{} by {}", grouped(facts.pushed_at), show_short(facts.pushed_by));
  if (facts.exposed_at != 0) text += ", exposed since @" + grouped(facts.exposed_at);
  if (facts.written_at != 0) {
    text += fmt::format(", its {} word written @{} by {}",
                        facts.word_written == record ? "first" : "second",
                        grouped(facts.written_at), show_short(facts.written_by));
  }
  return text;
}

}  // namespace sehlab::report
