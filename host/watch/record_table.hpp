// RecordTable: who linked which registration record, for each thread. It learns of every change
// of fs:[0] and tells pushes from pops by comparing the chain with the one it knew.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "emu/guest_addr.hpp"
#include "host/watch/linked_record.hpp"
#include "host/watch/target.hpp"

namespace sehlab::watch {

/// The chain of one thread, innermost record first.
class RecordTable {
 public:
  struct Change {
    std::vector<LinkedRecord> popped;  ///< innermost first
    std::vector<LinkedRecord> pushed;  ///< outermost first
    bool came_back = false;            ///< `pushed` is a whole chain that was left for another
  };

  /// Takes the chain as it is after a write of fs:[0] (of whatever value) by the instruction `by`,
  /// and says what changed.
  Change update(const Target& target, GuestAddr head, GuestAddr by);

  [[nodiscard]] LinkedRecord* find(GuestAddr record);
  [[nodiscard]] const LinkedRecord* find(GuestAddr record) const;
  /// ESP came above it.
  void expose(LinkedRecord& record, std::uint64_t at);
  [[nodiscard]] std::size_t exposed() const { return exposed_; }  ///< how many
  [[nodiscard]] std::span<LinkedRecord> records() { return records_; }
  [[nodiscard]] std::span<const LinkedRecord> records() const { return records_; }

 private:
  /// The record at `head` when it is a new one in the place of a known one.
  [[nodiscard]] std::optional<LinkedRecord> linked_in_place(const Target& target, GuestAddr head);
  /// Takes the chain that was left for another one and is `fresh` again, innermost first; false:
  /// there is none.
  [[nodiscard]] bool take_parked(const std::vector<LinkedRecord>& fresh);
  void park(const std::vector<LinkedRecord>& popped);

  void push(LinkedRecord record);
  void count();

  std::vector<LinkedRecord> records_;  ///< outermost first
  std::size_t exposed_ = 0;
  /// Chains that a stack switch left for another one, a fiber's for instance: who had pushed their
  /// records is known again when they come back. Outermost first; the oldest chain first.
  std::vector<std::vector<LinkedRecord>> parked_;
};

/// The function whose stack frame holds `record`, by the chain of EBP frames from the running
/// function outwards; `by` when the frames do not tell.
[[nodiscard]] GuestAddr frame_owner(const Target& target, GuestAddr record, GuestAddr by);

}  // namespace sehlab::watch
