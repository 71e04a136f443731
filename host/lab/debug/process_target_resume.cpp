// Going on, forwards and backwards, and why that stops.
#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "host/inject/deeds.hpp"
#include "host/lab/debug/exception_words.hpp"
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

/// Looks at the debugger not more often than a person would notice.
class Patience {
 public:
  explicit Patience(gdb::Control& control) : control_(control) {}
  [[nodiscard]] bool over() {
    const auto now = std::chrono::steady_clock::now();
    if (now < next_) return interrupted_;
    next_ = now + std::chrono::milliseconds(20);
    interrupted_ = interrupted_ || control_.interrupted();
    return interrupted_;
  }

 private:
  gdb::Control& control_;
  std::chrono::steady_clock::time_point next_;
  bool interrupted_ = false;
};

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

/// Looks for the last stop point that was met.
class PointVisitor final : public Timeline::Visitor {
 public:
  PointVisitor(Timeline& timeline, StopPoints& points, gdb::Control& control)
      : timeline_(timeline), points_(points), patience_(control) {}
  std::span<const GuestAddr> addresses() const override { return points_.addresses(); }
  bool wants_all() const override { return points_.watches(); }
  bool counts_here() override {
    const auto* point =
        points_.at(GuestAddr{timeline_.process().machine().registers().general().eip});
    if (point != nullptr) met = *point;
    return point != nullptr;
  }
  void before_step() override {
    from_ = timeline_.moment();
    points_.before_step(timeline_.process());
  }
  bool after_step() override {
    const auto* point = points_.after_step(timeline_.process(),
                                           timeline_.moment().instructions > from_.instructions);
    if (point != nullptr) met = *point;
    return point != nullptr;
  }
  bool given_up() override { return patience_.over(); }

  gdb::StopPoint met;

 private:
  Timeline& timeline_;
  StopPoints& points_;
  Patience patience_;
  Timeline::Moment from_;
};

/// Looks for the last moment at which a thread ran.
class ThreadVisitor final : public Timeline::Visitor {
 public:
  ThreadVisitor(Timeline& timeline, std::uint32_t thread, gdb::Control& control)
      : timeline_(timeline), thread_(thread), patience_(control) {}
  std::span<const GuestAddr> addresses() const override { return {}; }
  bool wants_all() const override { return true; }
  bool counts_here() override {
    return timeline_.process().scheduler().current().number == thread_;
  }
  bool given_up() override { return patience_.over(); }

 private:
  Timeline& timeline_;
  std::uint32_t thread_;
  Patience patience_;
};

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
    control.say("sehlab: there is no such place in this run\n");
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
  (*deed)();
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
    if (passed && is_of_dispatch(told.event.payload)) {
      control.say(fmt::format("        @ {}  {}  {}\n", trace::grouped(told.event.instruction),
                              trace::kind_name(told.event.payload),
                              trace::describe(told.event.payload)));
    }
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
  const auto eip_of_stepping = [&] {
    const auto block = registers(stepping);
    emu::GeneralRegisters general;
    emu::FxState fx;
    if (block) block->put_into(general, fx);
    return general.eip;
  };
  const std::uint32_t stepped_from = stepping != 0 ? eip_of_stepping() : 0;
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
      if (const auto* met = points_.after_step(process(), retired)) {
        static_cast<void>(report(Why::StopPoint, gdb::Signal::Trap));
        standing_.point = *met;
        standing_.thread = thread(ran) != nullptr ? ran : standing_.thread;
        return standing_;
      }
    }
    if (stepping != 0) {
      const bool gone = thread(stepping) == nullptr;
      if (gone || (ran == stepping && (retired || eip_of_stepping() != stepped_from))) {
        static_cast<void>(report(Why::Signal, gdb::Signal::Trap));
        if (!gone) standing_.thread = stepping;
        return standing_;
      }
    }
    if (const auto* point = points_.at(eip())) {
      static_cast<void>(report(Why::StopPoint, gdb::Signal::Trap));
      standing_.point = *point;
      return standing_;
    }
    // Its breakpoints in a new image are to be there before that runs.
    if (images_asked_ && images_told_ != process().modules().version()) {
      gdb::StopReport news = report(Why::Signal, gdb::Signal::Trap);
      news.images_changed = true;
      return news;
    }
    if (patience.over()) return report(Why::Signal, gdb::Signal::Interrupt);
  }
}

gdb::StopReport ProcessTarget::backwards(const gdb::Resume& how, gdb::Control& control) {
  chance_.reset();
  end_told_ = false;
  const Moment here = timeline_.moment();
  if (how.way == Way::StepBack) {
    const std::uint32_t wanted = how.thread != 0 ? how.thread : current().number;
    auto before = timeline_.step_back_from(here);
    if (before && current().number != wanted) {
      ThreadVisitor visitor(timeline_, wanted, control);
      before = timeline_.last_before(here, visitor);
    }
    arrive(before.value_or(here), control);
    return report(before ? Why::Signal : Why::HistoryBegin, gdb::Signal::Trap);
  }
  PointVisitor visitor(timeline_, points_, control);
  const bool any = points_.watches() || !points_.addresses().empty();
  const auto found = any ? timeline_.last_before(here, visitor) : std::nullopt;
  if (found) {
    arrive(*found, control);
    static_cast<void>(report(Why::StopPoint, gdb::Signal::Trap));
    standing_.point = visitor.met;
    return standing_;
  }
  if (visitor.given_up()) {
    arrive(here, control);
    return report(Why::Signal, gdb::Signal::Interrupt);
  }
  arrive({}, control);
  return report(Why::HistoryBegin, gdb::Signal::Trap);
}

}  // namespace sehlab::lab
