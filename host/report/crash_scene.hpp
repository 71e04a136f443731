// CrashScene: registers and code where a thread stands, as a report shows them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "emu/guest_addr.hpp"
#include "host/report/style.hpp"

namespace sehlab::report {

/// What only the process can add to the trace: the processor's state at the fault.
struct CrashScene {
  struct Register {
    std::string name;
    std::uint32_t value = 0;
  };
  struct CodeLine {
    GuestAddr address{};
    std::string bytes;  ///< "8b 00"
    std::string text;   ///< "mov eax, dword ptr [eax]"
  };
  std::vector<Register> registers;
  std::vector<CodeLine> code;  ///< around the faulting instruction, in order
  std::string source;          ///< "faults.c:12"; empty when unknown
};

/// Four to a line, indented.
[[nodiscard]] std::string registers_text(const CrashScene& scene);
/// A line an instruction; the one at `here` is marked.
[[nodiscard]] std::string code_text(const CrashScene& scene, std::optional<GuestAddr> here,
                                    Style style);

}  // namespace sehlab::report
