// The smallest steps of a run, for who goes through it with a debugger.
#include <algorithm>
#include <utility>

#include "emu/check.hpp"
#include "host/process/process.hpp"

namespace sehlab::process {
namespace {

bool still_there(const emu::Fault& fault, emu::Machine& machine) {
  const GuestAddr stood = fault.trap ? fault.next_eip : fault.eip;
  return machine.registers().general().eip == stood.value;
}

}  // namespace

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
  const bool there = run_once(instructions, AtUntil::Wait);
  if (end_) return Pause::Ended;
  return there ? Pause::There : Pause::Elsewhere;
}

bool Process::settled() const {
  return waiting_ || (slice() != 0 && instructions_to_intervention() != 0);
}

bool Process::trap_waits() const {
  return waiting_ && waiting_->trap && still_there(*waiting_, *machine_);
}

std::optional<emu::Fault> Process::take_waiting() {
  const auto fault = std::exchange(waiting_, std::nullopt);
  return fault && still_there(*fault, *machine_) ? fault : std::nullopt;
}

void Process::set_stops(std::vector<GuestAddr> addresses) {
  std::ranges::sort(addresses);
  stops_ = std::move(addresses);
  set_breakpoints();
}

}  // namespace sehlab::process
