// The kernel's memory functions. Results and statuses: the documentation of VirtualAlloc,
// VirtualFree, VirtualProtect and VirtualQuery, and of the Nt functions behind them (ntifs.h).
#include <doctest/doctest.h>

#include "host/services/nt_values.hpp"
#include "tests/services/caller.hpp"

using namespace sehlab;
using namespace sehlab::services;
using namespace sehlab::services::test;

namespace {

constexpr GuestAddr kBase = Caller::kScratch, kBytes = Caller::kScratch + 4;
constexpr GuestAddr kOld = Caller::kScratch + 8, kBuffer = Caller::kScratch + 0x40;

struct Memory : Caller {
  std::uint32_t allocate(std::uint32_t base, std::uint32_t bytes, std::uint32_t type,
                         std::uint32_t protect) {
    put(kBase, base);
    put(kBytes, bytes);
    return status(gates::NtAllocateVirtualMemory, kCurrentProcess, kBase.value, 0, kBytes.value,
                  type, protect);
  }
  std::uint32_t free(std::uint32_t base, std::uint32_t bytes, std::uint32_t type) {
    put(kBase, base);
    put(kBytes, bytes);
    return status(gates::NtFreeVirtualMemory, kCurrentProcess, kBase.value, kBytes.value, type);
  }
  std::uint32_t protect(std::uint32_t base, std::uint32_t bytes, std::uint32_t rights) {
    put(kBase, base);
    put(kBytes, bytes);
    return status(gates::NtProtectVirtualMemory, kCurrentProcess, kBase.value, kBytes.value, rights,
                  kOld.value);
  }
  /// MEMORY_BASIC_INFORMATION: base, allocation base, allocation protect, size, state, protect,
  /// type
  std::array<std::uint32_t, 7> query(std::uint32_t address) {
    REQUIRE(status(gates::NtQueryVirtualMemory, kCurrentProcess, address, 0, kBuffer.value, 0x1c,
                   0) == win32::STATUS_SUCCESS);
    return get<std::array<std::uint32_t, 7>>(kBuffer);
  }
};

}  // namespace

TEST_SUITE("services") {
  TEST_CASE("memory reserved anywhere starts at a multiple of 64 KiB and ends with a page") {
    Memory m;
    CHECK(m.allocate(0, 5000, MEM_RESERVE, PAGE_READWRITE) == win32::STATUS_SUCCESS);
    const auto base = m.get(kBase);
    CHECK(base % 0x10000 == 0);
    CHECK(base != 0);
    CHECK(m.get(kBytes) == 0x2000);
    const auto info = m.query(base + 0x1234);
    CHECK(info == std::array<std::uint32_t, 7>{base + 0x1000, base, PAGE_READWRITE, 0x1000,
                                               MEM_RESERVE, 0, MEM_PRIVATE});
  }

  TEST_CASE("memory that is committed without an address is reserved as well") {
    Memory m;
    CHECK(m.allocate(0, 1, MEM_COMMIT, PAGE_EXECUTE_READWRITE) == win32::STATUS_SUCCESS);
    const auto info = m.query(m.get(kBase));
    CHECK(info[4] == MEM_COMMIT);
    CHECK(info[5] == PAGE_EXECUTE_READWRITE);
  }

  TEST_CASE("a part of a reservation can be committed, with rights of its own") {
    Memory m;
    REQUIRE(m.allocate(0x500000, 0x10000, MEM_RESERVE, PAGE_NOACCESS) == win32::STATUS_SUCCESS);
    CHECK(m.allocate(0x503001, 0x1000, MEM_COMMIT, PAGE_READONLY) == win32::STATUS_SUCCESS);
    // It touches the pages at 3000 and 4000.
    CHECK(m.get(kBase) == 0x503000);
    CHECK(m.get(kBytes) == 0x2000);
    CHECK(m.query(0x504fff)[5] == PAGE_READONLY);
    CHECK(m.query(0x505000)[4] == MEM_RESERVE);
    CHECK(m.query(0x503000)[2] == PAGE_NOACCESS);
  }

  TEST_CASE("committing what is not reserved is refused") {
    Memory m;
    CHECK(m.allocate(0x500000, 0x1000, MEM_COMMIT, PAGE_READWRITE) ==
          win32::STATUS_CONFLICTING_ADDRESSES);
    REQUIRE(m.allocate(0x500000, 0x1000, MEM_RESERVE, PAGE_READWRITE) == win32::STATUS_SUCCESS);
    CHECK(m.allocate(0x500000, 0x1001, MEM_COMMIT, PAGE_READWRITE) ==
          win32::STATUS_CONFLICTING_ADDRESSES);
  }

  TEST_CASE("a reservation at an address rounds it down and refuses what is taken") {
    Memory m;
    REQUIRE(m.allocate(0x512345, 1, MEM_RESERVE, PAGE_READWRITE) == win32::STATUS_SUCCESS);
    CHECK(m.get(kBase) == 0x510000);
    CHECK(m.get(kBytes) == 0x3000);
    CHECK(m.allocate(0x510000, 1, MEM_RESERVE, PAGE_READWRITE) ==
          win32::STATUS_CONFLICTING_ADDRESSES);
  }

  TEST_CASE("MEM_TOP_DOWN takes the highest addresses that are free") {
    Memory m;
    REQUIRE(m.allocate(0, 0x20000, MEM_RESERVE | MEM_TOP_DOWN, PAGE_READWRITE) ==
            win32::STATUS_SUCCESS);
    CHECK(m.get(kBase) == 0x7ffe0000 - 0x20000);
  }

  TEST_CASE("impossible arguments of an allocation give the status of each") {
    Memory m;
    CHECK(m.allocate(0, 0, MEM_RESERVE, PAGE_READWRITE) == STATUS_INVALID_PARAMETER_4);
    CHECK(m.allocate(0, 0x1000, 0, PAGE_READWRITE) == STATUS_INVALID_PARAMETER_5);
    CHECK(m.allocate(0xfffff000, 0x1000, MEM_RESERVE, PAGE_READWRITE) ==
          STATUS_INVALID_PARAMETER_2);
    CHECK(m.allocate(0x500000, 0xfffffff0, MEM_RESERVE, PAGE_READWRITE) ==
          STATUS_INVALID_PARAMETER_4);
    CHECK(m.allocate(0, 0x7ff00000, MEM_RESERVE, PAGE_READWRITE) == win32::STATUS_NO_MEMORY);
    for (const std::uint32_t bad : {0u, 3u, 0x80u, PAGE_WRITECOPY, PAGE_GUARD | PAGE_NOACCESS}) {
      CHECK(m.allocate(0, 0x1000, MEM_RESERVE, bad) == win32::STATUS_INVALID_PAGE_PROTECTION);
    }
  }

  TEST_CASE("a guest cannot commit more than a gigabyte in all") {
    Memory m;
    m.kernel.space.extra_committed = 0x3ffff;
    CHECK(m.allocate(0, 0x1000, MEM_COMMIT, PAGE_READWRITE) == STATUS_COMMITMENT_LIMIT);
    CHECK(m.allocate(0, 0x1000, MEM_RESERVE, PAGE_READWRITE) == win32::STATUS_SUCCESS);
  }

  TEST_CASE("a bad pointer is a status, and nothing was changed") {
    Memory m;
    m.put(kBase, 0u);
    const auto before = m.kernel.space.committed_pages();
    CHECK(m.status(gates::NtAllocateVirtualMemory, kCurrentProcess, kBase.value, 0, kNowhere.value,
                   MEM_COMMIT, PAGE_READWRITE) == win32::STATUS_ACCESS_VIOLATION);
    CHECK(m.kernel.space.committed_pages() == before);
    CHECK(m.kernel.allocations.empty());
    CHECK(m.get(kBase) == 0);
  }

  TEST_CASE("a pointer into a guard page is a status of its own") {
    Memory m;
    auto guarded = emu::kReadWrite;
    guarded.guard = true;
    REQUIRE(m.kernel.space.reserve(GuestAddr{0x600000}, kPageSize));
    REQUIRE(m.kernel.space.commit(GuestAddr{0x600000}, kPageSize, guarded));
    CHECK(m.status(gates::NtAllocateVirtualMemory, kCurrentProcess, 0x600000, 0, kBytes.value,
                   MEM_COMMIT, PAGE_READWRITE) == win32::STATUS_GUARD_PAGE_VIOLATION);
  }

  TEST_CASE("releasing wants the base of the reservation and takes all of it") {
    Memory m;
    REQUIRE(m.allocate(0x500000, 0x4000, MEM_RESERVE, PAGE_READWRITE) == win32::STATUS_SUCCESS);
    REQUIRE(m.allocate(0x501000, 0x1000, MEM_COMMIT, PAGE_READWRITE) == win32::STATUS_SUCCESS);
    CHECK(m.free(0x501000, 0, MEM_RELEASE) == STATUS_FREE_VM_NOT_AT_BASE);
    CHECK(m.free(0x500000, 0, MEM_RELEASE) == win32::STATUS_SUCCESS);
    CHECK(m.get(kBytes) == 0x4000);
    CHECK(m.query(0x501000)[4] == MEM_FREE);
    CHECK(m.free(0x500000, 0, MEM_RELEASE) == STATUS_MEMORY_NOT_ALLOCATED);
  }

  TEST_CASE("decommitting leaves the reservation, and committing again gives zeros") {
    Memory m;
    REQUIRE(m.allocate(0x500000, 0x4000, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE) ==
            win32::STATUS_SUCCESS);
    m.put(GuestAddr{0x501000}, 0x11223344u);
    CHECK(m.free(0x501000, 1, MEM_DECOMMIT) == win32::STATUS_SUCCESS);
    CHECK(m.query(0x501000)[4] == MEM_RESERVE);
    CHECK(m.query(0x500000)[4] == MEM_COMMIT);
    CHECK(m.free(0x500000, 0x5000, MEM_DECOMMIT) == STATUS_UNABLE_TO_FREE_VM);
    REQUIRE(m.allocate(0x501000, 1, MEM_COMMIT, PAGE_READWRITE) == win32::STATUS_SUCCESS);
    CHECK(m.get(GuestAddr{0x501000}) == 0);
  }

  TEST_CASE("freeing needs exactly one kind of freeing") {
    Memory m;
    REQUIRE(m.allocate(0x500000, 0x1000, MEM_RESERVE, PAGE_READWRITE) == win32::STATUS_SUCCESS);
    CHECK(m.free(0x500000, 0, 0) == STATUS_INVALID_PARAMETER_4);
    CHECK(m.free(0x500000, 0, MEM_RELEASE | MEM_DECOMMIT) == STATUS_INVALID_PARAMETER_4);
  }

  TEST_CASE("an image is not freed, and its pages may be copy-on-write") {
    Memory m;
    REQUIRE(m.kernel.space.reserve(GuestAddr{0x400000}, kPageSize));
    REQUIRE(m.kernel.space.commit(GuestAddr{0x400000}, kPageSize, emu::kReadOnly));
    m.kernel.bases = {GuestAddr{0x400000}};
    // STATUS_UNABLE_TO_DELETE_SECTION
    CHECK(m.free(0x400000, 0, MEM_RELEASE) == 0xC000001B);
    CHECK(m.query(0x400000)[6] == MEM_IMAGE);
    CHECK(m.protect(0x400000, 1, PAGE_WRITECOPY) == win32::STATUS_SUCCESS);
    CHECK(m.get(kOld) == PAGE_READONLY);
  }

  TEST_CASE("freeing what the system reserved ends the run and says so") {
    Memory m;
    m.put(kBytes, 0u);
    m.put(kBase, Caller::kScratch.value);
    const Outcome outcome =
        m.call(gates::NtFreeVirtualMemory, kCurrentProcess, kBase.value, kBytes.value, MEM_RELEASE);
    CHECK(std::holds_alternative<Unmodelled>(outcome));
  }

  TEST_CASE("protecting tells the old rights and rounds outwards") {
    Memory m;
    REQUIRE(m.allocate(0x500000, 0x4000, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE) ==
            win32::STATUS_SUCCESS);
    CHECK(m.protect(0x500fff, 2, PAGE_EXECUTE_READ | PAGE_GUARD) == win32::STATUS_SUCCESS);
    CHECK(m.get(kOld) == PAGE_READWRITE);
    CHECK(m.get(kBase) == 0x500000);
    CHECK(m.get(kBytes) == 0x2000);
    CHECK(m.query(0x500000)[5] == (PAGE_EXECUTE_READ | PAGE_GUARD));
    CHECK(m.query(0x500000)[3] == 0x2000);
  }

  TEST_CASE("protecting needs committed pages of one reservation") {
    Memory m;
    REQUIRE(m.allocate(0x500000, 0x2000, MEM_RESERVE, PAGE_READWRITE) == win32::STATUS_SUCCESS);
    CHECK(m.protect(0x500000, 1, PAGE_READONLY) == STATUS_NOT_COMMITTED);
    CHECK(m.protect(0x600000, 1, PAGE_READONLY) == win32::STATUS_CONFLICTING_ADDRESSES);
    CHECK(m.protect(0x500000, 0, PAGE_READONLY) == STATUS_INVALID_PARAMETER_3);
    CHECK(m.protect(0x500000, 1, 0) == win32::STATUS_INVALID_PAGE_PROTECTION);
  }

  TEST_CASE("free addresses are one region up to what comes next") {
    Memory m;
    REQUIRE(m.allocate(0x500000, 0x1000, MEM_RESERVE, PAGE_READWRITE) == win32::STATUS_SUCCESS);
    CHECK(m.query(0x480123) ==
          std::array<std::uint32_t, 7>{0x480000, 0, 0, 0x80000, MEM_FREE, PAGE_NOACCESS, 0});
  }

  TEST_CASE("a query needs room for its answer and an address of the program's") {
    Memory m;
    CHECK(m.status(gates::NtQueryVirtualMemory, kCurrentProcess, 0, 0, kBuffer.value, 0x1b, 0) ==
          win32::STATUS_INFO_LENGTH_MISMATCH);
    CHECK(m.status(gates::NtQueryVirtualMemory, kCurrentProcess, 0x80000000, 0, kBuffer.value, 0x1c,
                   0) == win32::STATUS_INVALID_PARAMETER);
    CHECK(m.status(gates::NtQueryVirtualMemory, kCurrentProcess, 0, 0, kNowhere.value, 0x1c, 0) ==
          win32::STATUS_ACCESS_VIOLATION);
  }
}
