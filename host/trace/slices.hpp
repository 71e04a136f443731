// Slices: the stretches of a trace that lie inside of each other, thread by thread: dispatches,
// unwindings and the calls of handlers. What a time line draws.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "host/trace/event.hpp"
#include "host/trace/nesting.hpp"

namespace sehlab::trace {

enum class SliceKind : std::uint8_t { Dispatch, Unwind, Handler, Vectored };

/// Slices of one thread never overlap: each lies inside of the one below it, or behind it.
class Slices {
 public:
  /// What an event does to the slices of its thread.
  struct Step {
    std::size_t left = 0;   ///< innermost slices that had been left before it came
    std::size_t ended = 0;  ///< then: innermost slices that it is the last event of
    std::size_t depth = 0;  ///< slices that it lies in, without those left, with those ended
    std::optional<SliceKind> opened{};  ///< it is the first event of a new one
  };
  /// Events must all be given, in order.
  Step take(const Event& event);
  /// How many are open, of that thread.
  [[nodiscard]] std::size_t open(std::uint32_t thread) const;
  /// The threads that had a slice.
  [[nodiscard]] std::vector<std::uint32_t> threads() const;

 private:
  struct Open {
    SliceKind kind = SliceKind::Dispatch;
    GuestAddr called{};  ///< Handler: its frame; Vectored: the handler
  };
  static std::size_t answered(const std::vector<Open>& open, const Event& event);

  Nesting nesting_;
  std::map<std::uint32_t, std::vector<Open>> threads_;
};

}  // namespace sehlab::trace
