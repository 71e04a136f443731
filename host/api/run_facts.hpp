// RunFacts: what a Run tells of.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/api/sehlab/run.hpp"
#include "host/process/options.hpp"

namespace sehlab {

struct RunFacts {
  Ended ended = Ended::Returned;
  std::uint32_t eax = 0, edx = 0;
  double st0 = 0;
  std::vector<std::vector<std::byte>> bytes;  ///< of each argument, after the call
  process::End end;                           ///< of the process; Exited with 0 for Returned
  std::uint64_t first_instruction = 0, instructions = 0;
  std::vector<trace::Event> events;
  std::string output, error_output;
  std::vector<GuestFile> files;          ///< of C:\lab, where LabOptions::files is set
  std::vector<std::string> never_fired;  ///< injections, a line each

  // Made from the events.
  std::size_t exceptions = 0;
  Handlers handlers, unwound;
  std::vector<trace::DefectFound> defects;
  Chain chain;
};

/// The crash report of a process that ended so, with these events; empty when it did not die.
[[nodiscard]] std::string crash_report(const process::End& end,
                                       const std::vector<trace::Event>& events);

/// Fills in what is made from the events.
void judge_events(RunFacts& facts);

}  // namespace sehlab
