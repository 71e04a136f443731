// Reservations, commitment, protections and what the guest and the host see of them.
#include <array>
#include <random>

#include "tests/emu/bench_machine.hpp"

namespace sehlab::emu {
namespace {

constexpr GuestAddr kBase{0x20000000};

bool reads(BenchMachine& m, GuestAddr at) {
  m.set([&](GeneralRegisters& r) { r.ebx = at.value; });
  const Fault fault = stopped<Fault>(m.run({0x8a, 0x03, 0xcc}));  // mov al, [ebx]; int3
  return fault.kind == FaultKind::Interrupt;
}

}  // namespace

TEST_CASE("A reservation takes free pages only, and whole ones") {
  BenchMachine m;
  AddressSpace& space = m.memory();
  REQUIRE(space.reserve(kBase, 0x10000).has_value());
  CHECK_FALSE(space.reserve(kBase, 0x1000).has_value());
  CHECK_FALSE(space.reserve(kBase + 0xf000, 0x2000).has_value());
  CHECK_FALSE(space.reserve(kBase - 0x1000, 0x2000).has_value());
  CHECK_FALSE(space.reserve(kBase - 0x1000, 0x40000).has_value());
  CHECK_FALSE(space.reserve(kBase + 0x10001, 0x1000).has_value());
  CHECK_FALSE(space.reserve(kBase + 0x10000, 0x1001).has_value());
  CHECK_FALSE(space.reserve(kBase + 0x10000, 0).has_value());
  CHECK_FALSE(space.reserve(GuestAddr{0xfffdf000}, 0x2000).has_value());
  CHECK_FALSE(space.reserve(GuestAddr{0xfffff000}, 0x1000).has_value());
  CHECK(space.reserve(GuestAddr{0xfffdf000}, 0x1000).has_value());
  CHECK(space.reserve(kBase + 0x10000, 0x1000).has_value());
  CHECK(space.reserve(kBase - 0x1000, 0x1000).has_value());
}

TEST_CASE("What the guest stores through one view is there in the other") {
  BenchMachine m;
  AddressSpace& space = m.memory();
  const GuestAddr other = kBase + 0x100000;
  auto pages = space.share(0x3000);
  REQUIRE(pages);
  REQUIRE(space.reserve_view(kBase, 0x3000, kReadWrite, pages, 0).has_value());
  REQUIRE(space.reserve_view(other, 0x1000, kReadOnly, pages, 0x2000).has_value());
  CHECK_FALSE(space.reserve_view(other + 0x10000, 0x2000, kReadOnly, pages, 0x2000).has_value());
  CHECK_FALSE(space.reserve_view(kBase, 0x1000, kReadOnly, pages, 0).has_value());
  for (const std::uint32_t value : {0x11u, 0x22u}) {
    m.set([&](GeneralRegisters& r) {
      r.ebx = kBase.value + 0x2004;
      r.ecx = other.value + 4;
      r.eax = value;
    });
    // mov [ebx], al; xor eax, eax; mov al, [ecx]; int3
    stopped<Fault>(m.run({0x88, 0x03, 0x31, 0xc0, 0x8a, 0x01, 0xcc}));
    CHECK(m.registers().eax == value);
  }
  CHECK(pages->bytes()[0x2004] == std::byte{0x22});
  CHECK_FALSE(space.execute_anyway(other).has_value());
  REQUIRE(space.release(kBase).has_value());
  CHECK(space.raw().get<std::uint8_t>(other + 4) == 0x22);
}

TEST_CASE("Only a whole reservation is released, and its pages are free again") {
  BenchMachine m;
  AddressSpace& space = m.memory();
  const std::uint32_t before = space.committed_pages();
  m.map(kBase, 0x4000, kReadWrite);
  m.poke(kBase, 1U);
  CHECK(space.committed_pages() == before + 4);
  CHECK_FALSE(space.release(kBase + 0x1000).has_value());
  CHECK(reads(m, kBase));
  REQUIRE(space.release(kBase).has_value());
  CHECK_FALSE(space.release(kBase).has_value());
  CHECK(space.committed_pages() == before);
  CHECK_FALSE(reads(m, kBase));
  CHECK_FALSE(space.page(kBase).has_value());
  m.map(kBase, 0x4000, kReadWrite);
  CHECK(m.peek(kBase) == 0);
}

TEST_CASE("Pages are committed inside a reservation only, and protected when committed only") {
  BenchMachine m;
  AddressSpace& space = m.memory();
  REQUIRE(space.reserve(kBase, 0x4000).has_value());
  CHECK_FALSE(space.commit(kBase + 0x3000, 0x2000, kReadWrite).has_value());
  CHECK_FALSE(space.protect(kBase, 0x1000, kReadWrite).has_value());
  REQUIRE(space.commit(kBase + 0x1000, 0x1000, kReadWrite).has_value());
  CHECK_FALSE(space.protect(kBase + 0x1000, 0x2000, kReadOnly).has_value());
  CHECK(space.page(kBase + 0x1000) == kReadWrite);  // all or nothing
  CHECK_FALSE(space.page(kBase).has_value());
  CHECK_FALSE(reads(m, kBase));
  CHECK(reads(m, kBase + 0x1fff));
  CHECK_FALSE(reads(m, kBase + 0x2000));
}

// Microsoft, VirtualAlloc: committed pages are zero; committing a committed page keeps it.
TEST_CASE("A page is zero when it is committed anew, and kept when it is committed again") {
  BenchMachine m;
  AddressSpace& space = m.memory();
  m.map(kBase, 0x3000, kReadWrite);
  for (std::uint32_t i = 0; i < 3; ++i) m.poke(kBase + i * kPageSize + 8, 0x55U);
  REQUIRE(space.decommit(kBase + 0x1000, 0x1000).has_value());
  CHECK_FALSE(space.raw().get<std::uint32_t>(kBase + 0x1008).has_value());
  CHECK_FALSE(space.raw().put(kBase + 0x1008, 1U));
  CHECK_FALSE(reads(m, kBase + 0x1008));
  REQUIRE(space.commit(kBase, 0x3000, kReadOnly).has_value());
  CHECK(m.peek(kBase + 8) == 0x55);
  CHECK(m.peek(kBase + 0x1008) == 0);
  CHECK(m.peek(kBase + 0x2008) == 0x55);
  CHECK(space.page(kBase) == kReadOnly);
}

TEST_CASE("Decommitting spans reservations that touch") {
  BenchMachine m;
  m.map(kBase, 0x2000, kReadWrite);
  m.map(kBase + 0x2000, 0x2000, kReadWrite);
  m.poke(kBase + 0x1000, 1U);
  m.poke(kBase + 0x2000, 2U);
  m.poke(kBase + 0x3000, 3U);
  REQUIRE(m.memory().decommit(kBase + 0x1000, 0x2000).has_value());
  REQUIRE(m.memory().commit(kBase + 0x1000, 0x2000, kReadWrite).has_value());
  CHECK(m.peek(kBase + 0x1000) == 0);
  CHECK(m.peek(kBase + 0x2000) == 0);
  CHECK(m.peek(kBase + 0x3000) == 3);
}

TEST_CASE("A query gives the run of like pages from the page asked for") {
  BenchMachine m;
  AddressSpace& space = m.memory();
  REQUIRE(space.reserve(kBase, 0x8000).has_value());
  REQUIRE(space.commit(kBase + 0x2000, 0x4000, kReadWrite).has_value());
  REQUIRE(space.protect(kBase + 0x4000, 0x1000, kReadOnly).has_value());
  m.map(kBase + 0x8000, 0x1000, kReadWrite);

  RegionInfo info = space.query(kBase + 0x123);
  CHECK(info.state == PageState::Reserved);
  CHECK(info.base == kBase);
  CHECK(info.size == 0x2000);
  CHECK(info.allocation_base == kBase);
  info = space.query(kBase + 0x3004);
  CHECK(info.state == PageState::Committed);
  CHECK(info.protection == kReadWrite);
  CHECK(info.base == kBase + 0x3000);
  CHECK(info.size == 0x1000);
  info = space.query(kBase + 0x4000);
  CHECK(info.protection == kReadOnly);
  CHECK(info.size == 0x1000);
  info = space.query(kBase + 0x8000);  // another reservation
  CHECK(info.allocation_base == kBase + 0x8000);
  info = space.query(kBase - 1);
  CHECK(info.state == PageState::Free);
  CHECK(info.base == kBase - 0x1000);
  CHECK(info.size == 0x1000);
  info = space.query(kBase + 0x9000);
  CHECK(info.state == PageState::Free);
  CHECK(info.size == 0xfffe0000 - (kBase.value + 0x9000));
  info = space.query(GuestAddr{0xffffffff});
  CHECK(info.state == PageState::Free);
  CHECK(info.base == GuestAddr{0xfffff000});
}

TEST_CASE("The lowest free range that fits is found") {
  BenchMachine m;
  AddressSpace& space = m.memory();
  const GuestRange within{kBase, kBase + 0x100000};
  CHECK(space.find_free(0x1000, within, 0x10000) == kBase);
  REQUIRE(space.reserve(kBase, 0x1000).has_value());
  REQUIRE(space.reserve(kBase + 0x20000, 0x1000).has_value());
  CHECK(space.find_free(0x1000, within, 0x10000) == kBase + 0x10000);
  CHECK(space.find_free(0x1000, within, 0x1000) == kBase + 0x1000);
  CHECK(space.find_free(0x10000, within, 0x10000) == kBase + 0x10000);
  CHECK(space.find_free(0x11000, within, 0x10000) == kBase + 0x30000);
  CHECK(space.find_free(0xd0000, within, 0x10000) == kBase + 0x30000);
  CHECK_FALSE(space.find_free(0xd1000, within, 0x10000).has_value());
  CHECK_FALSE(space.find_free(0, within, 0x10000).has_value());
  CHECK_FALSE(space.find_free(0x1001, within, 0x10000).has_value());
  // Inside a reservation to begin with; and up to the end of the space.
  CHECK(space.find_free(0x1000, {kBase + 0x800, kBase + 0x8000}, 0x1000) == kBase + 0x1000);
  const auto top = space.find_free(0x1000, {GuestAddr{0xfffd0000}, GuestAddr{0}}, 0x10000);
  CHECK(top == GuestAddr{0xfffd0000});
  CHECK_FALSE(space.find_free(0x20000, {GuestAddr{0xfffd0000}, GuestAddr{0}}, 0x1000).has_value());
}

TEST_CASE("An access in the guest's name touches everything or nothing") {
  BenchMachine m;
  AddressSpace& space = m.memory();
  m.map(kBase, 0x3000, kReadWrite);
  REQUIRE(space.protect(kBase + 0x2000, 0x1000, kReadOnly).has_value());
  std::array<std::byte, 16> bytes{};
  bytes.fill(std::byte{0xaa});
  GuestAccess& guest = space.guest_access();
  CHECK_FALSE(guest.write(kBase + 0xff8, bytes).has_value());
  CHECK(m.peek(kBase + 0xffc) == 0xaaaaaaaa);
  CHECK(m.peek(kBase + 0x1000) == 0xaaaaaaaa);

  auto fault = guest.write(kBase + 0x1ff8, bytes);
  REQUIRE(fault.has_value());
  CHECK(fault->kind == FaultKind::Page);
  CHECK(fault->access == Access::Write);
  CHECK(fault->address == kBase + 0x2000);
  CHECK(fault->eip == GuestAddr{0});
  CHECK(m.peek(kBase + 0x1ff8) == 0);
  CHECK_FALSE(guest.read(kBase + 0x1ff8, bytes).has_value());

  bytes.fill(std::byte{0x11});
  fault = guest.read(kBase + 0x2ff8, bytes);
  REQUIRE(fault.has_value());
  CHECK(fault->access == Access::Read);
  CHECK(fault->address == kBase + 0x3000);
  CHECK(bytes[0] == std::byte{0x11});
  CHECK_FALSE(guest.read(kBase + 0x3000, {}).has_value());  // nothing is always there
}

TEST_CASE("An access in the guest's name meets guard pages, and the host's does not") {
  BenchMachine m;
  AddressSpace& space = m.memory();
  m.map(kBase, 0x1000, {true, true, false, true});
  std::uint32_t value = 5;
  auto fault = space.guest_access().read_object(kBase + 4, value);
  REQUIRE(fault.has_value());
  CHECK(fault->kind == FaultKind::GuardPage);
  CHECK(fault->address == kBase + 4);
  fault = space.guest_access().write_object(kBase + 4, value);
  REQUIRE(fault.has_value());
  CHECK(fault->kind == FaultKind::GuardPage);
  CHECK(space.raw().put(kBase + 4, 7U));
  CHECK(space.raw().get<std::uint32_t>(kBase + 4) == 7U);
  CHECK(space.page(kBase) == Protection{true, true, false, true});  // nobody has cleared it
}

TEST_CASE("A range that wraps round the address space is refused") {
  BenchMachine m;
  std::array<std::byte, 32> bytes{};
  CHECK(m.memory().guest_access().read(GuestAddr{0xfffffff0}, bytes).has_value());
  CHECK_FALSE(m.memory().raw().read(GuestAddr{0xfffffff0}, bytes));
  CHECK_FALSE(m.memory().raw().write(GuestAddr{0xfffffff0}, bytes));
}

// x86 has no page that can be executed or written but not read (Intel SDM vol. 3, 4.6).
TEST_CASE("A page that can be executed or written can be read") {
  BenchMachine m;
  m.map(kBase, kPageSize, {false, false, true});
  m.map(kBase + kPageSize, kPageSize, {false, true, false});
  CHECK(reads(m, kBase));
  CHECK(reads(m, kBase + kPageSize));
  std::uint32_t value = 0;
  CHECK_FALSE(m.memory().guest_access().read_object(kBase, value).has_value());
  CHECK(m.memory().page(kBase) == Protection{false, false, true});  // as it was given
}

TEST_CASE("Pages of alternating rights keep their rights and contents") {
  BenchMachine m;
  constexpr std::uint32_t kPages = 200;
  m.map(kBase, kPages * kPageSize, kReadWrite);
  for (std::uint32_t i = 0; i < kPages; ++i) m.poke(kBase + i * kPageSize, i);
  for (std::uint32_t i = 0; i < kPages; i += 2)
    REQUIRE(m.memory().protect(kBase + i * kPageSize, kPageSize, kReadOnly).has_value());
  // mov eax, [ebx]; mov [ebx], eax; int3
  m.put(kCode, {0x8b, 0x03, 0x89, 0x03, 0xcc});
  for (std::uint32_t i = 0; i < kPages; ++i) {
    m.set([&](GeneralRegisters& r) {
      r.ebx = (kBase + i * kPageSize).value;
      r.eip = kCode.value;
    });
    const Fault fault = stopped<Fault>(m->run(kPlenty));
    CHECK((fault.kind == FaultKind::Page) == (i % 2 == 0));
    CHECK(m.registers().eax == i);
  }
}

TEST_CASE("Any sequence of changes leaves the guest with the rights of the page table") {
  BenchMachine m;
  AddressSpace& space = m.memory();
  constexpr std::uint32_t kPages = 24;
  REQUIRE(space.reserve(kBase, kPages / 2 * kPageSize).has_value());
  REQUIRE(space.reserve(kBase + kPages / 2 * kPageSize, kPages / 2 * kPageSize).has_value());
  constexpr std::array<Protection, 6> kRights{
      kNoAccess,    kReadOnly,         kReadWrite,
      kReadExecute, kReadWriteExecute, Protection{true, true, false, true}};
  std::mt19937 random(7);
  const auto below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); };
  // mov al, [ebx]; int3 and mov [ebx], al; int3
  m.put(kCode, {0x8a, 0x03, 0xcc});
  m.put(kCode + 0x10, {0x88, 0x03, 0xcc});
  for (int round = 0; round < 300; ++round) {
    const std::uint32_t first = below(kPages), count = 1 + below(kPages - first);
    const GuestAddr base = kBase + first * kPageSize;
    const std::uint32_t size = count * kPageSize;
    switch (below(4)) {
      case 0:
        REQUIRE(space.decommit(base, size).has_value());
        break;
      case 1:
        static_cast<void>(space.protect(base, size, kRights[below(6)]));
        break;
      default:
        REQUIRE(space.commit(base, size, kRights[below(6)]).has_value());
    }
    for (int probe = 0; probe < 4; ++probe) {
      const GuestAddr at = kBase + below(kPages * kPageSize);
      const auto rights = space.page(at);
      const bool open = rights && !rights->guard;
      const bool readable = open && (rights->read || rights->write || rights->execute);
      CAPTURE(round);
      m.set([&](GeneralRegisters& r) {
        r.ebx = at.value;
        r.eip = kCode.value;
      });
      Fault fault = stopped<Fault>(m->run(kPlenty));
      CHECK((fault.kind == FaultKind::Interrupt) == readable);
      CHECK((fault.kind == FaultKind::GuardPage) == (rights && rights->guard));
      m.go_to(kCode + 0x10);
      fault = stopped<Fault>(m->run(kPlenty));
      CHECK((fault.kind == FaultKind::Interrupt) == (open && rights->write));
    }
  }
}

TEST_CASE("A large reservation costs nothing until it is touched") {
  BenchMachine m;
  REQUIRE(m.memory().reserve(kBase, 0x40000000).has_value());
  REQUIRE(m.memory().commit(kBase, 0x10000000, kReadWrite).has_value());
  CHECK(reads(m, kBase + 0x0ffffff0));
  CHECK_FALSE(reads(m, kBase + 0x10000000));
}

}  // namespace sehlab::emu
