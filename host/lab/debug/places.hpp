// Places of a run that `monitor goto`, `back` and `push` name, and where they are.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "emu/guest_addr.hpp"
#include "emu/result.hpp"
#include "host/gdb/target.hpp"
#include "host/lab/debug/timeline.hpp"

namespace sehlab::lab {

struct AtStart {};
struct AtEnd {};
/// As many instructions are retired.
struct AtCount {
  std::uint64_t instructions = 0;
};
/// The event of that number, from 1.
struct AtEvent {
  std::uint64_t number = 1;
};
/// The nth event of a kind, of the whole run.
struct AtKind {
  std::string kind;
  std::uint64_t nth = 1;
};
/// The last event of a kind before here.
struct BackToKind {
  std::string kind;
};
/// Where a record was linked last, before here.
struct BackToPush {
  GuestAddr record;
};
using Place = std::variant<AtStart, AtEnd, AtCount, AtEvent, AtKind, BackToKind, BackToPush>;

/// A place as `sehlab replay --to` has them: "32262", "event:45", "defect", "push#10", "start",
/// "end".
[[nodiscard]] Result<Place> parse_place(std::string_view text);
/// A kind of event, for going back to the last one.
[[nodiscard]] Result<Place> parse_kind(std::string_view text);

struct FoundPlace {
  Timeline::Moment moment;
  std::string what;       ///< the event there, in words; empty: none was asked for
  std::size_t event = 0;  ///< its index
  std::optional<std::uint32_t> fault_code;  ///< it is an exception, which comes next
};
/// Runs on where it has to. nullopt: it never comes, or the debugger interrupted. The run may stand
/// anywhere afterwards.
[[nodiscard]] std::optional<FoundPlace> find_place(const Place& place, Timeline& timeline,
                                                   gdb::Control& control);

}  // namespace sehlab::lab
