// Stop: why Machine::run came back. Nothing was decided inside an emulator callback; the
// machine stands before the instruction at EIP and can be run on.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "emu/fault.hpp"
#include "emu/guest_addr.hpp"

namespace sehlab::emu {

/// The lab's software interrupt was executed at a registered gate. EIP stays on the gate.
struct GateHit {
  GuestAddr address;
};
/// EIP is at a registered breakpoint; running on executes the instruction there.
struct BreakpointHit {
  GuestAddr address;
};
/// A watched word changed (by the guest or by the host), was written with the value that it had
/// (by the guest, in MachineOptions::noted_stores), or ESP entered the window, before the
/// instruction now at EIP. Both can be true at once.
struct ConditionMet {
  bool word_changed = false;
  GuestAddr word;               ///< first watched word that changed
  std::uint32_t old_value = 0;  ///< its value when it was armed or last reported
  std::uint32_t new_value = 0;
  GuestAddr by_eip;  ///< the instruction that ran last, i.e. that changed it
  bool esp_in_window = false;
  /// ESP when it was last looked at, behind an instruction that may have raised it; 0: not yet.
  GuestAddr esp_before;
};
/// As many instructions were retired as run() allowed.
struct BudgetSpent {};
/// The processor ran into something the lab does not model; `what` names it.
struct Unmodelled {
  std::string what;
  GuestAddr eip;
};

using Stop = std::variant<Fault, GateHit, BreakpointHit, ConditionMet, BudgetSpent, Unmodelled>;

}  // namespace sehlab::emu
