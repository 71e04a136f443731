// The smallest steps of a run, for who goes through it with a debugger.
#include <algorithm>
#include <utility>

#include "emu/check.hpp"
#include "host/process/process.hpp"

namespace sehlab::process {

Process::Moment Process::moment() const {
  const std::uint64_t retired = machine_->retired();
  return {retired, moved_at_.instructions == retired ? moved_at_.moves : 0};
}

void Process::count_move() {
  Moment now = moment();
  ++now.moves;
  moved_at_ = now;
}

Process::Pause Process::run_on(std::uint64_t instructions) {
  SEHLAB_CHECK(instructions >= machine_->retired());
  if (end_) return Pause::Ended;
  const bool there = run_once(instructions);
  if (end_) return Pause::Ended;
  return there ? Pause::There : Pause::Elsewhere;
}

void Process::set_stops(std::vector<GuestAddr> addresses) {
  std::ranges::sort(addresses);
  stops_ = std::move(addresses);
  set_breakpoints();
}

}  // namespace sehlab::process
