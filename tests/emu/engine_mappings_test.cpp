// What is mapped in the engine: coalesced, cut and counted. With a fake engine, since the real
// one takes milliseconds for a change among thousands and aborts where it cannot go on.
#include "emu/engine_mappings.hpp"

#include <doctest/doctest.h>

#include "emu/guest_space.hpp"
#include "tests/emu/fake_engine.hpp"

namespace sehlab::emu {
namespace {

constexpr GuestAddr kBase{0x10000000};

struct Bench {
  FakeEngine engine;
  PageTable table;
  EngineMappings mappings{engine, table};

  /// Page numbers from kBase; the host memory is contiguous but for `host_gap`.
  Result<> set(std::uint32_t first, std::uint32_t pages, Protection rights,
               std::size_t host_gap = 0) {
    for (std::uint32_t i = first; i < first + pages; ++i) {
      PageEntry& entry = table.edit(kBase + i * kPageSize);
      // Host memory that nobody touches.
      const std::uintptr_t host = 0x100000000 + std::uintptr_t{i} * kPageSize + host_gap;
      entry.set_reserved(reinterpret_cast<std::byte*>(host));
      entry.set_committed(rights);
    }
    return mappings.refresh(kBase + first * kPageSize, pages * kPageSize);
  }
};

}  // namespace

TEST_CASE("Neighbours with equal rights and contiguous host memory are one mapping") {
  Bench b;
  REQUIRE(b.set(0, 2, kReadOnly).has_value());
  REQUIRE(b.set(4, 2, kReadOnly).has_value());
  CHECK(b.engine.mapped.size() == 2);
  REQUIRE(b.set(2, 2, kReadOnly).has_value());
  REQUIRE(b.engine.mapped.size() == 1);
  CHECK(b.engine.mapped.at(kBase.value).size == 6 * kPageSize);
  REQUIRE(b.set(3, 1, kReadExecute).has_value());
  CHECK(b.engine.mapped.size() == 3);
  CHECK(b.engine.mapped.at((kBase + 4 * kPageSize).value).size == 2 * kPageSize);
  CHECK(b.mappings.count() == 3);
}

TEST_CASE("Reservations stay apart, although their host memory is contiguous") {
  Bench b;
  b.table.edit(kBase + 2 * kPageSize).bits = PageEntry::kFirst;
  REQUIRE(b.set(0, 4, kReadOnly).has_value());
  CHECK(b.engine.mapped.size() == 2);
  REQUIRE(b.set(1, 1, kReadOnly).has_value());
  CHECK(b.engine.mapped.size() == 2);
}

TEST_CASE("A writable page before one that is not is mapped without the right, so that it asks") {
  Bench b;
  const auto last = [&] { return b.engine.mapped.rbegin()->second; };
  REQUIRE(b.set(0, 3, kReadWrite).has_value());
  CHECK(b.engine.mapped.size() == 2);
  CHECK(last().rights == kReadOnly);
  REQUIRE(b.set(3, 2, kReadOnly).has_value());
  REQUIRE(b.set(3, 2, kReadWrite).has_value());  // the page before may be written again
  CHECK(b.engine.mapped.size() == 2);
  CHECK(b.engine.mapped.at(kBase.value).size == 4 * kPageSize);
  REQUIRE(b.set(4, 1, kReadWriteExecute).has_value());  // pages with code do not ask
  CHECK(last().rights == kReadWriteExecute);
  CHECK(b.engine.mapped.at(kBase.value).size == 4 * kPageSize);
}

TEST_CASE("Neighbours with other host memory stay apart") {
  Bench b;
  REQUIRE(b.set(0, 2, kReadOnly).has_value());
  REQUIRE(b.set(2, 2, kReadOnly, 0x10000000).has_value());
  CHECK(b.engine.mapped.size() == 2);
}

TEST_CASE("Pages that nothing may access are not mapped") {
  Bench b;
  REQUIRE(b.set(0, 4, kReadOnly).has_value());
  REQUIRE(b.set(1, 1, kNoAccess).has_value());
  REQUIRE(b.set(2, 1, {true, true, false, true}).has_value());  // a guard page
  REQUIRE(b.engine.mapped.size() == 2);
  CHECK(b.engine.mapped.at(kBase.value).size == kPageSize);
  CHECK(b.engine.mapped.contains((kBase + 3 * kPageSize).value));
}

TEST_CASE("A long run is cut at fixed places, so that growing it stays cheap") {
  Bench b;
  REQUIRE(b.set(0, 3 * EngineMappings::kMaxPages, kReadOnly).has_value());
  CHECK(b.engine.mapped.size() == 3);
  for (const auto& [base, mapping] : b.engine.mapped)
    CHECK(mapping.size == EngineMappings::kMaxPages * kPageSize);
}

TEST_CASE("No mapping of code goes without its translation being dropped") {
  Bench b;
  REQUIRE(b.set(0, 4, kReadExecute).has_value());
  REQUIRE(b.set(1, 1, kReadOnly).has_value());
  REQUIRE(b.set(1, 1, kReadExecute).has_value());
  REQUIRE(b.set(0, 4, kNoAccess).has_value());
  CHECK_FALSE(b.engine.code_was_kept);
  CHECK(b.engine.mapped.empty());
}

// facts: unicorn.md 8: the engine aborts the process between 4,000 and 5,000 mappings.
TEST_CASE("5,000 pages of alternating rights end in an error, with the engine as it was") {
  Bench b;
  constexpr std::uint32_t kPages = 5000;
  REQUIRE(b.set(0, kPages, kReadOnly).has_value());
  std::uint32_t page = 0;
  Result<> result;
  for (; page < kPages && result; page += 2) result = b.set(page, 1, kReadExecute);
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().what.find("pieces") != std::string::npos);
  CHECK(b.engine.mapped.size() <= EngineMappings::kMaxMappings);
  CHECK(b.engine.mapped.size() > EngineMappings::kMaxMappings - 4);
  CHECK(b.engine.mapped.size() == b.mappings.count());
  // Fewer pieces are always allowed.
  CHECK(b.set(0, kPages, kReadOnly).has_value());
  CHECK(b.engine.mapped.size() ==
        (kPages + EngineMappings::kMaxPages - 1) / EngineMappings::kMaxPages);
}

TEST_CASE("A refused change of rights leaves every page as it was") {
  FakeEngine engine;
  GuestSpace space(engine);
  constexpr std::uint32_t kPages = 5000;
  REQUIRE(space.reserve(kBase, (kPages + 1) * kPageSize).has_value());
  REQUIRE(space.commit(kBase, kPages * kPageSize, kReadOnly).has_value());
  std::uint32_t page = 0;
  while (space.protect(kBase + page * kPageSize, kPageSize, kReadExecute)) {
    page += 2;
    REQUIRE(page < kPages);
  }
  CHECK(space.page(kBase + page * kPageSize) == kReadOnly);
  CHECK(space.page(kBase + (page - 2) * kPageSize) == kReadExecute);
  // The last page cannot be committed as a piece of its own; the count does not move.
  CHECK_FALSE(space.commit(kBase + kPages * kPageSize, kPageSize, kReadExecute).has_value());
  CHECK_FALSE(space.page(kBase + kPages * kPageSize).has_value());
  CHECK(space.committed_pages() == kPages);
  // A piece out of the middle of another cannot be taken away either.
  CHECK_FALSE(space.decommit(kBase + (page + 1) * kPageSize, kPageSize).has_value());
  CHECK(space.page(kBase + (page + 1) * kPageSize) == kReadOnly);
}

}  // namespace sehlab::emu
