// RecordTable: who linked which registration record, for each thread. It learns of every change
// of fs:[0] and tells pushes from pops by comparing the chain with the one it knew.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "emu/guest_addr.hpp"
#include "host/trace/event.hpp"

namespace sehlab::watch {

/// One linked record as the table knows it. Counts are of retired instructions; 0: has not
/// happened.
struct LinkedRecord {
  GuestAddr record;
  GuestAddr next;     ///< as when it was linked
  GuestAddr handler;  ///< as when it was linked
  GuestAddr pushed_by;
  GuestAddr owner;  ///< an address in the function whose stack frame holds the record
  std::uint64_t pushed_at = 0;
  std::uint64_t exposed_at = 0;
  std::uint64_t written_at = 0;
  GuestAddr written_by;
  bool protecting = false;  ///< ExecuteHandler2's own record
  bool reported = false;    ///< a defect of it was reported

  [[nodiscard]] bool exposed() const { return exposed_at != 0; }
};

/// What the watch may ask of the process: memory, registers, names. host/process implements it.
class Target {
 public:
  virtual ~Target() = default;
  [[nodiscard]] virtual std::uint64_t instruction() const = 0;
  /// A word of guest memory whatever its rights; false when it is not committed.
  [[nodiscard]] virtual bool word(GuestAddr address, std::uint32_t& value) const = 0;
  [[nodiscard]] virtual GuestAddr esp() const = 0;
  [[nodiscard]] virtual std::uint32_t ebp() const = 0;
  [[nodiscard]] virtual GuestAddr eip() const = 0;
  /// Whole reservation of the running thread's stack.
  [[nodiscard]] virtual GuestRange stack() const = 0;
  /// True for the handlers of the dispatcher's own records (the two protectors).
  [[nodiscard]] virtual bool is_protector(GuestAddr handler) const = 0;
  [[nodiscard]] virtual bool executable(GuestAddr address) const = 0;
  /// Start of the function that holds a code address; 0 when unknown.
  [[nodiscard]] virtual GuestAddr function(GuestAddr address) const = 0;
};

/// The chain of one thread, innermost record first.
class RecordTable {
 public:
  struct Change {
    std::vector<LinkedRecord> popped;  ///< innermost first
    std::vector<LinkedRecord> pushed;  ///< outermost first
  };

  /// Takes the chain as it is after a write of fs:[0] (of whatever value) by the instruction `by`,
  /// and says what changed.
  Change update(const Target& target, GuestAddr head, GuestAddr by);

  [[nodiscard]] LinkedRecord* find(GuestAddr record);
  [[nodiscard]] std::span<LinkedRecord> records() { return records_; }
  [[nodiscard]] std::span<const LinkedRecord> records() const { return records_; }

 private:
  /// The record at `head` when it is a new one in the place of a known one.
  [[nodiscard]] std::optional<LinkedRecord> linked_in_place(const Target& target, GuestAddr head);

  std::vector<LinkedRecord> records_;  ///< outermost first
};

/// The function whose stack frame holds `record`, by the chain of EBP frames from the running
/// function outwards; `by` when the frames do not tell.
[[nodiscard]] GuestAddr frame_owner(const Target& target, GuestAddr record, GuestAddr by);

}  // namespace sehlab::watch
