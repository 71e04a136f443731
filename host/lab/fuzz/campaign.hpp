// lab::run_campaign: a fuzzing engine as child processes, from its command line to the inputs that
// it kept as findings. Whether they are any is for others to say (findings.hpp).
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "emu/result.hpp"
#include "host/lab/fuzz/engine_command.hpp"
#include "host/lab/fuzz/engine_status.hpp"

namespace sehlab::lab {

struct CampaignRequest {
  FuzzRun run;
  std::filesystem::path program;  ///< engine_program()'s
  /// Asked a few times a second; true: the engine is to end now. May be empty.
  std::function<bool()> stopped;
  /// Told a few times a second; `seconds` since the beginning. May be empty.
  std::function<void(const EngineStatus&, double seconds)> progress;
  /// Told of each command line before it is started. May be empty.
  std::function<void(const std::string&)> command;
};

struct CampaignAnswer {
  EngineStatus status;
  double seconds = 0;
  std::vector<std::filesystem::path> artifacts;  ///< inputs that this run kept, oldest first
  bool interrupted = false;                      ///< by `stopped`
  /// How the engine ended when it should not have, with what it said last; empty: all is well.
  std::string failure;
  std::filesystem::path log;  ///< all that the engine said
};

/// Makes the folders that are missing, runs the engine to its end, and leaves what it found worth
/// keeping in corpus_folder(). Errors: a folder or file cannot be written, there is no engine.
[[nodiscard]] Result<CampaignAnswer> run_campaign(const CampaignRequest& request);

}  // namespace sehlab::lab
