#include "host/trace/nesting.hpp"

#include <algorithm>
#include <iterator>
#include <variant>

namespace sehlab::trace {

bool Nesting::above(const Thread& thread, const Open& open, GuestAddr esp) {
  const bool same_stack = thread.stack.contains(open.frame) == thread.stack.contains(esp);
  return same_stack && esp > open.frame;
}

void Nesting::drop_left(Thread& thread, const Event& event) {
  // Within the step that lays the frame, ESP may still be the faulting one.
  const auto left = [&](const Open& open) {
    return event.instruction > open.since && above(thread, open, event.esp);
  };
  while (!thread.open.empty() && left(thread.open.back())) thread.open.pop_back();
}

/// Takes the dispatch that ends with this event, and all inside it, off the open ones; false
/// when there is none.
bool Nesting::close_dispatch(Thread& thread, const Event& event) {
  auto& open = thread.open;
  const auto is_dispatch = [](const Open& o) { return !o.unwinding; };
  auto ending = std::find_if(open.rbegin(), open.rend(), is_dispatch);
  if (ending == open.rend()) return false;
  if (const auto* continued = std::get_if<DispatchContinued>(&event.payload)) {
    // The outermost dispatch whose frame the thread leaves is the one that continued.
    for (auto it = ending; it != open.rend(); ++it) {
      if (is_dispatch(*it) && above(thread, *it, continued->esp)) ending = it;
    }
  }
  open.erase(std::prev(ending.base()), open.end());
  return true;
}

bool Nesting::close_unwind(Thread& thread) {
  auto& open = thread.open;
  const auto ending =
      std::find_if(open.rbegin(), open.rend(), [](const Open& o) { return o.unwinding; });
  if (ending == open.rend()) return false;
  open.erase(std::prev(ending.base()), open.end());
  return true;
}

Nesting::Step Nesting::take(const Event& event) {
  if (const auto* started = std::get_if<ThreadStarted>(&event.payload)) {
    threads_[started->id] = Thread{started->stack, {}};
  }
  Thread& thread = threads_[event.thread];
  const bool unwind_ends = std::holds_alternative<UnwindEnded>(event.payload);
  const bool continued = std::holds_alternative<DispatchContinued>(event.payload);
  const bool abandoned = std::holds_alternative<DispatchAbandoned>(event.payload);
  // These two say themselves what they end; ESP may have been moved already.
  if (!unwind_ends && !continued) drop_left(thread, event);

  Step step;
  if (unwind_ends) step.closes = close_unwind(thread);
  if (continued || abandoned) step.closes = close_dispatch(thread, event);
  step.depth = thread.open.size();
  if (const auto* begun = std::get_if<DispatchBegun>(&event.payload)) {
    thread.open.push_back({false, begun->record, event.instruction});
    step.opens = true;
  } else if (std::holds_alternative<UnwindBegun>(event.payload)) {
    thread.open.push_back({true, event.esp, event.instruction});
    step.opens = true;
  }
  return step;
}

}  // namespace sehlab::trace
