// The crash report: what, where, who was asked, and why each did not take the exception.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "host/report/crash_story.hpp"
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

/// Needs story.crashed(). At most kColumns wide where the guest's names allow, ends in a newline.
[[nodiscard]] std::string crash_report(const CrashStory& story,
                                       const std::optional<CrashScene>& scene, Style style);

}  // namespace sehlab::report
