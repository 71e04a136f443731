// InstructionCheck: what a processor looks at in an instruction's operands and the engine does not:
// privileges, alignment, SSE and x87 exceptions, and the data that the debug registers watch.
// Decided before the instruction, from its bytes and the registers.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "emu/decoder.hpp"
#include "emu/engine.hpp"
#include "emu/opcode.hpp"
#include "emu/page_table.hpp"
#include "emu/registers.hpp"
#include "emu/stop.hpp"

namespace sehlab::emu {

/// A range of data that one of DR0 to DR3 watches.
struct DataBreakpoint {
  GuestAddr address;
  std::uint32_t size = 1;  ///< bytes: 1, 2, 4 or 8
  bool reads = false;      ///< reads count too; writes always do
  std::uint32_t dr6 = 0;   ///< its bit in DR6
};

class InstructionCheck {
 public:
  InstructionCheck(const PageTable& table, Engine& engine, Registers& registers);

  void set_data_breakpoints(std::vector<DataBreakpoint> watched) { watched_ = std::move(watched); }
  /// Before each start of the engine: the host may have changed EFLAGS, MXCSR or the x87 control
  /// word.
  void begin() {
    read_flags();
    read_mxcsr();
    read_x87_control();
  }
  /// Every instruction has to come by, not only those that are not plain.
  [[nodiscard]] bool wants_all() const {
    return alignment_ || flags_changed_ || mxcsr_changed_ || control_changed_ || !watched_.empty();
  }

  /// Looks at the instruction at `address`, which is about to be executed: the
  /// exception that a processor raises instead, if any (see `deferred`), or an Unmodelled.
  /// Otherwise the data breakpoints that it meets are due behind it.
  [[nodiscard]] std::optional<Stop> before(GuestAddr address);

  /// The instruction that was refused last is an x87 one whose exception is deferred: a processor
  /// leaves it undone, notes the exception, and goes on behind it.
  [[nodiscard]] bool deferred() const { return deferred_; }
  /// Takes note of that; the address behind the instruction.
  GuestAddr pass_deferred(GuestAddr address);

  /// DR6 bits of the data breakpoints that the instruction begun last has met; once.
  [[nodiscard]] std::uint32_t take_due() { return std::exchange(due_, 0); }
  [[nodiscard]] bool due() const { return due_ != 0; }

 private:
  void remember_plain(GuestAddr address);
  [[nodiscard]] bool misaligned(std::span<const MemoryOperand> operands) const;
  [[nodiscard]] bool raises_simd_exception(GuestAddr address, std::span<const std::byte> code);
  /// The page fault of the first byte that the operands may not have.
  [[nodiscard]] std::optional<Fault> refused(GuestAddr address,
                                             std::span<const MemoryOperand> operands) const;
  void read_flags();
  void read_mxcsr();
  void read_x87_control();
  [[nodiscard]] std::optional<Stop> x87_exception(GuestAddr address, const Opcode& opcode,
                                                  std::span<const MemoryOperand> operands);
  void write_x87(std::uint16_t status, GuestAddr address, const Opcode& opcode,
                 std::span<const MemoryOperand> operands);

  const PageTable& table_;
  Engine& engine_;
  Registers& registers_;
  std::vector<DataBreakpoint> watched_;
  std::uint32_t due_ = 0;
  std::vector<int> simd_numbers_;
  std::vector<int> x87_numbers_, x87_written_;
  bool deferred_ = false;
  bool x87_ = false;              ///< an x87 exception is unmasked
  std::uint16_t control_ = 0;     ///< the x87's control word
  bool control_changed_ = false;  ///< the instruction before this one loaded the control word
  bool alignment_ = false;        ///< EFLAGS.AC is set
  bool flags_changed_ = false;    ///< the instruction before this one loaded EFLAGS
  bool simd_ = false;             ///< an SSE exception is unmasked
  bool mxcsr_changed_ = false;    ///< the instruction before this one loaded MXCSR
};

}  // namespace sehlab::emu
