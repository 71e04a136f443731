#include "host/cli/version.hpp"

#include "emu/machine.hpp"
#include "lab/gates.h"

namespace sehlab::cli {

std::string version_text() {
  std::string text = "sehlab " SEHLAB_VERSION "\n";
  emu::MachineOptions options;
  options.gate_vector = LAB_GATE_VECTOR;
  const auto machine = emu::Machine::create(options);
  if (!machine) return text + "engine: " + machine.error().text() + "\n";
  const emu::EngineTraits& traits = (*machine)->traits();
  text += "engine: " + traits.version + "\n";
  text += std::string("  EIP and EFLAGS exact at faults without the instruction hook: ") +
          (traits.precise_without_hook ? "yes" : "no (the hook is always on)") + "\n";
  text += std::string("  pending-exception word found: ") +
          (traits.double_fault_fix ? "yes" : "no (registers are rewritten instead)") + "\n";
  return text;
}

}  // namespace sehlab::cli
