// A place of a run in words: how `--to` and the library name the moment that they want to see.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>

#include "emu/result.hpp"
#include "host/trace/event.hpp"

namespace sehlab::lab {

/// The nth event of a kind; of any kind when that is empty.
struct EventPlace {
  std::string kind;
  std::uint64_t nth = 1;
};
struct EndPlace {};
/// Instructions retired by the process, or one of these.
using RunPlace = std::variant<std::uint64_t, EventPlace, EndPlace>;

/// "32262", "event:45", "fault", "defect#2", "start", "end" (docs/replay.md). An Error says what is
/// wrong with it.
[[nodiscard]] Result<RunPlace> parse_run_place(const std::string& place);

/// Finds an EventPlace's event among those that it is told of, one after the other.
class EventFinder {
 public:
  explicit EventFinder(EventPlace place) : place_(std::move(place)) {}
  /// True: this is the one.
  [[nodiscard]] bool is(const trace::Event& event);
  /// Of the event that it was told of last, from 1.
  [[nodiscard]] std::uint64_t number() const { return number_; }

 private:
  EventPlace place_;
  std::uint64_t number_ = 0;
};

}  // namespace sehlab::lab
