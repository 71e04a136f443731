// Breakpoints where a thread's time slice ends. The oracle is a walk over every moment of the run:
// a breakpoint is met at the moments at which a thread is about to execute the instruction there
// (GDB manual, 5.1 "Breakpoints"), once each, in whichever direction.
#include <algorithm>
#include <vector>

#include "tests/lab/debug/rig.hpp"

namespace sehlab::lab {
namespace {

using Moment = Timeline::Moment;
using Way = gdb::Resume::Way;
using Why = gdb::StopReport::Why;

struct Stand {
  Moment moment;
  std::uint32_t eip = 0;
  bool slice_ended = false;  ///< another thread ran before, and could have run on
};

std::vector<Stand> walk(Rig& rig) {
  std::vector<Stand> stands;
  std::uint32_t ran = 1;
  while (rig.timeline->end() == nullptr) {
    process::Scheduler& scheduler = rig.timeline->process().scheduler();
    const std::uint32_t running = scheduler.current().number;
    const bool ended =
        running != ran && std::ranges::any_of(scheduler.threads(), [&](const auto& thread) {
          return thread->number == ran && thread->runnable();
        });
    stands.push_back({rig.timeline->moment(), rig.eip(), ended});
    ran = running;
    rig.timeline->step();
  }
  return stands;
}

/// Those of a part of the run that are at an address, the first place left out.
std::vector<Moment> visits(std::span<const Stand> part, std::uint32_t address) {
  std::vector<Moment> moments;
  for (const Stand& place : part.subspan(1)) {
    if (place.eip == address) moments.push_back(place.moment);
  }
  return moments;
}

}  // namespace

TEST_CASE("A breakpoint where a time slice ends is met once, forwards and backwards") {
  const std::string guest = "time_slices.exe";
  Rig once(guest), rig(guest);
  const std::vector<Stand> stands = walk(once);
  REQUIRE(rig.target->monitor("exceptions second", rig.control).well);
  constexpr std::size_t kAround = 12;
  std::size_t slices = 0;
  for (std::size_t i = kAround; i + kAround < stands.size(); ++i) {
    if (!stands[i].slice_ended) continue;
    ++slices;
    const auto part = std::span(stands).subspan(i - kAround, 2 * kAround);
    for (const Stand& place : part) {
      CAPTURE(i);
      CAPTURE(place.eip);
      CAPTURE(place.moment.instructions);
      const auto wanted = visits(part, place.eip);
      const gdb::StopPoint point{gdb::Stopper::HardwareBreakpoint, GuestAddr{place.eip}, 1};
      REQUIRE(rig.target->add(point));
      rig.timeline->go_to(part.front().moment);
      std::vector<Moment> forwards, backwards;
      for (;;) {
        if (rig.go(Way::Continue).why != Why::StopPoint) break;
        if (rig.timeline->moment() > part.back().moment) break;
        forwards.push_back(rig.timeline->moment());
      }
      CHECK(forwards == wanted);
      rig.timeline->go_to(stands[i + kAround].moment);
      for (;;) {
        if (rig.go(Way::ContinueBack).why != Why::StopPoint) break;
        if (rig.timeline->moment() <= part.front().moment) break;
        backwards.insert(backwards.begin(), rig.timeline->moment());
      }
      CHECK(backwards == wanted);
      rig.target->remove(point);
    }
  }
  CHECK(slices > 3);
}

}  // namespace sehlab::lab
