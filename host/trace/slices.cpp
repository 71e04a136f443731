#include "host/trace/slices.hpp"

#include <algorithm>
#include <variant>

namespace sehlab::trace {
namespace {

bool is_nesting(SliceKind kind) {
  return kind == SliceKind::Dispatch || kind == SliceKind::Unwind;
}

}  // namespace

/// How many innermost slices a handler's return ends: the call that returned and all inside it;
/// 0 when no such call is open.
std::size_t Slices::answered(const std::vector<Open>& open, const Event& event) {
  const auto* disposition = std::get_if<Disposition>(&event.payload);
  const auto* answer = std::get_if<VectoredReturned>(&event.payload);
  if (disposition == nullptr && answer == nullptr) return 0;
  const SliceKind kind = disposition != nullptr ? SliceKind::Handler : SliceKind::Vectored;
  const GuestAddr called = disposition != nullptr ? disposition->frame : answer->handler.address;
  const auto call = std::find_if(open.rbegin(), open.rend(), [&](const Open& one) {
    return one.kind == kind && one.called == called;
  });
  return call == open.rend() ? 0 : static_cast<std::size_t>(call - open.rbegin()) + 1;
}

Slices::Step Slices::take(const Event& event) {
  const Nesting::Step nesting = nesting_.take(event);
  std::vector<Open>& open = threads_[event.thread];
  std::size_t nested = static_cast<std::size_t>(
      std::ranges::count_if(open, [](const Open& one) { return is_nesting(one.kind); }));
  Step step;
  const auto pop = [&](std::size_t& count) {
    if (is_nesting(open.back().kind)) --nested;
    open.pop_back();
    ++count;
  };
  while (nested > nesting.depth + (nesting.closes ? 1 : 0)) pop(step.left);
  step.depth = open.size();
  if (nesting.closes) {
    while (nested > nesting.depth) pop(step.ended);
  } else {
    for (std::size_t n = answered(open, event); n > 0; --n) pop(step.ended);
  }
  if (nesting.opens) {
    const bool dispatch = std::holds_alternative<DispatchBegun>(event.payload);
    step.opened = dispatch ? SliceKind::Dispatch : SliceKind::Unwind;
    open.push_back({*step.opened, {}});
  } else if (const auto* entered = std::get_if<HandlerEntered>(&event.payload)) {
    step.opened = SliceKind::Handler;
    open.push_back({*step.opened, entered->frame});
  } else if (const auto* vectored = std::get_if<VectoredEntered>(&event.payload)) {
    step.opened = SliceKind::Vectored;
    open.push_back({*step.opened, vectored->handler.address});
  }
  return step;
}

std::size_t Slices::open(std::uint32_t thread) const {
  const auto found = threads_.find(thread);
  return found == threads_.end() ? 0 : found->second.size();
}

std::vector<std::uint32_t> Slices::threads() const {
  std::vector<std::uint32_t> ids;
  for (const auto& [id, open] : threads_) ids.push_back(id);
  return ids;
}

}  // namespace sehlab::trace
