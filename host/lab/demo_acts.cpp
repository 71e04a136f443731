#include "host/lab/demo_acts.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <vector>

#include "host/report/wrap.hpp"

namespace sehlab::lab {
namespace {

std::string hex(GuestAddr address) {
  return fmt::format("{:08x}", address.value);
}

std::string count(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t i = digits.size(); i > 3;) digits.insert(i -= 3, " ");
  return digits;
}

/// `text` and spaces up to `width` columns; a UTF-8 sequence is one column.
std::string pad(std::string text, std::size_t width) {
  const auto columns = static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (c & 0xc0) != 0x80; }));
  if (columns < width) text.append(width - columns, ' ');
  return text;
}

constexpr std::size_t kColumns = 80, kMargin = 3;

/// A paragraph, and an empty line.
std::string prose(std::string_view text) {
  return report::indented(text, kMargin, kColumns) + '\n';
}

/// At most 33 columns, so that both stacks fit side by side.
std::string clip(std::string text) {
  constexpr std::size_t kMost = 33;
  std::size_t columns = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((text[i] & 0xc0) == 0x80) continue;
    if (++columns == kMost) return text.substr(0, i) + "…";
  }
  return text;
}

/// Code that changes from one stack to the other: its frames are links, of interest to nobody.
bool between_stacks(std::string_view function) {
  return function == "lessstack" || function == "callbackasm1" || function == "cgocallback_gofunc";
}

/// Who linked `record` last before `before`: the function whose frame holds it, or its image where
/// that is not the program.
std::string owner_of(const Story& story, GuestAddr record, const trace::Event* before) {
  for (const trace::Event* event = before; event-- != story.events.data();) {
    const auto* pushed = std::get_if<trace::RecordPushed>(&event->payload);
    if (pushed == nullptr || pushed->record != record) continue;
    const std::string& symbol = pushed->owner.symbol;
    const std::size_t bang = symbol.find('!');
    if (bang == symbol.npos) return "?";
    return symbol.starts_with(story.image + '!') ? function_name(symbol) : symbol.substr(0, bang);
  }
  return "?";
}

/// Something on a stack, for the picture.
struct Row {
  GuestAddr at;
  std::string text;
  bool record = false;
};

/// Records of the chain and frames of active calls on the thread's stack, highest first.
std::vector<Row> os_stack_rows(const Story& story, const trace::Event& event,
                               const std::vector<trace::CallFrame>& frames) {
  std::vector<Row> rows;
  for (const trace::ChainLink& link : event.chain.links) {
    if (!story.stack.contains(link.record)) continue;
    const std::string handler = function_name(link.handler.symbol);
    rows.push_back({link.record,
                    clip(fmt::format("▪ {} → {}", owner_of(story, link.record, &event),
                                     handler.empty() ? hex(link.handler.address) : handler)),
                    true});
  }
  for (const trace::CallFrame& frame : frames) {
    if (!story.stack.contains(frame.frame)) continue;
    rows.push_back({frame.frame, "  " + function_name(frame.code.symbol), false});
  }
  std::ranges::stable_sort(rows, std::ranges::greater{}, [](const Row& row) { return row.at; });
  return rows;
}

std::vector<Row> go_stack_rows(const Story& story, const std::vector<trace::CallFrame>& frames) {
  std::vector<Row> rows;
  for (const trace::CallFrame& frame : frames) {
    const std::string name = function_name(frame.code.symbol);
    if (story.stack.contains(frame.frame) || name.empty() || between_stacks(name)) continue;
    rows.push_back({frame.frame, name, false});
  }
  std::ranges::reverse(rows);
  return rows;
}

constexpr std::size_t kLeft = 47;  // columns of the thread's stack in the picture

std::string two_stacks(const Story& story) {
  const trace::Event& event = *story.panic.event;
  const auto left = os_stack_rows(story, event, story.panic.what->frames);
  auto right = go_stack_rows(story, story.panic.what->frames);
  // The goroutine's inner calls are what matters; its outer ones may be many.
  if (right.size() > left.size() + 2) {
    right.erase(right.begin(), right.end() - static_cast<std::ptrdiff_t>(left.size() + 2));
  }
  std::string out =
      "   " +
      pad(fmt::format("the thread's stack {}-{}", hex(story.stack.begin), hex(story.stack.end)),
          kLeft) +
      "the goroutine's stack\n";
  for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
    std::string line;
    if (i < left.size()) {
      const bool head = left[i].at == event.chain.head && left[i].record;
      line = fmt::format("{}  {}{}", hex(left[i].at), left[i].text, head ? " ◄ fs:[0]" : "");
    }
    line = "   " + pad(line, kLeft);
    if (i < right.size()) line += fmt::format("{}  {}", hex(right[i].at), right[i].text);
    out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return out;
}

std::string heading(const report::Style& ink, int act, std::string_view title) {
  return ink.bold(fmt::format("{}  {}", act, title)) + "\n\n";
}

}  // namespace

std::string act_before(const Story& s, const report::Style& ink) {
  std::string out = heading(ink, 1, "Before: Go calls C, and C calls Go");
  out += prose(
      "A registration record is two words on a thread's stack: the address of the next record, and "
      "a handler to ask when something faults. fs:[0] names the first. Go links one when a thread "
      "starts (mstart), with its handler sigtramp. When C calls back into Go, callbackasm1 links "
      "another, so that Go is asked before C.");
  out += two_stacks(s) + "\n";
  const auto linked = [](const auto& moment) {
    return fmt::format("   @{}  {}  linked by {}\n", pad(count(moment.event->instruction), 9),
                       hex(moment.what->record), moment.what->by.symbol);
  };
  out += linked(s.thread_record) + linked(s.callback_record) + '\n';
  out += prose("▪ marks a record: the function in whose frame it lies → its handler.");
  out += prose(
      "Calls nest across the two stacks: Go runs on the right, C on the left, and each time one "
      "calls the other ESP changes sides. Records lie on the left only: a record anywhere else "
      "would be refused. @ counts the instructions executed so far.");
  return out;
}

std::string act_break(const Story& s, const Story& fixed, const report::Style& ink) {
  std::string out = heading(ink, 2, "The break: the inner Go panics, the outer Go recovers");
  out += prose(
      "A panic runs the deferred functions, newest first: unwindm gives the thread's stack back, "
      "endcgo undoes what cgocall did, and then the outer function recovers. Nobody runs the rest "
      "of callbackasm1, whose last instructions unlink its record.");
  const trace::Event& event = *s.exposed.event;
  const trace::RecordExposed& exposed = *s.exposed.what;
  std::vector<Row> rows = os_stack_rows(s, event, {});
  rows.push_back({exposed.esp, "ESP: below this line the stack is dead", false});
  std::ranges::stable_sort(rows, std::ranges::greater{}, [](const Row& row) { return row.at; });
  out += "   the thread's stack\n";
  for (const Row& row : rows) {
    const bool head = row.record && row.at == event.chain.head;
    std::string text = row.text;
    if (!row.record) text = "─────── " + text;
    std::string line = fmt::format("   {}  {}{}", hex(row.at), text, head ? "  ◄ fs:[0]" : "");
    const bool dead = row.record && row.at < exposed.esp;
    out += (dead ? ink.bad(line + "  dead, and still first") : line) + "\n";
  }
  out += fmt::format(
      "\n   watch: {}  fs:[0] = {} lies below ESP = {}\n"
      "          since     @{}, the first instruction on this stack above it:\n"
      "                    {}\n"
      "          linked    @{} by {}\n"
      "          frame of  {}, which was left when the panic unwound past it\n",
      ink.bold("EXPOSED"), hex(exposed.record), hex(exposed.esp), count(event.instruction),
      event.eip.symbol, count(exposed.pushed_at), exposed.pushed_by.symbol,
      function_name(exposed.owner.symbol));
  out +=
      "          harmless  so far: its two words are intact, and a fault would find\n"
      "                    sigtramp there\n\n";
  out += prose(fmt::format(
      "In the fixed program ({}) the same record is exposed for {} instructions, until {}, called "
      "by endcgo, restores fs:[0]. Here endcgo does not, and the outer Go recovers at @{} with "
      "fs:[0] still {}.",
      fixed.image, count(fixed.restored.what->lasted),
      function_name(fixed.restored.what->by.symbol), count(s.recovery.event->instruction),
      hex(s.recovery.event->chain.head)));
  return out;
}

std::string act_crash(const Story& s, const report::Style& ink) {
  std::string out =
      heading(ink, 3, "The crash: the stack is used again, and then something faults");
  const trace::ExposedRecordWritten& written = *s.written.what;
  const bool early = s.written.event->instruction < s.recovery.event->instruction;
  out +=
      prose(std::string("The next call of C uses the dead stack") +
            (early ? " (here it comes from a deferred function, even before the outer Go recovers)"
                   : "") +
            ". The record's words are overwritten:");
  out += fmt::format("   @{}  {}  {:08x} → {:08x}  by {}\n\n",
                     pad(count(s.written.event->instruction), 9), hex(written.word),
                     written.old_value, written.new_value, written.by.symbol);
  out += prose(
      fmt::format("Nothing happens: nobody looks at fs:[0]. Then, {} instructions later, Go reads "
                  "through a nil pointer, as its programs may: the fault should become a panic.",
                  count(s.fault.event->instruction - s.written.event->instruction)));
  return out;
}

std::string act_fix(const Story& buggy, const Story& s, const report::Style& ink) {
  std::string out = heading(ink, 4, "The fix: endcgo restores what cgocall found");
  out += prose(
      "cgocall now remembers fs:[0] before it calls C, and endcgo, which runs on every way out, "
      "the "
      "panic's too, puts it back:");
  out +=
      "       sehunwind.seh = getseh();          in cgocall\n"
      "       setseh(getm()->sehunwind->seh);    in endcgo\n\n";
  out += fmt::format("   {}, the same tests, the same nil pointer:\n\n", s.image);
  out += fmt::format("   @{}  fault     {:08x} at {}\n", pad(count(s.fault.event->instruction), 9),
                     s.fault.what->code, s.fault.what->at.symbol);
  for (const auto& visit : s.visits) {
    out += fmt::format("   @{}  visit     {}  the record of {}, handler {}\n",
                       pad(count(visit.event->instruction), 9), hex(visit.what->record),
                       owner_of(s, visit.what->record, visit.event),
                       function_name(visit.what->handler.symbol));
  }
  out += fmt::format("   @{}  {}  in {}: the fault has become a Go panic\n",
                     pad(count(s.continued.event->instruction), 9), ink.good("continue"),
                     function_name(s.continued.what->to.symbol));
  out += fmt::format("   @{}  exit      {}: the panic was recovered, and the program went on\n",
                     pad(count(s.events.back().instruction), 9), s.end.code);
  out += "\n   What the two programs printed:\n\n";
  const auto print = [&](const Story& story) {
    std::string_view rest = story.output;
    while (!rest.empty()) {
      const std::size_t line = rest.find('\n');
      std::string shown(rest.substr(0, line));
      if (shown.starts_with('\t')) shown.replace(0, 1, "    ");
      out += fmt::format("   {} │ {}\n", pad(story.image, 10), shown);
      if (line == rest.npos) break;
      rest.remove_prefix(line + 1);
    }
  };
  print(buggy);
  out += fmt::format("   {} │ {}\n", pad(buggy.image, 10), ink.bad("(died of C0000005)"));
  print(s);
  return out;
}

}  // namespace sehlab::lab
