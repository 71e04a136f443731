// LinkedRecord: a registration record in a thread's chain, and what was seen of it.
#pragma once

#include <cstdint>
#include <optional>

#include "emu/guest_addr.hpp"

namespace sehlab::watch {

/// What is wrong with a linked record. The names are the defects' (docs/defects).
enum class Defect : std::uint8_t {
  Dangling,
  Overwritten,
  Patched,
  OffStack,
  Misaligned,
  HandlerOnStack,
  HandlerNotExecutable,
  Cycle,
  NotAscending
};
/// "dangling", "off-stack", …
[[nodiscard]] const char* defect_name(Defect defect);

/// How the frame that a record lies in was left. "return", "stack-switch", … in traces.
enum class LeftBy : std::uint8_t { NotYet, Return, Longjmp, Exception, StackSwitch, Jump, Other };
/// "" for NotYet.
[[nodiscard]] const char* left_by_name(LeftBy left);

/// Counts are of retired instructions; 0: has not happened.
struct LinkedRecord {
  GuestAddr record;
  GuestAddr next;     ///< as when it was linked
  GuestAddr handler;  ///< as when it was linked, or as its own function changed it since
  GuestAddr pushed_by;
  GuestAddr owner;    ///< an address in the function whose stack frame holds the record
  GuestAddr lowest;   ///< address among it and the records outwards of it
  GuestAddr copy_of;  ///< the record whose words it has and whose place it took; 0: none
  std::uint64_t pushed_at = 0;
  std::uint64_t exposed_at = 0;
  GuestAddr exposed_by;
  LeftBy left_by = LeftBy::NotYet;
  std::uint64_t written_at = 0;  ///< a word, while it was exposed or by another function
  GuestAddr written_by;
  /// What is wrong with the record itself, wherever its frame is, since when, and what made it so.
  std::optional<Defect> bad;
  std::uint64_t bad_since = 0;
  GuestAddr bad_by;
  std::uint64_t intact_at = 0;  ///< its words were last seen as they were linked
  bool readable = true;
  bool protecting = false;     ///< ExecuteHandler2's own record
  std::uint16_t reported = 0;  ///< a bit a Defect

  [[nodiscard]] bool exposed() const { return exposed_at != 0; }
};

}  // namespace sehlab::watch
