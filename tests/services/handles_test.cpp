// Flags of handles (Microsoft's SetHandleInformation), what the system tells of itself
// (NtQuerySystemInformation), slots of thread-local storage that are freed (TlsFree).
#include <doctest/doctest.h>

#include "host/services/nt_values.hpp"
#include "host/services/system_time.hpp"
#include "tests/services/caller.hpp"

using namespace sehlab;
using namespace sehlab::services;
using namespace sehlab::services::test;

namespace {
constexpr GuestAddr kBuffer = Caller::kScratch, kOut = Caller::kScratch + 0x40;
constexpr std::uint32_t kFlags = 4;
}  // namespace

TEST_SUITE("services") {
  TEST_CASE("a handle keeps the flags that it is given, and tells of them") {
    Caller c;
    const Handle event = c.kernel.add(false);
    c.put(kBuffer, std::uint16_t{0x0100});
    CHECK(c.status(gates::NtSetInformationObject, event, kFlags, kBuffer.value, 2) ==
          win32::STATUS_SUCCESS);
    CHECK(c.kernel.flags_of.at(event) == kHandleProtected);
    c.put(kBuffer, std::uint16_t{0});
    CHECK(c.status(gates::NtQueryObject, event, kFlags, kBuffer.value, 2, kOut.value) ==
          win32::STATUS_SUCCESS);
    CHECK(c.get<std::uint16_t>(kBuffer) == 0x0100);
    CHECK(c.get(kOut) == 2);
    CHECK(c.status(gates::NtQueryObject, 0x999, kFlags, kBuffer.value, 2, 0) ==
          win32::STATUS_INVALID_HANDLE);
    CHECK(c.status(gates::NtQueryObject, event, kFlags, kBuffer.value, 4, 0) ==
          win32::STATUS_INFO_LENGTH_MISMATCH);
    CHECK(std::holds_alternative<Unmodelled>(c.call(gates::NtQueryObject, event, 1)));
  }

  TEST_CASE("a token is the process's, and only a token is asked as one") {
    Caller c;
    CHECK(c.status(gates::NtOpenProcessToken, 0x999, 8, kBuffer.value) ==
          win32::STATUS_INVALID_HANDLE);
    REQUIRE(c.status(gates::NtOpenProcessToken, kCurrentProcess, 8, kBuffer.value) ==
            win32::STATUS_SUCCESS);
    const Handle token = c.get(kBuffer);
    constexpr std::uint32_t kElevation = 20, kStatistics = 10;
    CHECK(c.status(gates::NtQueryInformationToken, token, kElevation, kBuffer.value, 4,
                   kOut.value) == win32::STATUS_SUCCESS);
    CHECK(c.get(kBuffer) == 0);
    CHECK(c.get(kOut) == 4);
    CHECK(c.status(gates::NtQueryInformationToken, token, kElevation, kBuffer.value, 2,
                   kOut.value) == win32::STATUS_BUFFER_TOO_SMALL);
    CHECK(std::holds_alternative<Unmodelled>(
        c.call(gates::NtQueryInformationToken, token, kStatistics, kBuffer.value, 64, kOut.value)));
    c.kernel.kind = ObjectKind::Event;
    CHECK(c.status(gates::NtQueryInformationToken, token, kElevation, kBuffer.value, 4,
                   kOut.value) == win32::STATUS_OBJECT_TYPE_MISMATCH);
  }

  TEST_CASE("the system tells of its pages, its time, and of no class that it does not know") {
    Caller c;
    CHECK(c.status(gates::NtQuerySystemInformation, 0, kBuffer.value, 44, kOut.value) ==
          win32::STATUS_SUCCESS);
    CHECK(c.get(kBuffer + 8) == 0x1000);
    CHECK(c.get(kBuffer + 24) == 0x10000);
    CHECK(c.get(kOut) == 44);
    CHECK(c.status(gates::NtQuerySystemInformation, 3, kBuffer.value, 16, 0) ==
          win32::STATUS_SUCCESS);
    CHECK(c.get<std::uint64_t>(kBuffer + 8) == kStartTime + c.kernel.time);
    CHECK(c.status(gates::NtQuerySystemInformation, 0, kBuffer.value, 40, 0) ==
          win32::STATUS_INFO_LENGTH_MISMATCH);
    CHECK(std::get<Unmodelled>(c.call(gates::NtQuerySystemInformation, 5)).what ==
          "NtQuerySystemInformation, class 5");
  }

  TEST_CASE("an index that is freed loses what every thread kept under it") {
    Caller c;
    const GuestAddr teb = c.kernel.current_teb(), more = Caller::kScratch + 0x100;
    REQUIRE(c.kernel.space.reserve(teb, 0x1000));
    REQUIRE(c.kernel.space.commit(teb, 0x1000, emu::kReadWrite));
    c.put(teb + 0xe10 + 4 * 9, 77u);
    c.put(teb + 0xf94, more.value);
    c.put(more + 4 * 3, 88u);
    for (const std::uint32_t index : {9u, 67u}) {
      c.put(kBuffer, index);
      CHECK(c.status(gates::NtSetInformationThread, kCurrentThread, 10, kBuffer.value, 4) ==
            win32::STATUS_SUCCESS);
    }
    CHECK(c.get(teb + 0xe10 + 4 * 9) == 0);
    CHECK(c.get(more + 4 * 3) == 0);
  }
}
