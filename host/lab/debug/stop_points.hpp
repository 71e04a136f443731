// StopPoints: the breakpoints and watchpoints of a debugger, and whether a step of the guest
// touched what is watched.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "emu/decoder.hpp"
#include "host/gdb/target.hpp"
#include "host/process/process.hpp"

namespace sehlab::lab {

class StopPoints {
 public:
  /// False: there are too many, or its range is none that can be watched.
  [[nodiscard]] bool add(const gdb::StopPoint& point);
  void remove(const gdb::StopPoint& point);

  [[nodiscard]] std::span<const GuestAddr> addresses() const { return addresses_; }
  [[nodiscard]] bool watches() const { return !watched_.empty(); }
  /// The breakpoint there.
  [[nodiscard]] const gdb::StopPoint* at(GuestAddr address) const;

  /// What the next instruction is about to touch, and what is there.
  void before_step(process::Process& process);
  /// The watch that the step met: for reads and accesses by an operand of the instruction, if it
  /// was `retired`; for writes since other bytes are there now, whoever wrote them.
  [[nodiscard]] const gdb::StopPoint* after_step(process::Process& process, bool retired);

 private:
  struct Watched {
    gdb::StopPoint point;
    std::vector<std::byte> bytes;
  };
  std::vector<gdb::StopPoint> breakpoints_;
  std::vector<GuestAddr> addresses_;
  std::vector<Watched> watched_;
  std::vector<emu::MemoryOperand> operands_;
  std::vector<std::byte> now_;
};

}  // namespace sehlab::lab
