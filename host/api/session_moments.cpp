// Moments of a session's runs: those from which calls are made, and those that are looked at.
#include <fmt/format.h>

#include <optional>
#include <utility>

#include "host/api/session.hpp"
#include "host/lab/run_place.hpp"

namespace sehlab {

void Session::Console::begin(std::size_t read) {
  text(1).clear();
  text(2).clear();
  input.set_count(read);
}

Result<std::shared_ptr<const RunFacts>> Session::keep(const CallPlan& plan) {
  begin_anew();
  const emu::GeneralRegisters before = process_->machine().registers().general();
  auto facts = run_until(plan, UINT64_MAX);
  if (!facts) return facts;
  if ((*facts)->ended != Ended::Returned || plan.function.empty()) {
    return fail(plan.function, "cannot be kept, since it did not return: " + Run(*facts).report());
  }
  // Arguments that nobody took off the stack go, too.
  process_->machine().registers().set_general(before);
  start_.snapshot = process_->take_snapshot();
  start_.read = output_.input.count();
  return facts;
}

void Session::start_from(const StartingPoint& point) {
  start_ = point;
  set_stops();
  begin_anew();
}

Result<std::shared_ptr<const MomentFacts>> Session::go_to(const CallPlan& plan,
                                                          const std::string& place) {
  const auto parsed = lab::parse_run_place(place);
  if (!parsed) return tl::make_unexpected(parsed.error());
  std::uint64_t target = UINT64_MAX;
  std::optional<lab::Replay::Sought> sought;
  if (parsed->kind == lab::RunPlace::Kind::Instruction) {
    target = parsed->number;
  } else if (parsed->kind == lab::RunPlace::Kind::Event) {
    // What is told before an instruction is known when it is told: a first run finds it.
    const auto whole = run(plan);
    if (!whole) return tl::make_unexpected(whole.error());
    lab::EventFinder finder(*parsed);
    for (const trace::Event& event : (*whole)->events) {
      if (!finder.is(event)) continue;
      sought = {finder.number(), event};
      target = event.instruction;
      break;
    }
    if (!sought) return fail("", "\"" + place + "\" never comes");
  }
  const auto facts = run_until(plan, target);
  if (!facts) return tl::make_unexpected(facts.error());
  if (const std::uint64_t first = (*facts)->first_instruction; target != 0 && target < first) {
    return fail("", fmt::format("the call begins at instruction {}", first));
  }
  looked_at_ = look_at(*process_);
  lab::Standing standing = lab::standing(*process_);
  standing.events = (*facts)->events.size();
  if (standing.events != 0) standing.last = (*facts)->events.back();
  if (sought && sought->number > standing.events) standing.next = sought;
  if (const process::End* end = process_->how_it_ended()) standing.end = *end;
  standing.out = (*facts)->output;
  standing.error = (*facts)->error_output;
  return moment_facts(std::move(standing), looked_at_);
}

}  // namespace sehlab
