// Nesting: which dispatches and unwindings each thread is inside of, learnt from the events.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "host/trace/event.hpp"

namespace sehlab::trace {

/// A handler need not return (a catch block jumps out, a panic skips ten frames), and nothing
/// tells when it did not. So a dispatch counts as left once its thread runs with ESP above its
/// exception record on the same stack: what lies there is dead then.
class Nesting {
 public:
  /// What an event does to its thread's nesting.
  struct Step {
    std::size_t depth = 0;  ///< how many dispatches and unwindings it happens inside of; an
                            ///< event that ends one stands beside the one that began it
    bool opens = false;     ///< it begins one: the next event of the thread is one deeper
    bool closes = false;    ///< it ends the one at index `depth`, and all inside that
  };

  /// Events must all be given, in order.
  Step take(const Event& event);

 private:
  struct Open {
    bool unwinding = false;  ///< an unwinding, else a dispatch
    GuestAddr frame{};       ///< the exception record; ESP when the unwinding began
    std::uint64_t since = 0;
  };
  struct Thread {
    GuestRange stack{};  ///< empty when the thread's start was not seen
    std::vector<Open> open{};
  };

  [[nodiscard]] static bool above(const Thread& thread, const Open& open, GuestAddr esp);
  static void drop_left(Thread& thread, const Event& event);
  static bool close_dispatch(Thread& thread, const Event& event);
  static bool close_unwind(Thread& thread);

  std::map<std::uint32_t, Thread> threads_;
};

}  // namespace sehlab::trace
