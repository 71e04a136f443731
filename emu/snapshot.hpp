// Snapshot: a machine as it stood, to be put back as often as wanted.
#pragma once

#include <cstdint>

namespace sehlab::emu {

/// Processor, conditions, count of instructions, and all of guest memory: reservations, rights,
/// bytes. Pages that did not change between two snapshots of a machine are kept once. It belongs
/// to the machine that took it, and must not outlive it.
class Snapshot {
 public:
  virtual ~Snapshot() = default;
  /// Host memory that this one added to those before it, in bytes.
  [[nodiscard]] virtual std::uint64_t added_bytes() const = 0;
};

}  // namespace sehlab::emu
