// Going on, and why that stops.
#include <fmt/format.h>

#include <utility>

#include "host/inject/deeds.hpp"
#include "host/lab/debug/exception_words.hpp"
#include "host/lab/debug/patience.hpp"
#include "host/lab/debug/process_target.hpp"
#include "host/lab/result_file.hpp"
#include "host/report/defect_report.hpp"
#include "host/trace/kinds.hpp"
#include "host/trace/plain.hpp"
#include "host/trace/text_writer.hpp"

namespace sehlab::lab {
namespace {

using Why = gdb::StopReport::Why;
using Way = gdb::Resume::Way;

constexpr std::uint64_t kSlice = 200'000;  // instructions between two looks at the debugger

/// What of a dispatch and of the unwinding that it brings about is told as it goes on.
bool is_of_dispatch(const trace::Payload& payload) {
  return std::holds_alternative<trace::RecordVisited>(payload) ||
         std::holds_alternative<trace::RecordRefused>(payload) ||
         std::holds_alternative<trace::HandlerEntered>(payload) ||
         std::holds_alternative<trace::Disposition>(payload) ||
         std::holds_alternative<trace::VectoredEntered>(payload) ||
         std::holds_alternative<trace::VectoredReturned>(payload) ||
         std::holds_alternative<trace::DispatchContinued>(payload) ||
         std::holds_alternative<trace::DispatchAbandoned>(payload) ||
         std::holds_alternative<trace::UnwindBegun>(payload) ||
         std::holds_alternative<trace::UnwindEnded>(payload);
}

std::string full_text(const EventLog& told) {
  return fmt::format(
      "sehlab: {} events are all that is kept of a run: it goes on by detach only, alone\n",
      trace::grouped(told.size()));
}

std::string event_line(const trace::Event& event) {
  return fmt::format("        @ {}  {}  {}\n", trace::grouped(event.instruction),
                     trace::kind_name(event.payload), trace::describe(event.payload));
}

}  // namespace

gdb::StopReport ProcessTarget::report(Why why, gdb::Signal signal) {
  standing_ = {};
  standing_.why = why;
  standing_.signal = signal;
  standing_.thread = current().number;
  return standing_;
}

void ProcessTarget::arrive(Moment moment, gdb::Control& control) {
  if (timeline_.go_to(moment)) {
    control.say("sehlab: this is before a change of yours, which is taken back\n");
  }
}

gdb::StopReport ProcessTarget::resume(const gdb::Resume& how, gdb::Control& control) {
  if (kept_back_) return standing_ = *std::exchange(kept_back_, std::nullopt);
  console_.speak_through(&control);
  const gdb::StopReport stop = resume_now(how, control);
  console_.speak_through(nullptr);
  const bool gone = stop.why == Why::Exited || stop.why == Why::Killed;
  const std::uint64_t version = process().modules().version();
  if (gone || !images_asked_ || std::exchange(images_told_, version) == version) return stop;
  if (stop.images_changed) return stop;
  // GDB looks at nothing else in a report of images, reads the list, and goes on as it did before.
  kept_back_ = stop;
  gdb::StopReport news = stop;
  news.why = Why::Signal;
  news.signal = gdb::Signal::Trap;
  news.images_changed = true;
  return news;
}

gdb::StopReport ProcessTarget::resume_now(const gdb::Resume& how, gdb::Control& control) {
  if (!notes_.empty()) control.say(std::exchange(notes_, {}));
  if (armed_) return go_to_armed(control);
  if (injection_ && timeline_.end() == nullptr) {
    if (!carry_out_injection(control)) return report(Why::Signal, gdb::Signal::Trap);
    control.say(std::exchange(notes_, {}));
  }
  if (how.way == Way::ContinueBack || how.way == Way::StepBack) return backwards(how, control);
  return forwards(how, control);
}

gdb::StopReport ProcessTarget::go_to_armed(gdb::Control& control) {
  const Place place = *std::exchange(armed_, std::nullopt);
  const Moment here = timeline_.moment();
  chance_.reset();
  end_told_ = false;
  const auto found = find_place(place, timeline_, control);
  if (!found) {
    arrive(here, control);
    control.say(timeline_.told().full() ? full_text(timeline_.told())
                                        : "sehlab: there is no such place in this run\n");
    return report(Why::Signal, gdb::Signal::Trap);
  }
  arrive(found->moment, control);
  control.say(where_text());
  if (!found->what.empty()) control.say("        " + found->what + '\n');
  if (!found->fault_code) return report(Why::Signal, gdb::Signal::Trap);
  chance_ = Chance{found->event, timeline_.moment(), signal_of(*found->fault_code)};
  return report(Why::Signal, chance_->signal);
}

bool ProcessTarget::carry_out_injection(gdb::Control& control) {
  const inject::Spec spec = *std::exchange(injection_, std::nullopt);
  const auto deed = inject::prepare(spec, process());
  if (!deed) {
    control.say("sehlab: inject: " + deed.error().what + '\n');
    return false;
  }
  chance_.reset();
  timeline_.discard_future();
  const std::size_t seen = timeline_.told().size();
  (*deed)();
  for (std::size_t i = seen; i < timeline_.told().size(); ++i) {
    control.say(event_line(timeline_.told()[i].event));
  }
  if (timeline_.end() == nullptr) note_change("what you injected was done");
  return true;
}

std::optional<gdb::StopReport> ProcessTarget::look_at_events(std::size_t& seen,
                                                             const std::optional<Chance>& passed,
                                                             gdb::Control& control) {
  for (; seen < timeline_.told().size(); ++seen) {
    const EventLog::Told& told = timeline_.told()[seen];
    if (const auto* fault = std::get_if<trace::FaultRaised>(&told.event.payload)) {
      const bool is_passed = passed && passed->event == seen && passed->moment == told.moment;
      if (exceptions_ != Exceptions::First || is_passed || end_told_) continue;
      const gdb::Signal signal = signal_of(fault->code);
      const std::string text = first_chance_text(told.event);
      arrive(Moment(told.moment), control);
      chance_ = Chance{seen, timeline_.moment(), signal};
      control.say(text + next_asked_text());
      return report(Why::Signal, signal);
    }
    if (const auto* defect = std::get_if<trace::DefectFound>(&told.event.payload)) {
      if (!stop_at_defects_ || !defect->suppressed.empty()) continue;
      control.say("sehlab: " + report::defect_report(told.event) + '\n');
      return report(Why::Signal, gdb::Signal::Trap);
    }
    if (passed && is_of_dispatch(told.event.payload)) control.say(event_line(told.event));
  }
  return std::nullopt;
}

gdb::StopReport ProcessTarget::ended(gdb::Control& control) {
  const process::End& end = *timeline_.end();
  const gdb::Signal signal =
      end.kind == trace::EndKind::UnhandledException ? signal_of(end.code) : gdb::Signal::Trap;
  const bool unhandled = end.kind == trace::EndKind::UnhandledException;
  if (!stop_at_end_ || end_told_) {
    auto last = report(unhandled ? Why::Killed : Why::Exited, signal);
    last.code = static_cast<std::uint32_t>(exit_code(end));
    return standing_ = last;
  }
  std::string text = fmt::format("sehlab: @ {}  the process would end now: {}, code {:#x}",
                                 trace::grouped(end.instructions), end_name(end.kind), end.code);
  if (!end.detail.empty()) text += "\n        " + trace::harmless(end.detail);
  text += unhandled ? "\n        nobody took the exception (second chance)" : "";
  control.say(text + "\n        continue ends it; reverse-continue goes back\n");
  const auto last = timeline_.step_back_from(timeline_.moment());
  if (last) arrive(*last, control);
  end_told_ = true;
  chance_.reset();
  return report(unhandled ? Why::Signal : Why::HistoryEnd, signal);
}

gdb::StopReport ProcessTarget::met(const gdb::StopPoint& point) {
  static_cast<void>(report(Why::StopPoint, gdb::Signal::Trap));
  standing_.point = point;
  return standing_;
}

gdb::StopReport ProcessTarget::forwards(const gdb::Resume& how, gdb::Control& control) {
  std::optional<Chance> passed = std::exchange(chance_, std::nullopt);
  if (passed && passed->moment == timeline_.moment()) {
    // GDB keeps SIGTRAP to itself unless it is told otherwise.
    const bool given = how.signal != gdb::Signal::None || passed->signal == gdb::Signal::Trap;
    if (!given) passed.reset();
  }
  if (timeline_.end() != nullptr) return ended(control);
  const std::uint32_t stepping = how.way != Way::Step ? 0
                                 : how.thread != 0    ? how.thread
                                                      : current().number;
  const std::uint32_t stepped_from = stepping != 0 ? eip_of(stepping) : 0;
  Patience patience(control);
  std::size_t seen = timeline_.told().size();
  for (bool first = true;; first = false) {
    const Moment before = timeline_.moment();
    const std::uint32_t ran = current().number;
    const bool single = first || stepping != 0 || points_.watches();
    if (single) {
      points_.before_step(process());
      timeline_.step();
    } else {
      timeline_.run_on(before.instructions + kSlice, points_.addresses());
    }
    if (auto stop = look_at_events(seen, passed, control)) return *stop;
    if (timeline_.end() != nullptr) return ended(control);
    const bool retired = timeline_.moment().instructions > before.instructions;
    if (single) {
      if (const auto* watch = points_.after_step(process(), retired)) {
        static_cast<void>(met(*watch));
        if (thread(ran) != nullptr) standing_.thread = ran;
        return standing_;
      }
    }
    if (stepping != 0) {
      const bool gone = thread(stepping) == nullptr;
      if (gone || (ran == stepping && (retired || eip_of(stepping) != stepped_from))) {
        static_cast<void>(report(Why::Signal, gdb::Signal::Trap));
        if (!gone) standing_.thread = stepping;
        return standing_;
      }
    }
    if (const auto* point = points_.at(eip())) return met(*point);
    // Its breakpoints in a new image are to be there before that runs.
    if (images_asked_ && images_told_ != process().modules().version()) {
      gdb::StopReport news = report(Why::Signal, gdb::Signal::Trap);
      news.images_changed = true;
      return news;
    }
    if (timeline_.told().full()) {
      control.say(full_text(timeline_.told()));
      return report(Why::HistoryEnd, gdb::Signal::Trap);
    }
    if (patience.over()) return report(Why::Signal, gdb::Signal::Interrupt);
  }
}

}  // namespace sehlab::lab
