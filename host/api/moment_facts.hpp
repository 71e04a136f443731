// MomentFacts: what a Moment tells of.
#pragma once

#include <memory>

#include "host/api/sehlab/moment.hpp"
#include "host/lab/standing.hpp"
#include "host/process/process.hpp"

namespace sehlab {

struct MomentFacts {
  lab::Standing standing;
  Registers registers;
  std::vector<CodeLine> code;
  std::weak_ptr<process::Process> process;  ///< as long as it stands still
};

/// Of where the process stands. `looked_at` shall go when it goes on.
[[nodiscard]] std::shared_ptr<const MomentFacts> moment_facts(
    lab::Standing standing, const std::shared_ptr<process::Process>& looked_at);

/// A Process that somebody else owns, for as long as it stands still.
[[nodiscard]] inline std::shared_ptr<process::Process> look_at(process::Process& process) {
  return {&process, [](process::Process*) {}};
}

}  // namespace sehlab
