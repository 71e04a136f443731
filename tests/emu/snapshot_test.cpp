// Snapshots: whatever was done to memory, rights, reservations and registers is undone, and what
// runs again runs the same way. The oracle is a copy of everything that is committed.
#include "emu/snapshot.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <random>

#include "tests/emu/bench_machine.hpp"

namespace sehlab::emu {
namespace {

/// Rights and bytes of every committed page from 0x400000 to 0x800000, and what is reserved there.
struct Everything {
  std::map<std::uint32_t, std::pair<Protection, std::vector<std::byte>>> pages;
  std::vector<std::array<std::uint32_t, 4>> regions;
  GeneralRegisters registers;
  std::uint64_t retired = 0;
  bool operator==(const Everything&) const = default;
};

Everything everything(BenchMachine& m) {
  Everything all;
  for (std::uint32_t at = 0x400000; at < 0x800000; at += kPageSize) {
    const auto rights = m.memory().page(GuestAddr{at});
    if (!rights) continue;
    std::vector<std::byte> bytes(kPageSize);
    REQUIRE(m.memory().raw().read(GuestAddr{at}, bytes));
    all.pages[at] = {*rights, std::move(bytes)};
  }
  for (std::uint32_t at = 0x400000; at < 0x800000;) {
    const RegionInfo info = m.memory().query(GuestAddr{at});
    all.regions.push_back({info.base.value, info.size, static_cast<std::uint32_t>(info.state),
                           info.allocation_base.value});
    at = info.base.value + info.size;
  }
  all.registers = m.registers();
  all.retired = m->retired();
  return all;
}

// top: mov [edi], eax; add edi, 4; inc eax; push eax; pop ecx; jmp top
const std::vector<std::uint8_t> kFiller{0x89, 0x07, 0x83, 0xc7, 0x04, 0x40, 0x50, 0x59, 0xeb, 0xf6};

}  // namespace

TEST_CASE("Registers, count and memory go back, and the run from there is the same again") {
  BenchMachine m;
  m.set([](GeneralRegisters& r) { r.edi = kData.value, r.eax = 7; });
  stopped<BudgetSpent>(m.run(kFiller, kCode, 100));
  const Everything before = everything(m);
  const auto snapshot = m->take_snapshot();
  CHECK(everything(m) == before);
  stopped<BudgetSpent>(m->run(1000));
  const Everything after = everything(m);
  CHECK(after.retired == before.retired + 1000);
  for (int round = 0; round < 3; ++round) {
    m->restore(*snapshot);
    CHECK(everything(m) == before);
    stopped<BudgetSpent>(m->run(1000));
    CHECK(everything(m) == after);
  }
}

TEST_CASE(
    "Pages that are written once in a thousand runs are put back as those written each time") {
  BenchMachine m;
  constexpr GuestAddr kMany{0x700000};
  constexpr std::uint32_t kPages = 32;
  m.map(kMany, kPages * kPageSize, kReadWrite);
  for (std::uint32_t page = 0; page < kPages; ++page) m.poke(kMany + page * kPageSize, page);
  // top: mov [edi], eax; add edi, 4096; dec ecx; jnz top; int3
  m.put(kCode, {0x89, 0x07, 0x81, 0xc7, 0, 0x10, 0, 0, 0x49, 0x75, 0xf5, 0xcc});
  const auto write = [&](std::uint32_t pages) {
    m.set([&](GeneralRegisters& r) {
      r.eip = kCode.value, r.edi = kMany.value, r.eax = 0x55555555, r.ecx = pages;
    });
    CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
    CHECK(m.peek(kMany + (pages - 1) * kPageSize) == 0x55555555);
  };
  const auto snapshot = m->take_snapshot();
  const Everything before = everything(m);
  for (int round = 1; round <= 3000; ++round) {
    write(round % 1000 == 1 ? kPages : 1 + round / 100 % 3);
    if (round % 700 == 0) m.poke(kMany + 5 * kPageSize, 1U);  // the host's store
    m->restore(*snapshot);
    if (round % 250 < 3) CHECK(everything(m) == before);
  }
  // What is written after they were idle belongs to the next snapshot.
  write(kPages);
  const auto later = m->take_snapshot();
  const Everything after = everything(m);
  m->restore(*snapshot);
  CHECK(everything(m) == before);
  m->restore(*later);
  CHECK(everything(m) == after);
}

TEST_CASE("A store that runs over the end of its page is undone on both pages") {
  BenchMachine m;
  m.poke(kData + 0xffc, 0x11111111U);
  m.poke(kData + 0x1000, 0x22222222U);
  const auto snapshot = m->take_snapshot();
  // mov dword [data+ffe], 12345678; int3
  m.put(kCode, {0xc7, 0x05, 0xfe, 0x0f, 0x50, 0, 0x78, 0x56, 0x34, 0x12, 0xcc});
  m.go_to(kCode);
  CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
  CHECK(m.peek(kData + 0xffe) == 0x12345678);
  m->restore(*snapshot);
  CHECK(m.peek(kData + 0xffc) == 0x11111111);
  CHECK(m.peek(kData + 0x1000) == 0x22222222);
}

TEST_CASE("Code that was changed after the snapshot runs as it was before, whoever changed it") {
  BenchMachine m(kReadWriteExecute);
  // mov eax, 1; int3
  m.put(kCode, {0xb8, 1, 0, 0, 0, 0xcc});
  m.go_to(kCode);
  const auto snapshot = m->take_snapshot();
  const auto eax = [&] {
    CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
    return m.registers().eax;
  };
  CHECK(eax() == 1);
  m->restore(*snapshot);
  m.put(kCode, {0xb8, 2, 0, 0, 0, 0xcc});
  CHECK(eax() == 2);
  m->restore(*snapshot);
  CHECK(eax() == 1);
  m->restore(*snapshot);
  // at another place: mov byte [code+1], 3; jmp code
  m.put(kCode + 0x100, {0xc6, 0x05, 0x01, 0, 0x40, 0, 3, 0xe9, 0xf4, 0xfe, 0xff, 0xff});
  m.go_to(kCode + 0x100);
  CHECK(eax() == 3);
  m->restore(*snapshot);
  CHECK(eax() == 1);
}

TEST_CASE("Any of several snapshots can be gone back to, in any order") {
  BenchMachine m;
  m.set([](GeneralRegisters& r) { r.edi = kData.value; });
  m.put(kCode, kFiller);
  m.go_to(kCode);
  std::vector<std::unique_ptr<Snapshot>> snapshots;
  std::vector<Everything> states;
  for (int i = 0; i < 6; ++i) {
    states.push_back(everything(m));
    snapshots.push_back(m->take_snapshot());
    stopped<BudgetSpent>(m->run(500));
  }
  for (const std::size_t i : {3u, 0u, 5u, 5u, 1u, 4u, 2u, 0u}) {
    m->restore(*snapshots[i]);
    CHECK(everything(m) == states[i]);
    stopped<BudgetSpent>(m->run(500));
    if (i + 1 < states.size()) CHECK(everything(m) == states[i + 1]);
  }
}

TEST_CASE("A watched word and an ESP window that are pending in a snapshot are noticed after it") {
  BenchMachine m;
  m.put(kCode, {0x90, 0x90, 0x90});
  m.go_to(kCode);
  const std::array words{kData};
  m->set_watched_words(words);
  m.poke(kData, 5U);
  const auto snapshot = m->take_snapshot();
  for (int round = 0; round < 2; ++round) {
    const auto met = stopped<ConditionMet>(m->run(1));
    CHECK(met.word == kData);
    CHECK(met.new_value == 5);
    m->set_watched_words({});
    m->restore(*snapshot);
  }
}

TEST_CASE("Memory that several reservations show goes back as well, mapped or not") {
  BenchMachine m;
  const auto shared = m.memory().share(2 * kPageSize);
  REQUIRE(shared != nullptr);
  const GuestAddr view{0x700000};
  REQUIRE(m.memory().reserve_view(view, kPageSize, kReadWrite, shared, kPageSize).has_value());
  m.poke(view, 1U);
  const auto snapshot = m->take_snapshot();
  m.poke(view, 2U);
  m->restore(*snapshot);
  CHECK(m.peek(view) == 1);
  m.poke(view, 3U);
  REQUIRE(m.memory().release(view).has_value());
  m->restore(*snapshot);
  CHECK(m.peek(view) == 1);
  // The guest's own store, seen through the memory itself.
  m.set([&](GeneralRegisters& r) { r.edi = view.value, r.eax = 9; });
  stopped<BudgetSpent>(m.run(kFiller, kCode, 1));
  std::uint32_t seen = 0;
  std::memcpy(&seen, shared->bytes().data() + kPageSize, sizeof seen);
  CHECK(seen == 9);
}

TEST_CASE("What is decommitted by going back is zero when it is committed again") {
  BenchMachine m;
  const GuestAddr base{0x700000};
  REQUIRE(m.memory().reserve(base, 2 * kPageSize).has_value());
  const auto snapshot = m->take_snapshot();
  REQUIRE(m.memory().commit(base, kPageSize, kReadWrite).has_value());
  m.poke(base, 5U);
  m->restore(*snapshot);
  CHECK(!m.memory().page(base).has_value());
  REQUIRE(m.memory().commit(base, kPageSize, kReadWrite).has_value());
  CHECK(m.peek(base) == 0);
}

TEST_CASE("Pages that stay as they are are kept once") {
  BenchMachine m;
  m.set([](GeneralRegisters& r) { r.edi = kData.value; });
  m.put(kCode, kFiller);
  m.go_to(kCode);
  const auto first = m->take_snapshot();
  stopped<BudgetSpent>(m->run(60));  // 10 rounds: one page of data and one of the stack
  const auto second = m->take_snapshot();
  CHECK(second->added_bytes() == 2 * kPageSize);
  CHECK(m->take_snapshot()->added_bytes() == 0);
}

TEST_CASE("Whatever is done at random to memory is undone") {
  BenchMachine m(kReadWriteExecute);
  std::mt19937 random(1);
  const auto draw = [&](std::uint32_t bound) {
    return static_cast<std::uint32_t>(random() % bound);
  };
  constexpr std::array kRights{kNoAccess,         kReadOnly,
                               kReadWrite,        kReadExecute,
                               kReadWriteExecute, Protection{true, true, false, true}};
  m.put(kCode, kFiller);
  const auto mutate = [&] {
    const GuestAddr base{0x680000 + draw(8) * 0x10000};
    const GuestAddr page = base + draw(4) * kPageSize;
    const Protection rights = kRights[draw(kRights.size())];
    switch (draw(8)) {
      case 0:
        static_cast<void>(m.memory().reserve(base, (1 + draw(4)) * kPageSize));
        break;
      case 1:
        static_cast<void>(m.memory().release(base));
        break;
      case 2:
        static_cast<void>(m.memory().commit(page, kPageSize, rights));
        break;
      case 3:
        static_cast<void>(m.memory().decommit(page, kPageSize));
        break;
      case 4:
        static_cast<void>(m.memory().protect(page, kPageSize, rights));
        break;
      case 5:
        static_cast<void>(m.memory().raw().put(page + 4 * draw(1024), draw(1000)));
        break;
      case 6:
        static_cast<void>(m.memory().guest_access().write_object(page + draw(4096), draw(1000)));
        break;
      default:  // the guest's own stores, into whatever is there
        m.set([&](GeneralRegisters& r) {
          r.edi = (page + 4 * draw(1024)).value;
          r.eax = draw(1000);
          r.eip = kCode.value;
          r.esp = kStackTop.value - 4 * draw(2000);
        });
        static_cast<void>(m->run(6 * draw(40)));
        break;
    }
  };
  std::vector<std::unique_ptr<Snapshot>> snapshots;
  std::vector<Everything> states;
  for (int round = 0; round < 300; ++round) {
    for (std::uint32_t i = draw(8); i > 0; --i) mutate();
    if (snapshots.size() < 5 || draw(4) == 0) {
      if (snapshots.size() == 5) {
        snapshots.erase(snapshots.begin());
        states.erase(states.begin());
      }
      states.push_back(everything(m));
      snapshots.push_back(m->take_snapshot());
      CHECK((everything(m) == states.back()));
    } else {
      const std::size_t chosen = draw(static_cast<std::uint32_t>(snapshots.size()));
      m->restore(*snapshots[chosen]);
      REQUIRE((everything(m) == states[chosen]));
    }
  }
}

}  // namespace sehlab::emu
