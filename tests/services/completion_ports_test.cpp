// Completion ports: Microsoft's documentation of PostQueuedCompletionStatus and
// GetQueuedCompletionStatus(Ex).
#include <doctest/doctest.h>

#include "host/services/nt_values.hpp"
#include "tests/services/caller.hpp"

using namespace sehlab;
using namespace sehlab::services;
using namespace sehlab::services::test;

namespace {
constexpr GuestAddr kKey = Caller::kScratch, kValue = kKey + 4, kBlock = kKey + 8,
                    kTimeout = kKey + 0x10, kRemoved = kKey + 0x18, kEntries = kKey + 0x20;

struct Port : Caller {
  Handle port = kernel.create_completion_port();

  void post(std::uint32_t key) {
    REQUIRE(status(gates::NtSetIoCompletion, port, key, key + 1, 0, key + 2) ==
            win32::STATUS_SUCCESS);
  }
  Outcome take(std::int64_t timeout) {
    put(kTimeout, timeout);
    return call(gates::NtRemoveIoCompletion, port, kKey.value, kValue.value, kBlock.value,
                kTimeout.value);
  }
  Outcome take_some(std::uint32_t room) {
    put(kTimeout, std::int64_t{0});
    return call(gates::NtRemoveIoCompletionEx, port, kEntries.value, room, kRemoved.value,
                kTimeout.value, 0);
  }
};

std::uint32_t eax(const Outcome& outcome) {
  REQUIRE(std::holds_alternative<Return>(outcome));
  return std::get<Return>(outcome).eax;
}
}  // namespace

TEST_SUITE("services") {
  TEST_CASE("what was posted first is taken first, with all that was posted") {
    Port p;
    p.post(10);
    p.post(20);
    CHECK(eax(p.take(0)) == win32::STATUS_SUCCESS);
    CHECK(p.get(kKey) == 10);
    CHECK(p.get(kValue) == 11);
    CHECK(p.get(kBlock) == 0);
    CHECK(p.get(kBlock + 4) == 12);
    CHECK(eax(p.take(0)) == win32::STATUS_SUCCESS);
    CHECK(p.get(kKey) == 20);
  }

  TEST_CASE("an empty port is waited for until the time is up") {
    Port p;
    CHECK(eax(p.take(0)) == win32::STATUS_TIMEOUT);
    const Outcome outcome = p.take(-400);
    REQUIRE(std::holds_alternative<Block>(outcome));
    CHECK(std::get<Block>(outcome).handles[0] == p.port);
    CHECK(std::get<Block>(outcome).deadline == p.kernel.time + 400);
  }

  TEST_CASE("several are taken at once, as many as there is room for") {
    Port p;
    for (const std::uint32_t key : {10u, 20u, 30u}) p.post(key);
    CHECK(eax(p.take_some(2)) == win32::STATUS_SUCCESS);
    CHECK(p.get(kRemoved) == 2);
    CHECK(p.get(kEntries + 0x10) == 20);
    CHECK(p.get(kEntries + 0x1c) == 22);
    CHECK(eax(p.take_some(2)) == win32::STATUS_SUCCESS);
    CHECK(p.get(kRemoved) == 1);
    CHECK(eax(p.take_some(2)) == win32::STATUS_TIMEOUT);
    CHECK(eax(p.take_some(0)) == win32::STATUS_INVALID_PARAMETER);
  }

  TEST_CASE("a port that is closed while it is waited for abandons the wait") {
    Port p;
    CHECK(p.kernel.close_handle(p.port) == win32::STATUS_SUCCESS);
    CHECK(eax(p.take(-400)) == win32::STATUS_INVALID_HANDLE);
    p.kernel.is_retry = true;
    CHECK(eax(p.take(-400)) == win32::STATUS_ABANDONED_WAIT_0);
  }

  TEST_CASE("nothing is taken when there is nowhere to put it") {
    Port p;
    p.post(10);
    CHECK(p.status(gates::NtRemoveIoCompletion, p.port, kKey.value, kNowhere.value, kBlock.value,
                   0) == win32::STATUS_ACCESS_VIOLATION);
    CHECK(p.status(gates::NtRemoveIoCompletionEx, p.port, kNowhere.value, 1, kRemoved.value, 0,
                   0) == win32::STATUS_ACCESS_VIOLATION);
    CHECK(p.kernel.completions.size() == 1);
  }

  TEST_CASE("random bytes fill the whole buffer, or none of it where a page is missing") {
    Caller c;
    CHECK(c.status(gates::LabFillRandom, kKey.value, 6) == 1);
    CHECK(c.get(kKey) == c.kernel.random());
    CHECK(c.get<std::uint16_t>(kKey + 4) == static_cast<std::uint16_t>(c.kernel.random()));
    CHECK(c.get<std::uint16_t>(kKey + 6) == 0);
    const GuestAddr last = Caller::kScratch + (kPageSize - 4);
    CHECK(std::holds_alternative<Faulted>(c.call(gates::LabFillRandom, last.value, 8)));
    CHECK(c.get(last) == 0);
  }
}
