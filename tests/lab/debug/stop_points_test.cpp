// Stop points. Expectations: Intel SDM (what an instruction reads and writes), GDB manual E.2 (Z0
// to Z4).
#include "host/lab/debug/stop_points.hpp"

#include "tests/lab/debug/rig.hpp"

namespace sehlab::lab {
namespace {

using gdb::Stopper;
using gdb::StopPoint;

/// Steps up to `most` moments; the count until the point is met, 0: never.
int steps_until_met(Rig& rig, StopPoints& points, int most) {
  for (int i = 1; i <= most; ++i) {
    const auto before = rig.timeline->moment();
    points.before_step(rig.timeline->process());
    rig.timeline->step();
    const bool retired = rig.timeline->moment().instructions > before.instructions;
    if (points.after_step(rig.timeline->process(), retired) != nullptr) return i;
  }
  return 0;
}

/// Before `call`, which pushes its return address and reads nothing of the stack; then `ret`'s
/// like.
void to_first_call(Rig& rig) {
  for (int i = 0; i < 1000; ++i) {
    const auto opcode =
        rig.timeline->process().machine().memory().raw().get<std::uint8_t>(GuestAddr{rig.eip()});
    if (opcode == 0xe8) return;
    rig.timeline->step();
  }
  FAIL("no call");
}

}  // namespace

TEST_CASE("A breakpoint is found by its address until it is removed") {
  StopPoints points;
  const StopPoint one{Stopper::SoftwareBreakpoint, GuestAddr{0x401000}, 1};
  CHECK(points.add(one));
  CHECK(points.add(one));  // GDB may set one twice
  CHECK(points.addresses().size() == 1);
  REQUIRE(points.at(GuestAddr{0x401000}) != nullptr);
  CHECK(points.at(GuestAddr{0x401001}) == nullptr);
  points.remove(one);
  CHECK(points.at(GuestAddr{0x401000}) == nullptr);
  CHECK_FALSE(points.watches());
}

TEST_CASE("Points are bounded, and a range that cannot be watched is refused") {
  StopPoints points;
  CHECK_FALSE(points.add({Stopper::WriteWatch, GuestAddr{0}, 0}));
  CHECK_FALSE(points.add({Stopper::WriteWatch, GuestAddr{0}, 0xffffffff}));
  std::uint32_t added = 0;
  while (added < 100'000 && points.add({Stopper::HardwareBreakpoint, GuestAddr{added}, 1})) ++added;
  CHECK(added < 100'000);
}

TEST_CASE("CALL's push is a write and an access of its word of the stack, and no read") {
  for (const auto& [kind, met] :
       {std::pair(Stopper::WriteWatch, 1), std::pair(Stopper::AccessWatch, 1),
        std::pair(Stopper::ReadWatch, 0)}) {
    Rig rig("exit0.exe");
    to_first_call(rig);
    const std::uint32_t esp = rig.timeline->process().machine().registers().general().esp;
    StopPoints points;
    REQUIRE(points.add({kind, GuestAddr{esp - 4}, 4}));
    CHECK(steps_until_met(rig, points, 1) == met);
  }
}

TEST_CASE("A byte of a watched range is enough, and the one beside it is not") {
  for (const auto& [offset, met] :
       {std::pair(-5, 0), std::pair(-4, 1), std::pair(-1, 1), std::pair(0, 0)}) {
    Rig rig("exit0.exe");
    to_first_call(rig);
    const std::uint32_t esp = rig.timeline->process().machine().registers().general().esp;
    StopPoints points;
    REQUIRE(
        points.add({Stopper::AccessWatch, GuestAddr{esp + static_cast<std::uint32_t>(offset)}, 1}));
    CHECK(steps_until_met(rig, points, 1) == met);
  }
}

}  // namespace sehlab::lab
