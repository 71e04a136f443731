// What GDB's command `monitor` takes.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "host/inject/deeds.hpp"
#include "host/lab/debug/memory_map.hpp"
#include "host/lab/debug/process_target.hpp"
#include "host/lab/explain.hpp"
#include "host/lab/whole_number.hpp"
#include "host/report/defect_report.hpp"
#include "host/report/record_history.hpp"
#include "host/seh/chain.hpp"
#include "host/trace/kinds.hpp"
#include "host/trace/near_miss.hpp"
#include "host/trace/plain.hpp"
#include "host/trace/text_writer.hpp"

namespace sehlab::lab {
namespace {

constexpr std::size_t kLongestChain = 64;  // records shown
constexpr std::size_t kMostEvents = 60;    // of a dispatch
constexpr std::size_t kMostDefects = 20;

constexpr const char* kHelp =
    "monitor chain            the records from fs:[0] on: who linked them, what is wrong\n"
    "monitor dispatch         the last exception's dispatch, up to here\n"
    "monitor watch            the defects of the chain up to here\n"
    "monitor watch go|stop    run on at a defect, or stop there (as it is at first)\n"
    "monitor exceptions first|second\n"
    "                         stop before each dispatch (as it is at first), or only when nobody\n"
    "                         takes the exception\n"
    "monitor end stop|go      stop before the process ends (as it is at first), or let it end\n"
    "monitor where            instruction count, thread, place\n"
    "monitor goto PLACE       an instruction's number, event:N, a kind of event (fault, defect#2,\n"
    "                         push#10), start or end: the next reverse-continue goes there\n"
    "monitor back KIND        the same, to the last event of that kind before here\n"
    "monitor push ADDRESS     the same, to where the record at that address was linked last\n"
    "monitor inject WHAT      fault=read address=0, set=eax:1, …: the next continue begins with "
    "it\n"
    "monitor memory           what is where in memory\n"
    "monitor explain WORD     a status, flag, disposition or defect in plain words\n";

constexpr std::array<std::string_view, 11> kCommands{"chain", "dispatch", "watch",  "exceptions",
                                                     "end",   "where",    "goto",   "back",
                                                     "push",  "inject",   "explain"};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::string_view cut_word(std::string_view& text) {
  const std::size_t space = text.find(' ');
  const std::string_view word = text.substr(0, space);
  text = space == text.npos ? std::string_view() : trimmed(text.substr(space));
  return word;
}

gdb::Target::Answer refused(std::string text) {
  return {"sehlab: " + std::move(text) + '\n', false};
}

std::string_view ending_words(seh::ChainEnding ending) {
  switch (ending) {
    case seh::ChainEnding::End:
      return "end";
    case seh::ChainEnding::Cycle:
      return "it leads back to a record above";
    case seh::ChainEnding::TooLong:
      return "and more";
    case seh::ChainEnding::Unreadable:
      return "the next record cannot be read";
  }
  return {};
}

}  // namespace

gdb::Target::Answer ProcessTarget::monitor(std::string_view line, gdb::Control&) {
  std::string_view rest = trimmed(line);
  const std::string_view command = cut_word(rest);
  if (command.empty() || command == "help") return {kHelp, true};
  if (command == "chain") return {chain_text(), true};
  if (command == "dispatch") return {dispatch_text(), true};
  if (command == "watch") return watch_answer(rest);
  if (command == "exceptions") return exceptions_answer(rest);
  if (command == "end") return end_answer(rest);
  if (command == "where") return {where_text(), true};
  if (command == "memory") return {memory_map(process()), true};
  if (command == "goto") return arm(parse_place(rest));
  if (command == "back") return arm(parse_kind(rest));
  if (command == "push") {
    const std::string_view digits = rest.starts_with("0x") ? rest.substr(2) : rest;
    std::uint32_t address = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), address, 16);
    const bool well = error == std::errc() && end == digits.data() + digits.size();
    if (!well) return refused("push: \"" + trace::harmless(rest) + "\" is no address");
    return arm(Place(BackToPush{GuestAddr{address}}));
  }
  if (command == "inject") return arm_injection(rest);
  if (command == "explain") {
    std::vector<std::string> words;
    while (!rest.empty()) words.emplace_back(cut_word(rest));
    const auto text = explain(words, {});
    if (!text) return refused(text.error().what);
    return {*text, true};
  }
  return refused(fmt::format(
      "monitor has no \"{}\"{}; monitor help lists what it has", trace::harmless(command),
      trace::did_you_mean(command, std::span<const std::string_view>(kCommands))));
}

std::string ProcessTarget::where_text() {
  const std::string symbol = process().modules().symbolize(eip());
  const std::string source = process().modules().source_line(eip());
  std::string place = symbol.empty() ? trace::hex(eip()) : trace::harmless(symbol);
  if (!source.empty()) place += " (" + trace::harmless(source) + ")";
  return fmt::format("sehlab: @ {}  thread {}  {}\n",
                     trace::grouped(timeline_.moment().instructions), current().number, place);
}

std::string ProcessTarget::chain_text() {
  const emu::RawAccess& memory = process().machine().memory().raw();
  const auto head = memory.get<std::uint32_t>(current().teb);
  const seh::Chain chain =
      seh::read_chain(memory, GuestAddr{head.value_or(0xffffffff)}, kLongestChain);
  const std::uint32_t esp = process().machine().registers().general().esp;
  std::string text = fmt::format("chain of thread {}, fs:[0] at {}, esp {}\n", current().number,
                                 trace::hex(current().teb), trace::hex(esp));
  for (const seh::ChainRecord& record : chain.records) {
    const std::string handler = process().modules().symbolize(record.handler);
    const bool on_stack = current().reservation.contains(GuestAddr{esp}) &&
                          current().reservation.contains(record.record);
    text += fmt::format("  {}  next {}  handler {}{}\n", trace::hex(record.record),
                        trace::hex(record.next),
                        handler.empty() ? trace::hex(record.handler) : trace::harmless(handler),
                        on_stack && record.record.value < esp ? "  BELOW ESP" : "");
    if (const auto* facts = timeline_.told().history().find(current().number, record.record)) {
      const std::string words = report::history_words(*facts, record.record);
      if (!words.empty()) text += "            " + words + '\n';
    }
  }
  if (chain.ending != seh::ChainEnding::End || chain.records.empty()) {
    text += fmt::format("  {}\n", chain.records.empty() && chain.ending == seh::ChainEnding::End
                                      ? "empty"
                                      : ending_words(chain.ending));
  }
  return text;
}

std::string ProcessTarget::next_asked_text() {
  const emu::RawAccess& memory = process().machine().memory().raw();
  const auto head = memory.get<std::uint32_t>(current().teb);
  const seh::Chain chain = seh::read_chain(memory, GuestAddr{head.value_or(0xffffffff)}, 4);
  std::string text = "        continue hands it to the dispatch: vectored handlers, then ";
  if (chain.records.empty()) text += "nobody: the chain is empty";
  for (std::size_t i = 0; i < chain.records.size(); ++i) {
    const seh::ChainRecord& record = chain.records[i];
    const std::string handler = process().modules().symbolize(record.handler);
    text += fmt::format("{}{} {{{}}}", i == 0 ? "" : ", ", trace::hex(record.record),
                        handler.empty() ? trace::hex(record.handler) : trace::harmless(handler));
  }
  if (chain.ending == seh::ChainEnding::TooLong) text += ", …";
  return text + '\n';
}

std::string ProcessTarget::dispatch_text() {
  constexpr std::size_t kLookedAt = 10'000;  // events, those of other threads between included
  const std::size_t kFault = trace::Payload(trace::FaultRaised{}).index();
  const EventLog& told = timeline_.told();
  std::size_t begin = told.size();
  while (begin > 0 && told.brief(begin - 1).kind != kFault) --begin;
  if (begin == 0) return "no exception up to here\n";
  const auto events = timeline_.recall(begin - 1, kLookedAt);
  if (events.empty()) return "the last exception is too far back\n";
  std::string text;
  std::size_t lines = 0;
  const std::uint32_t thread = events.front().event.thread;
  for (const EventLog::Told& one : events) {
    const trace::Event& event = one.event;
    const bool of_others = event.thread != thread ||
                           std::holds_alternative<trace::GateCalled>(event.payload) ||
                           std::holds_alternative<trace::ThreadSwitched>(event.payload);
    if (of_others) continue;
    if (lines++ == kMostEvents) {
      text += "  …\n";
      break;
    }
    text += fmt::format("  @ {}  {}  {}\n", trace::grouped(event.instruction),
                        trace::kind_name(event.payload), trace::describe(event.payload));
    const bool over = std::holds_alternative<trace::DispatchContinued>(event.payload) ||
                      std::holds_alternative<trace::UnwindEnded>(event.payload);
    if (over) break;
  }
  return text;
}

gdb::Target::Answer ProcessTarget::watch_answer(std::string_view word) {
  if (watch_ == watch::Mode::Off) return refused("this run is not watched (--watch=off)");
  if (word == "go" || word == "stop") {
    stop_at_defects_ = word == "stop";
    return {stop_at_defects_ ? "a defect stops the run\n" : "defects do not stop the run\n", true};
  }
  if (!word.empty()) return refused("monitor watch takes go, stop or nothing");
  std::string text;
  std::size_t found = 0;
  for (const auto& [index, event] : timeline_.told().defects()) {
    if (index >= timeline_.told().size()) break;
    const auto* defect = std::get_if<trace::DefectFound>(&event.payload);
    if (defect == nullptr || !defect->suppressed.empty()) continue;
    if (++found <= kMostDefects) text += report::defect_report(event) + '\n';
  }
  if (found > kMostDefects) text += fmt::format("and {} more\n", found - kMostDefects);
  return {found == 0 ? "no defect up to here\n" : text, true};
}

gdb::Target::Answer ProcessTarget::exceptions_answer(std::string_view word) {
  if (word == "first") {
    exceptions_ = Exceptions::First;
  } else if (word == "second") {
    exceptions_ = Exceptions::Second;
  } else if (!word.empty()) {
    return refused("monitor exceptions takes first or second");
  }
  return {exceptions_ == Exceptions::First ? "the run stops before each exception's dispatch\n"
                                           : "the run stops at exceptions that nobody takes\n",
          true};
}

gdb::Target::Answer ProcessTarget::end_answer(std::string_view word) {
  if (!word.empty() && word != "go" && word != "stop") {
    return refused("monitor end takes stop or go");
  }
  if (!word.empty()) stop_at_end_ = word == "stop";
  return {stop_at_end_ ? "the run stops before the process ends\n" : "the process may end\n", true};
}

gdb::Target::Answer ProcessTarget::arm(const Result<Place>& place) {
  if (!place) return refused(place.error().text());
  armed_ = *place;
  return {"the next reverse-continue goes there\n", true};
}

gdb::Target::Answer ProcessTarget::arm_injection(std::string_view what) {
  const std::string text =
      fmt::format("at=instruction:{} {}", timeline_.moment().instructions, what);
  auto spec = inject::parse_spec(text);
  if (!spec) return refused(spec.error().text());
  const auto deed = inject::prepare(*spec, process());
  if (!deed) return refused("inject: " + deed.error().what);
  injection_ = std::move(*spec);
  return {"the next continue begins with it\n", true};
}

}  // namespace sehlab::lab
