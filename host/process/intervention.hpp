// Intervention: somebody who steps into a process between two of its instructions and changes it:
// raises exceptions, changes registers, memory, rights. What steps in is known to host/inject; a
// process without one pays nothing for it.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "emu/guest_addr.hpp"
#include "emu/result.hpp"

namespace sehlab::process {

class Process;

class Intervention {
 public:
  /// No count of instructions.
  static constexpr std::uint64_t kNever = UINT64_MAX;
  /// Why the process stands where it stands.
  enum class Occasion : std::uint8_t {
    Address,  ///< at one of `addresses`
    Count,    ///< as many instructions are retired as `next_count` said
    Moved     ///< a gate, a fault or an injected exception sent the thread to where it is now
  };

  virtual ~Intervention() = default;

  /// Once, when the process is made and nothing has run; forgets an earlier process. An Error says
  /// what it cannot do there.
  [[nodiscard]] virtual Result<> begin(Process& process) = 0;
  /// The images in memory are others than at the last call of this or of `begin`.
  virtual void images_changed(Process& process) = 0;
  /// Called before the instruction at EIP, once for each time that the thread comes there. Nothing
  /// else of the process is in flight: it may be changed, and exceptions may be injected.
  virtual void step_in(Process& process, Occasion occasion) = 0;

  /// What it has done so far, for snapshots of the process.
  [[nodiscard]] virtual std::shared_ptr<const void> save() const = 0;
  /// Back to that, when the process is as it was.
  virtual void put_back(const std::shared_ptr<const void>& saved, Process& process) = 0;

  // Where it wants to be called. These may change in each of the calls above, whose maker asks
  // again: Process::ask_intervention.
  [[nodiscard]] virtual std::span<const GuestAddr> addresses() const = 0;
  /// The count of retired instructions (of all threads); kNever.
  [[nodiscard]] virtual std::uint64_t next_count() const = 0;
  /// Occasion::Moved is of interest.
  [[nodiscard]] virtual bool wants_moves() const = 0;
};

}  // namespace sehlab::process
