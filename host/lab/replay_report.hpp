// Where a replay stands, for people and for programs.
#pragma once

#include <string>

#include "host/lab/replay.hpp"
#include "host/report/style.hpp"

namespace sehlab::lab {

/// Instruction, thread, place, the event told last, registers, code, the chain.
[[nodiscard]] std::string standing_text(Replay& replay, report::Style style);
/// The same as one JSON object.
[[nodiscard]] std::string standing_json(Replay& replay);

}  // namespace sehlab::lab
