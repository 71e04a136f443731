// What string instructions touch, and the watches that it meets. Expectations: Intel SDM vol. 2,
// REP, MOVS, CMPS, SCAS, STOS, LODS.
#include "host/lab/debug/touched_memory.hpp"

#include <algorithm>

#include "tests/lab/debug/rig.hpp"

namespace sehlab::lab {
namespace {

using gdb::Stopper;

constexpr std::uint32_t kDown = 0x400;  // EFLAGS.DF

/// A machine about to execute one instruction over two areas of the stack.
struct Strings : Rig {
  std::uint32_t from, to;

  explicit Strings(std::initializer_list<int> code, std::uint32_t count, std::uint32_t flags = 0)
      : Rig("exit0.exe") {
    timeline->go_to({1000, 0});
    emu::Machine& machine = timeline->process().machine();
    emu::GeneralRegisters general = machine.registers().general();
    from = general.esp - 0x800;
    to = general.esp - 0x400;
    std::vector<std::byte> bytes;
    for (const int one : code) bytes.push_back(static_cast<std::byte>(one));
    REQUIRE(target->write_memory(GuestAddr{general.eip}, bytes));
    general.esi = from;
    general.edi = to;
    general.ecx = count;
    general.eflags |= flags;
    REQUIRE(machine.registers().set_general(general));
    timeline->changed();
  }
  void put(std::uint32_t address, std::uint8_t value) {
    REQUIRE(timeline->process().machine().memory().raw().put(GuestAddr{address}, value));
  }
  /// Whether a watch of that byte stops behind the instruction.
  bool stops(Stopper kind, std::uint32_t address) {
    const auto start = timeline->moment();
    const gdb::StopPoint point{kind, GuestAddr{address}, 1};
    REQUIRE(target->add(point));
    const auto stop = go(gdb::Resume::Way::Step);
    CHECK(timeline->moment().instructions == start.instructions + 1);
    target->remove(point);
    timeline->go_to(start);
    return stop.why == gdb::StopReport::Why::StopPoint;
  }
};

}  // namespace

TEST_CASE("REP MOVS reads all of one string and writes all of the other") {
  Strings rig({0xf3, 0xa5}, 8);  // 8 words of 4 bytes
  for (const std::uint32_t offset : {0, 3, 4, 17, 31}) {
    CAPTURE(offset);
    CHECK(rig.stops(Stopper::ReadWatch, rig.from + offset));
    CHECK(rig.stops(Stopper::AccessWatch, rig.from + offset));
    CHECK(rig.stops(Stopper::AccessWatch, rig.to + offset));
    CHECK_FALSE(rig.stops(Stopper::ReadWatch, rig.to + offset));
  }
  for (const std::uint32_t address : {rig.from - 1, rig.from + 32, rig.to - 1, rig.to + 32}) {
    CHECK_FALSE(rig.stops(Stopper::AccessWatch, address));
  }
}

TEST_CASE("With DF set the strings lie below") {
  Strings rig({0xf3, 0xa5}, 8, kDown);
  CHECK(rig.stops(Stopper::ReadWatch, rig.from - 28));
  CHECK(rig.stops(Stopper::ReadWatch, rig.from + 3));
  CHECK(rig.stops(Stopper::AccessWatch, rig.to - 28));
  CHECK_FALSE(rig.stops(Stopper::ReadWatch, rig.from - 29));
  CHECK_FALSE(rig.stops(Stopper::ReadWatch, rig.from + 4));
}

TEST_CASE("REPE CMPS reads both strings up to the first difference, and no further") {
  Strings rig({0xf3, 0xa6}, 100);
  rig.put(rig.from + 5, 1);
  rig.put(rig.to + 5, 2);
  rig.timeline->changed();
  for (const std::uint32_t begin : {rig.from, rig.to}) {
    CHECK(rig.stops(Stopper::ReadWatch, begin));
    CHECK(rig.stops(Stopper::ReadWatch, begin + 5));
    CHECK(rig.stops(Stopper::AccessWatch, begin + 5));
    CHECK_FALSE(rig.stops(Stopper::ReadWatch, begin + 6));
  }
}

TEST_CASE("REPNE SCAS reads up to what it looks for, STOS writes, LODS reads") {
  Strings scan({0xf2, 0xae}, 100);
  const auto al = static_cast<std::uint8_t>(
      scan.timeline->process().machine().registers().general().eax & 0xff);
  for (std::uint32_t i = 0; i < 100; ++i) {
    scan.put(scan.to + i, static_cast<std::uint8_t>(i == 7 ? al : ~al));
  }
  scan.timeline->changed();
  CHECK(scan.stops(Stopper::ReadWatch, scan.to + 7));
  CHECK_FALSE(scan.stops(Stopper::ReadWatch, scan.to + 8));
  CHECK_FALSE(scan.stops(Stopper::ReadWatch, scan.from));
  Strings store({0xf3, 0xaa}, 10);
  CHECK(store.stops(Stopper::AccessWatch, store.to + 9));
  CHECK_FALSE(store.stops(Stopper::ReadWatch, store.to + 9));
  CHECK_FALSE(store.stops(Stopper::AccessWatch, store.to + 10));
  Strings load({0xf3, 0xac}, 10);
  CHECK(load.stops(Stopper::ReadWatch, load.from + 9));
  CHECK_FALSE(load.stops(Stopper::ReadWatch, load.from + 10));
}

TEST_CASE("Without a round nothing is touched, and without REP one element") {
  Strings none({0xf3, 0xa4}, 0);
  CHECK(touched_memory(none.timeline->process().machine()).empty());
  CHECK_FALSE(none.stops(Stopper::ReadWatch, none.from));
  Strings one({0xa7}, 8);  // CMPSD
  for (const std::uint32_t begin : {one.from, one.to}) {
    CHECK(one.stops(Stopper::ReadWatch, begin + 3));
    CHECK_FALSE(one.stops(Stopper::ReadWatch, begin + 4));
  }
}

}  // namespace sehlab::lab
