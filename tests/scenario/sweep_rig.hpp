// Sweeps and runs made by hand.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/scenario/sweep_judge.hpp"
#include "host/scenario/sweep_tally.hpp"
#include "tests/trace/trace_maker.hpp"

namespace sehlab::scenario {

/// A run with the fault before that instruction, in "g!FUNCTION", which `taker`@owner took; nobody
/// when it is empty.
inline SweptRun swept_run(std::uint64_t instruction, const std::string& function = "f",
                          SweptEnd end = SweptEnd::Survived, const std::string& taker = "h") {
  SweptRun run;
  run.instruction = instruction;
  run.function = "g!" + function;
  run.at = run.function + "+0x" + std::to_string(instruction);
  run.source = function + ".c:" + std::to_string(instruction / 10);
  run.fault = "read";
  run.end = end;
  if (!taker.empty()) {
    trace::TraceMaker t;
    t.emit(trace::HandlerEntered{GuestAddr{0x19ff70},
                                 trace::place(0x401000, "g!" + taker),
                                 0xC0000005,
                                 0,
                                 trace::place(0x402000, "g!owner+0x4"),
                                 {}});
    t.emit(trace::DispatchContinued{});
    for (const trace::Event& event : t.events) run.taken.on_event(event);
  }
  run.taken.finish(end == SweptEnd::Died);
  return run;
}

inline SweptVerdict as_expected() {
  return {};
}
inline SweptVerdict not_as_expected() {
  return {std::nullopt, "exited", "unhandled"};
}

}  // namespace sehlab::scenario
