// Moment: where a run stood: registers, code, chain, memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "emu/guest_addr.hpp"
#include "host/trace/event.hpp"

namespace sehlab {

/// The current thread's.
struct Registers {
  std::uint32_t eax = 0, ebx = 0, ecx = 0, edx = 0, esi = 0, edi = 0, ebp = 0, esp = 0, eip = 0,
                eflags = 0;
};

/// An instruction near EIP.
struct CodeLine {
  GuestAddr address;
  std::string text;  ///< "mov eax, dword ptr [eax]"
};

struct MomentFacts;

/// Before an instruction of a run, or at its end. Cheap to copy. All but memory() is a value of its
/// own.
class Moment {
 public:
  explicit Moment(std::shared_ptr<const MomentFacts> facts) : facts_(std::move(facts)) {}

  /// Instructions that the process has retired, as Event::instruction counts them.
  [[nodiscard]] std::uint64_t instruction() const;
  /// Number of the thread that runs, from 1.
  [[nodiscard]] std::uint32_t thread() const;
  /// EIP.
  [[nodiscard]] const trace::Place& place() const;
  /// "parse.c:12"; empty when nothing tells.
  [[nodiscard]] const std::string& source() const;
  [[nodiscard]] const Registers& registers() const;
  /// Around EIP, in order.
  [[nodiscard]] const std::vector<CodeLine>& code() const;
  /// From the fs:[0] of that thread.
  [[nodiscard]] const trace::ChainPicture& chain() const;
  /// How many events were told up to here, and the last of them.
  [[nodiscard]] std::uint64_t event_count() const;
  [[nodiscard]] const std::optional<trace::Event>& last_event() const;
  /// The event that was gone to, when it is still to happen here.
  [[nodiscard]] std::optional<trace::Event> next_event() const;
  /// The process has ended.
  [[nodiscard]] bool ended() const;
  [[nodiscard]] const std::string& output() const;        ///< standard output up to here
  [[nodiscard]] const std::string& error_output() const;  ///< standard error

  /// The guest's memory. Throws LabError when there is none, and once the Lab or the Replay that
  /// gave this moment has gone on or is no more.
  [[nodiscard]] std::vector<std::byte> memory(GuestAddr from, std::size_t bytes) const;
  [[nodiscard]] std::uint32_t word(GuestAddr from) const;

  /// What `sehlab replay` prints of it.
  [[nodiscard]] std::string report() const;
  /// The same as JSON (docs/replay.md).
  [[nodiscard]] std::string json() const;

 private:
  std::shared_ptr<const MomentFacts> facts_;
};
/// Its report.
std::ostream& operator<<(std::ostream& out, const Moment& moment);

}  // namespace sehlab
