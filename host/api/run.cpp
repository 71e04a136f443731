#include "host/api/sehlab/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <ostream>
#include <sstream>
#include <utility>
#include <variant>

#include "host/api/run_facts.hpp"
#include "host/api/sehlab/error.hpp"
#include "host/lab/crash.hpp"
#include "host/report/crash_story.hpp"
#include "host/report/defect_report.hpp"
#include "host/report/page.hpp"
#include "host/scenario/handler_name.hpp"
#include "host/trace/chrome_writer.hpp"
#include "host/trace/jsonl_writer.hpp"
#include "host/trace/plain.hpp"
#include "host/trace/text_writer.hpp"

namespace sehlab {
namespace {

constexpr std::uint32_t kUnwinding = 0x6;  // EXCEPTION_UNWINDING | EXCEPTION_EXIT_UNWIND

scenario::Handler named(const HandlerCall& call) {
  return {call.handler, call.owner, call.record};
}

}  // namespace

std::string crash_report(const process::End& end, const std::vector<trace::Event>& events) {
  report::CrashStory story;
  for (const trace::Event& event : events) story.on_event(event);
  return lab::crash_text(end, story, report::Style{});
}

void judge_events(RunFacts& facts) {
  for (const trace::Event& event : facts.events) {
    if (std::holds_alternative<trace::DispatchBegun>(event.payload)) {
      ++facts.exceptions;
    } else if (const auto* entered = std::get_if<trace::HandlerEntered>(&event.payload)) {
      Handlers& calls = (entered->flags & kUnwinding) != 0 ? facts.unwound : facts.handlers;
      calls.calls.push_back(
          {entered->handler, entered->owner, entered->frame, entered->code, entered->flags});
    } else if (const auto* defect = std::get_if<trace::DefectFound>(&event.payload)) {
      if (defect->suppressed.empty()) facts.defects.push_back(*defect);
    }
  }
}

std::ostream& operator<<(std::ostream& out, Ended ended) {
  switch (ended) {
    case Ended::Returned:
      return out << "returned";
    case Ended::Exited:
      return out << "exited";
    case Ended::UnhandledException:
      return out << "unhandled exception";
    case Ended::BudgetSpent:
      return out << "budget spent";
    case Ended::Unmodelled:
      return out << "not modelled";
    case Ended::Stopped:
      return out << "stopped by the watch";
  }
  return out;
}

std::ostream& operator<<(std::ostream& out, const Handlers& handlers) {
  if (handlers.calls.empty()) return out << "nobody";
  const char* before = "";
  for (const HandlerCall& call : handlers.calls) {
    out << std::exchange(before, ", ") << scenario::shown(named(call));
  }
  return out;
}

std::ostream& operator<<(std::ostream& out, const HandlerNames& names) {
  if (names.names.empty()) return out << "nobody";
  const char* before = "";
  for (const std::string& name : names.names) out << std::exchange(before, ", ") << name;
  return out;
}

bool operator==(const Handlers& calls, const HandlerNames& names) {
  return std::ranges::equal(names.names, calls.calls,
                            [](const std::string& name, const HandlerCall& call) {
                              return scenario::names_handler(name, named(call));
                            });
}

std::ostream& operator<<(std::ostream& out, const Chain& chain) {
  out << trace::describe(chain.picture());
  if (chain.head() != chain.head_before()) {
    out << ", where fs:[0] was " << trace::hex(chain.head_before());
  }
  return out;
}

std::ostream& operator<<(std::ostream& out, const Run& run) {
  return out << run.report();
}

Ended Run::ended() const {
  return facts_->ended;
}
std::uint32_t Run::code() const {
  return facts_->end.code;
}
const std::string& Run::detail() const {
  return facts_->end.detail;
}
std::uint32_t Run::value() const {
  return facts_->eax;
}
std::uint64_t Run::value64() const {
  return std::uint64_t{facts_->edx} << 32 | facts_->eax;
}
double Run::floating_value() const {
  return facts_->st0;
}
const std::vector<std::byte>& Run::bytes(std::size_t argument) const {
  static const std::vector<std::byte> none;
  return argument < facts_->bytes.size() ? facts_->bytes[argument] : none;
}
bool Run::exception_handled() const {
  return facts_->exceptions != 0 && (returned() || facts_->ended == Ended::Exited);
}
std::size_t Run::exceptions() const {
  return facts_->exceptions;
}
const Handlers& Run::handlers() const {
  return facts_->handlers;
}
const Handlers& Run::unwound() const {
  return facts_->unwound;
}
const Chain& Run::chain() const {
  return facts_->chain;
}
const std::vector<trace::DefectFound>& Run::defects() const {
  return facts_->defects;
}
const std::vector<std::string>& Run::never_fired() const {
  return facts_->never_fired;
}
const std::vector<trace::Event>& Run::events() const {
  return facts_->events;
}
std::uint64_t Run::instructions() const {
  return facts_->instructions;
}
std::uint64_t Run::first_instruction() const {
  return facts_->first_instruction;
}
const std::string& Run::output() const {
  return facts_->output;
}
const std::string& Run::error_output() const {
  return facts_->error_output;
}

const std::vector<GuestFile>& Run::files() const {
  return facts_->files;
}

std::string Run::report() const {
  std::string text;
  switch (facts_->ended) {
    case Ended::Returned:
      text = fmt::format("returned {:#x}\n", facts_->eax);
      break;
    case Ended::Exited:
      text = fmt::format("the process exited with {}\n", facts_->end.code);
      break;
    case Ended::BudgetSpent:
      text = facts_->end.detail.empty()
                 ? fmt::format("the budget is spent, {} instructions\n", facts_->instructions)
                 : facts_->end.detail + "\n";
      break;
    case Ended::Unmodelled:
      text = "not modelled: " + facts_->end.detail + "\n";
      break;
    case Ended::Stopped:
      text = facts_->end.detail + "\n";
      break;
    case Ended::UnhandledException:
      text = crash_report(facts_->end, facts_->events);
      break;
  }
  if (facts_->exceptions != 0) {
    std::ostringstream asked;
    asked << facts_->handlers;
    text += fmt::format("exceptions dispatched: {}; asked: {}\n", facts_->exceptions, asked.str());
  }
  if (!facts_->chain.intact()) {
    std::ostringstream chain;
    chain << facts_->chain;
    text += fmt::format("the chain is not intact: {}\n", chain.str());
  }
  for (const trace::Event& event : facts_->events) {
    const auto* defect = std::get_if<trace::DefectFound>(&event.payload);
    if (defect != nullptr && defect->suppressed.empty()) {
      text += report::defect_report(event) + "\n";
    }
  }
  for (const std::string& line : facts_->never_fired) text += line + "\n";
  return text;
}

std::string Run::trace(TraceForm form) const {
  std::ostringstream out;
  std::unique_ptr<trace::Listener> writer;
  switch (form) {
    case TraceForm::Text:
      writer = std::make_unique<trace::TextWriter>(out);
      break;
    case TraceForm::JsonLines:
      writer = std::make_unique<trace::JsonlWriter>(out);
      break;
    case TraceForm::Chrome:
      writer = std::make_unique<trace::ChromeWriter>(out);
      break;
  }
  for (const trace::Event& event : facts_->events) writer->on_event(event);
  writer.reset();  // it may have an end to write
  return out.str();
}

void Run::write_page(const std::filesystem::path& file, const std::string& title) const {
  report::PageTrace page;
  for (const trace::Event& event : facts_->events) page.on_event(event);
  report::PageFacts about;
  about.title = title;
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  report::write_page(out, about, page, nullptr);
  if (!out.flush()) throw LabError(file.string() + ": cannot be written");
}

}  // namespace sehlab
