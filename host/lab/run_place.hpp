// A place of a run in words: how `--to` and the library name the moment that they want to see.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "emu/result.hpp"
#include "host/trace/event.hpp"

namespace sehlab::lab {

struct RunPlace {
  enum class Kind : std::uint8_t { Instruction, Event, End };
  Kind kind = Kind::Instruction;
  std::uint64_t number = 0;  ///< instructions that the process has retired; which of the events
  std::string event;         ///< kind of events; empty: any
};

/// "32262", "event:45", "fault", "defect#2", "start", "end" (docs/replay.md). An Error says what is
/// wrong with it.
[[nodiscard]] Result<RunPlace> parse_run_place(const std::string& place);

/// Finds a place's event among those that it is told of, one after the other.
class EventFinder {
 public:
  explicit EventFinder(RunPlace place) : place_(std::move(place)) {}
  /// True: this is the one.
  [[nodiscard]] bool is(const trace::Event& event);
  /// Of the event that it was told of last, from 1.
  [[nodiscard]] std::uint64_t number() const { return number_; }

 private:
  RunPlace place_;
  std::uint64_t number_ = 0;
};

}  // namespace sehlab::lab
