// setjmp and longjmp of msvcrt, in functions without __try (facts 1.7, 3.7).
#include "host/fuzz/sequence/run.hpp"

namespace sehlab::fuzz::sequence {

/// _setjmp3 keeps fs:[0] as Registration; it links no record.
Flow Run::setjmp_frame(std::uint8_t id) {
  const Place here = place_;
  add_live(Live::SetJump, id, place_.head);
  ++place_.level;
  return run_landable(id, here);
}

Flow Run::longjmp(std::uint8_t operand) {
  const LiveFrame* chosen = choose_live(Live::SetJump, operand);
  if (chosen == nullptr) {
    idle();
    return {};
  }
  const LiveFrame target = *chosen;
  if (place_.head != target.record) {
    const Flow flow = unwind_without_record(target.record);
    if (!flow.returned()) return flow;
  }
  return go_on_in(target, LAB_OP_LONGJMP);
}

}  // namespace sehlab::fuzz::sequence
