#include "host/lab/engine_banner.hpp"

#include "emu/machine.hpp"
#include "lab/gates.h"

namespace sehlab::lab {

std::string engine_banner() {
  emu::MachineOptions options;
  options.gate_vector = LAB_GATE_VECTOR;
  const auto machine = emu::Machine::create(options);
  if (!machine) return "engine: " + machine.error().text() + "\n";
  const emu::EngineTraits& traits = (*machine)->traits();
  return "engine: " + traits.version +
         "\n  EIP and EFLAGS exact at faults without the instruction hook: " +
         (traits.precise_without_hook ? "yes" : "no (the hook is always on)") +
         "\n  pending-exception word found: " +
         (traits.double_fault_fix ? "yes" : "no (registers are rewritten instead)") +
         "\n  tells of the first use of x87 and SSE state: " +
         (traits.tells_fx_use ? "yes" : "no (it is read and written at each exception)") + "\n";
}

}  // namespace sehlab::lab
