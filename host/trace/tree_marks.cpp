#include "host/trace/tree_marks.hpp"

#include <algorithm>
#include <variant>

namespace sehlab::trace {
namespace {

/// A guest that nests without end must not make lines without end.
constexpr std::size_t kDeepest = 16;

std::string bars(std::size_t depth) {
  std::string text;
  for (std::size_t i = 0; i < std::min(depth, kDeepest); ++i) text += "│ ";
  return text;
}

}  // namespace

bool TreeMarks::above(const Lines& lines, const Open& open, GuestAddr esp) {
  const bool same_stack = lines.stack.contains(open.frame) == lines.stack.contains(esp);
  return same_stack && esp > open.frame;
}

void TreeMarks::drop_left(Lines& lines, const Event& event) {
  // Within the step that lays the frame, ESP may still be the faulting one.
  const auto left = [&](const Open& open) {
    return event.instruction > open.since && above(lines, open, event.esp);
  };
  while (!lines.open.empty() && left(lines.open.back())) lines.open.pop_back();
}

/// Takes the dispatch that ends with this event, and all inside it, off the open ones; leaves
/// the list alone when there is none.
void TreeMarks::close_dispatch(Lines& lines, const Event& event) {
  auto& open = lines.open;
  const auto is_dispatch = [](const Open& o) { return !o.unwinding; };
  auto ending = std::find_if(open.rbegin(), open.rend(), is_dispatch);
  if (ending == open.rend()) return;
  if (const auto* continued = std::get_if<DispatchContinued>(&event.payload)) {
    // The outermost dispatch whose frame the thread leaves is the one that continued.
    for (auto it = ending; it != open.rend(); ++it) {
      if (is_dispatch(*it) && above(lines, *it, continued->esp)) ending = it;
    }
  }
  open.erase(std::prev(ending.base()), open.end());
}

void TreeMarks::close_unwind(Lines& lines) {
  auto& open = lines.open;
  const auto ending =
      std::find_if(open.rbegin(), open.rend(), [](const Open& o) { return o.unwinding; });
  if (ending != open.rend()) open.erase(std::prev(ending.base()), open.end());
}

std::string TreeMarks::mark(const Event& event) {
  Lines& lines = threads_[event.thread];
  if (const auto* started = std::get_if<ThreadStarted>(&event.payload)) {
    threads_[started->id] = Lines{started->stack, {}};
  }
  const bool unwind_ends = std::holds_alternative<UnwindEnded>(event.payload);
  const bool continued = std::holds_alternative<DispatchContinued>(event.payload);
  const bool abandoned = std::holds_alternative<DispatchAbandoned>(event.payload);
  // These two say themselves what they end; ESP may have been moved already.
  if (!unwind_ends && !continued) drop_left(lines, event);

  if (unwind_ends || continued || abandoned) {
    const std::size_t before = lines.open.size();
    unwind_ends ? close_unwind(lines) : close_dispatch(lines, event);
    return lines.open.size() < before ? bars(lines.open.size()) + "└ " : bars(before);
  }
  const std::size_t depth = lines.open.size();
  if (const auto* begun = std::get_if<DispatchBegun>(&event.payload)) {
    lines.open.push_back({false, begun->record, event.instruction});
    return bars(depth) + "├ ";
  }
  if (std::holds_alternative<UnwindBegun>(event.payload)) {
    lines.open.push_back({true, event.esp, event.instruction});
    return bars(depth) + "├ ";
  }
  return bars(depth);
}

}  // namespace sehlab::trace
