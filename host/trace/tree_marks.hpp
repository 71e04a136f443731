// TreeMarks: which dispatch or unwinding each event of a thread happens inside of, as the marks
// │ ├ └ before a line of trace.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "host/trace/event.hpp"

namespace sehlab::trace {

/// A handler need not return (a catch block jumps out, a panic skips ten frames), and nothing
/// tells when it did not. So a dispatch counts as left once its thread runs with ESP above its
/// exception record on the same stack: what lies there is dead then.
class TreeMarks {
 public:
  /// The marks for this event, "│ ├ " for instance. Events must come in order.
  [[nodiscard]] std::string mark(const Event& event);

 private:
  struct Open {
    bool unwinding = false;  ///< an unwinding, else a dispatch
    GuestAddr frame;         ///< the exception record; ESP when the unwinding began
    std::uint64_t since = 0;
  };
  struct Lines {
    GuestRange stack;  ///< empty when the thread's start was not seen
    std::vector<Open> open;
  };

  [[nodiscard]] static bool above(const Lines& lines, const Open& open, GuestAddr esp);
  static void drop_left(Lines& lines, const Event& event);
  static void close_dispatch(Lines& lines, const Event& event);
  static void close_unwind(Lines& lines);

  std::map<std::uint32_t, Lines> threads_;
};

}  // namespace sehlab::trace
