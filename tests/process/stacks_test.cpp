// Stacks. Sources: Microsoft, "Thread Stack Size" and "Creating Guard Pages" (a reservation,
// committed from the top, a guard page that moves down); the TEB's fields by the public headers.
#include "host/process/stacks.hpp"

#include <doctest/doctest.h>

#include <memory>

#include "emu/machine.hpp"
#include "host/process/environment.hpp"
#include "host/win32/teb.hpp"

using namespace sehlab;
using namespace sehlab::process;

namespace {

constexpr GuestAddr kAt{0x00100000};

struct Rig {
  std::unique_ptr<emu::Machine> machine = std::move(*emu::Machine::create({}));
  emu::AddressSpace& space = machine->memory();

  GuestAddr teb(const StackBounds& stack) { return *make_teb(space, {0x0b60, {}, stack}); }
  GuestAddr limit(GuestAddr teb) {
    return GuestAddr{space.raw().get<win32::NtTib>(teb)->StackLimit};
  }
  bool guard(GuestAddr page) {
    const auto rights = space.page(page);
    return rights && rights->guard;
  }
};

}  // namespace

TEST_SUITE("process") {
  TEST_CASE("a stack is committed from its high end, with one guard page below") {
    Rig rig;
    const auto stack = make_stack(rig.space, kAt, 0x100000, 0x2345);
    REQUIRE(stack);
    CHECK(stack->reservation.begin == kAt);
    CHECK(stack->reservation.end == kAt + 0x100000);
    CHECK(stack->limit == kAt + 0x100000 - 0x3000);  // 0x2345 bytes are three pages
    CHECK(rig.guard(stack->limit - kPageSize));
    CHECK(rig.space.query(stack->limit - 2 * kPageSize).state == emu::PageState::Reserved);
    CHECK(rig.space.query(stack->limit).state == emu::PageState::Committed);
  }

  TEST_CASE("touching the guard page commits it, lowers StackLimit and guards the next page") {
    Rig rig;
    const auto stack = make_stack(rig.space, kAt, 0x10000, kPageSize);
    REQUIRE(stack);
    const GuestAddr teb = rig.teb(*stack);
    const GuestAddr first = stack->limit - kPageSize;
    CHECK(grow_stack(rig.space, teb, first + 0xffc) == Growth::Grown);
    CHECK(rig.limit(teb) == first);
    CHECK_FALSE(rig.guard(first));
    CHECK(rig.guard(first - kPageSize));
  }

  TEST_CASE("a stack grows to its last page but one, and the next touch is an overflow") {
    Rig rig;
    const auto stack = make_stack(rig.space, kAt, 0x10000, kPageSize);
    REQUIRE(stack);
    const GuestAddr teb = rig.teb(*stack);
    // 16 pages: one committed at first, the lowest never; the last of the other 14 is the overflow.
    for (int i = 0; i < 13; ++i) {
      CAPTURE(i);
      CHECK(grow_stack(rig.space, teb, rig.limit(teb) - kPageSize) == Growth::Grown);
    }
    CHECK(grow_stack(rig.space, teb, rig.limit(teb) - kPageSize) == Growth::Overflow);
    CHECK(rig.limit(teb) == kAt + kPageSize);
    CHECK(rig.space.query(kAt).state == emu::PageState::Reserved);
    CHECK(grow_stack(rig.space, teb, kAt) == Growth::NotStack);
  }

  TEST_CASE("another stack's guard page, or a guard page elsewhere, is not this stack's") {
    Rig rig;
    const auto mine = make_stack(rig.space, kAt, 0x10000, kPageSize);
    const auto other = make_stack(rig.space, kAt + 0x10000, 0x10000, kPageSize);
    REQUIRE(mine);
    REQUIRE(other);
    const GuestAddr teb = rig.teb(*mine);
    CHECK(grow_stack(rig.space, teb, other->limit - kPageSize) == Growth::NotStack);
    CHECK(rig.guard(other->limit - kPageSize));
    CHECK(grow_stack(rig.space, teb, mine->limit - 2 * kPageSize) == Growth::NotStack);
  }

  TEST_CASE(
      "a stack whose commit is its reserve has everything but its lowest page, and no guard") {
    // Go's programs of 2014 ask for this: reserve 0x10000, commit 0xffff.
    Rig rig;
    const auto stack = make_stack(rig.space, kAt, 0x10000, 0xffff);
    REQUIRE(stack);
    CHECK(stack->limit == kAt + kPageSize);
    CHECK(rig.space.query(kAt).state == emu::PageState::Reserved);
    for (GuestAddr page = stack->limit; page < stack->reservation.end; page += kPageSize) {
      CHECK_FALSE(rig.guard(page));
    }
  }

  TEST_CASE("a stack cannot be made where something lies") {
    Rig rig;
    REQUIRE(make_stack(rig.space, kAt, 0x10000, kPageSize));
    CHECK_FALSE(make_stack(rig.space, kAt, 0x10000, kPageSize));
  }
}
