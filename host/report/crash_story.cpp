#include "host/report/crash_story.hpp"

#include <algorithm>
#include <functional>
#include <utility>
#include <variant>

namespace sehlab::report {
namespace {

/// The entry of the record that is being asked, made if the walk had not come to it yet; nullptr
/// when the list is full.
Asked* asked_at(DispatchStory& story, GuestAddr record) {
  const bool same = !story.asked.empty() && story.newest == record;
  if (same) return story.asked_more == 0 ? &story.asked.back() : nullptr;
  story.newest = record;
  if (story.asked.size() == DispatchStory::kMostAsked) {
    ++story.asked_more;
    return nullptr;
  }
  return &story.asked.emplace_back(Asked{.record = record});
}

}  // namespace

void CrashStory::open_story(Thread& thread, const trace::Event& event) {
  DispatchStory story;
  story.instruction = event.instruction;
  story.thread = event.thread;
  if (const auto* begun = std::get_if<trace::DispatchBegun>(&event.payload)) {
    story.code = begun->code;
    story.chain = event.chain;
    story.dispatched = true;
    story.fault = std::exchange(thread.raised, std::nullopt);
    story.injected = std::exchange(thread.injected, {});
  } else {
    story.unwinding = true;
  }
  thread.open.push_back(std::move(story));
}

void CrashStory::note(DispatchStory& story, const trace::Event& event) {
  if (const auto* first = std::get_if<trace::VectoredEntered>(&event.payload)) {
    if (!first->continuing && story.asked_first.size() < DispatchStory::kMostAsked) {
      story.asked_first.push_back({first->handler, {}});
    }
  } else if (const auto* said = std::get_if<trace::VectoredReturned>(&event.payload)) {
    const bool waits = !story.asked_first.empty() && !story.asked_first.back().answer;
    if (!said->continuing && waits) story.asked_first.back().answer = said->value;
  } else if (const auto* visited = std::get_if<trace::RecordVisited>(&event.payload)) {
    if (Asked* asked = asked_at(story, visited->record)) asked->handler = visited->handler;
  } else if (const auto* refused = std::get_if<trace::RecordRefused>(&event.payload)) {
    if (Asked* asked = asked_at(story, refused->record)) {
      asked->handler = refused->handler;
      asked->answer = Asked::Answer::Refused;
      asked->why = refused->why;
    }
  } else if (const auto* entered = std::get_if<trace::HandlerEntered>(&event.payload)) {
    if (Asked* asked = asked_at(story, entered->frame)) {
      asked->handler = entered->handler;
      asked->answer = Asked::Answer::NoReturn;
    }
  } else if (const auto* answer = std::get_if<trace::Disposition>(&event.payload)) {
    if (Asked* asked = asked_at(story, answer->frame)) {
      asked->answer = Asked::Answer::Disposition;
      asked->value = answer->value;
    }
  }
}

/// The thread's stories from `depth` on are over: left, continued or given up. The newest
/// dispatch among them is what a crash would be about.
void CrashStory::finish(Thread& thread, const trace::Event& event, std::size_t depth) {
  if (thread.open.size() <= depth) return;
  const bool continued = std::holds_alternative<trace::DispatchContinued>(event.payload);
  const bool abandoned = std::holds_alternative<trace::DispatchAbandoned>(event.payload);
  while (thread.open.size() > depth && thread.open.back().unwinding) thread.open.pop_back();
  if (thread.open.size() > depth && !continued) {
    // One that is given up is the one at `depth`; what was left inside it is of no account.
    if (abandoned) thread.open.resize(depth + 1);
    thread.last = thread.open;
    thread.last_abandoned = abandoned;
  }
  thread.open.resize(depth);
}

/// The raised exception never came to a dispatch: its frame could not be written, or nobody in
/// the process is asked about its kind.
void CrashStory::undelivered(Thread& thread, const trace::Event& event) {
  DispatchStory story;
  story.instruction = event.instruction;
  story.thread = event.thread;
  story.code = thread.raised->code;
  story.fault = std::exchange(thread.raised, std::nullopt);
  story.injected = std::exchange(thread.injected, {});
  thread.last = thread.open;
  thread.last.push_back(std::move(story));
  thread.last_abandoned = true;
}

void CrashStory::process_ended(const trace::Event& event) {
  const auto& ended = std::get<trace::ProcessEnded>(event.payload);
  if (ended.kind != trace::EndKind::UnhandledException) return;
  end_ = ended;
  Thread& thread = threads_[event.thread];
  if (thread.raised) undelivered(thread, event);
  const auto is_dispatch = [](const DispatchStory& s) { return !s.unwinding; };
  const bool open = std::any_of(thread.open.begin(), thread.open.end(), is_dispatch);
  abandoned_ = thread.last_abandoned && !thread.last.empty();
  fatal_ = abandoned_ || !open ? thread.last : thread.open;
  std::erase_if(fatal_, std::not_fn(is_dispatch));
  if (fatal_.empty()) {
    // The trace begins after the exception was raised: its code is all that is known.
    fatal_.push_back(DispatchStory{});
    fatal_.back().instruction = event.instruction;
    fatal_.back().thread = event.thread;
    fatal_.back().code = ended.code;
    abandoned_ = true;
  }
}

void CrashStory::on_event(const trace::Event& event) {
  const trace::Nesting::Step step = nesting_.take(event);
  history_.take(event);
  Thread& thread = threads_[event.thread];
  const bool abandoned = std::holds_alternative<trace::DispatchAbandoned>(event.payload);
  if (abandoned && thread.raised) undelivered(thread, event);
  if (abandoned && thread.last_abandoned && !thread.last.empty()) {
    thread.open.resize(std::min(thread.open.size(), step.depth));
  } else {
    finish(thread, event, step.depth);
  }
  if (step.opens) {
    open_story(thread, event);
  } else if (!thread.open.empty()) {
    note(thread.open.back(), event);
  }
  if (const auto* fault = std::get_if<trace::FaultRaised>(&event.payload)) {
    // A new exception: what came before it was not fatal.
    thread.raised = *fault;
    thread.injected = std::exchange(thread.injecting, {});
    thread.last.clear();
    thread.last_abandoned = false;
  } else if (const auto* fired = std::get_if<trace::InjectionFired>(&event.payload)) {
    if (fired->raises) thread.injecting = fired->spec;
  } else if (std::holds_alternative<trace::ProcessEnded>(event.payload)) {
    process_ended(event);
  } else if (const auto* ended = std::get_if<trace::ThreadEnded>(&event.payload)) {
    threads_.erase(ended->id);
  }
}

}  // namespace sehlab::report
