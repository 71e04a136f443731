// Machine: one 32-bit processor at ring 3 with flat segments, an FS segment on a thread's TEB,
// and an address space. Runs until something worth a decision happens and says what (Stop).
// Knows no Windows: which addresses are gates, what to watch and where FS points are told.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "emu/address_space.hpp"
#include "emu/guest_addr.hpp"
#include "emu/registers.hpp"
#include "emu/result.hpp"
#include "emu/snapshot.hpp"
#include "emu/stop.hpp"

namespace sehlab::emu {

/// What the start-up self-test found out about this engine (printed by `sehlab --version`).
struct EngineTraits {
  std::string version;                ///< "unicorn 2.0.1"
  bool precise_without_hook = false;  ///< EIP and EFLAGS exact at faults without a code hook
  bool double_fault_fix = false;      ///< pending-exception word calibrated
  bool tells_fx_use = false;          ///< #NM is raised with CR0.TS: x87 state is read late
};

/// Bytes of a gate: INT n.
inline constexpr std::uint32_t kGateLength = 2;

struct MachineOptions {
  /// The software interrupt that a gate executes; elsewhere the same bytes are an ordinary INT n.
  std::uint8_t gate_vector = 0;
  /// Selectors that the guest sees (RPL included), as the process's profile wants them.
  std::uint16_t code_selector = 0x23, data_selector = 0x2b, teb_selector = 0x53;
  /// Watched words in here are reported when the guest writes them, changed or not. Empty: none,
  /// at no cost; else all stores of the guest are slower.
  GuestRange noted_stores;
  /// Edges of the guest's control flow are counted, where set_edge_counters says. Otherwise they
  /// cost nothing.
  bool count_edges = false;
};

/// A thread's whole processor state, taken and put back in well under a microsecond.
class SavedCpu {
 public:
  virtual ~SavedCpu() = default;
};

class Machine {
 public:
  /// Opens the engine, runs the self-test, enters ring 3. An Error names the failing probe.
  static Result<std::unique_ptr<Machine>> create(const MachineOptions& options);
  virtual ~Machine() = default;

  [[nodiscard]] virtual AddressSpace& memory() = 0;
  [[nodiscard]] virtual Registers& registers() = 0;
  [[nodiscard]] virtual const EngineTraits& traits() const = 0;

  /// Runs until something happens or `budget` more instructions were retired. RDTSC reads the
  /// count of retired instructions. When several things hold before one instruction, conditions
  /// come first, then a breakpoint, then the budget; each of the rest in a later run.
  [[nodiscard]] virtual Stop run(std::uint64_t budget) = 0;
  /// Instructions retired so far: REP counts once, a faulting instruction not at all, a gate
  /// once (when the host says that it is done: `retire_gate`, `count_gate`).
  [[nodiscard]] virtual std::uint64_t retired() const = 0;
  /// Completes the gate at EIP: EIP moves past it and it counts as one instruction.
  virtual void retire_gate() = 0;
  /// Counts the gate that was hit last as one instruction: it is done, and has itself said where
  /// to go on.
  virtual void count_gate() = 0;
  /// The instruction last retired or begun (for reports of who changed a watched word).
  [[nodiscard]] virtual GuestAddr last_eip() const = 0;

  /// FS's base (and the descriptor behind the TEB selector) for the thread about to run.
  virtual void set_fs_base(GuestAddr teb) = 0;
  [[nodiscard]] virtual std::unique_ptr<SavedCpu> save_cpu() const = 0;
  virtual void save_cpu_into(SavedCpu& into) const = 0;
  virtual void restore_cpu(const SavedCpu& from) = 0;
  /// A copy of such a state.
  [[nodiscard]] virtual std::unique_ptr<SavedCpu> copy_cpu(const SavedCpu& of) const = 0;

  /// The machine as it stands, between two runs: what runs from here runs the same way again.
  /// Gates and breakpoints are not part of it.
  [[nodiscard]] virtual std::unique_ptr<Snapshot> take_snapshot() = 0;
  /// Goes back to one of this machine's own.
  virtual void restore(const Snapshot& snapshot) = 0;

  /// Edges into these are counted, no others (MachineOptions::count_edges). An edge is an
  /// instruction that the guest executed and the next one, unless that is simply the one behind it;
  /// behind a branch it always is. So the counts depend on nothing but what the guest executed.
  virtual void set_counted_code(std::span<const GuestRange> code) = 0;
  /// Where they are counted, up to 255 each: a power of two of counters, which stay there until
  /// this is called again. Edges may share a counter; which one is an edge's depends on addresses
  /// alone. Empty: nowhere.
  virtual void set_edge_counters(std::span<std::uint8_t> counters) = 0;

  /// Conditions. All are sets that may change between runs; an empty set costs nothing but a
  /// test. Addresses of gates: the INT instruction itself.
  virtual void set_gates(std::span<const GuestAddr> gates) = 0;
  virtual void set_breakpoints(std::span<const GuestAddr> addresses) = 0;
  /// Aligned 32-bit words to watch for a change of value (at most 16; the guest's and the host's
  /// writes alike). Arming takes the current value as known, but for a word that is armed already:
  /// its change may be one that is yet to be told of.
  virtual void set_watched_words(std::span<const GuestAddr> words) = 0;
  /// Stop before the first instruction with above < ESP <= up_to; above == up_to disarms. Said
  /// again only after ESP has left the window, or the window was set anew.
  virtual void set_esp_window(GuestAddr above, GuestAddr up_to) = 0;
};

}  // namespace sehlab::emu
