// Where a process stands in its run, as a value, for people and for programs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "host/lab/replay.hpp"
#include "host/process/process.hpp"
#include "host/report/crash_scene.hpp"
#include "host/report/style.hpp"
#include "host/trace/event.hpp"

namespace sehlab::lab {

struct Standing {
  std::uint64_t instruction = 0;  ///< retired by the process
  std::uint32_t thread = 0;       ///< number of the current one, from 1
  trace::Place at;                ///< EIP
  report::CrashScene scene;
  trace::ChainPicture chain;
  // Of the run up to here.
  std::uint64_t events = 0;            ///< told
  std::optional<trace::Event> last;    ///< of them
  std::optional<Replay::Sought> next;  ///< the one that was gone to, when it is still to come
  std::optional<process::End> end;     ///< it has ended
  std::string out, error;              ///< of standard output and error
};

/// The process's part of it.
[[nodiscard]] Standing standing(process::Process& process);
[[nodiscard]] Standing standing(Replay& replay);

/// Instruction, thread, place, the event told last, registers, code, the chain.
[[nodiscard]] std::string standing_text(const Standing& now, report::Style style);
/// The same as one JSON object.
[[nodiscard]] std::string standing_json(const Standing& now);

}  // namespace sehlab::lab
