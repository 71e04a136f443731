// Waiting. Results: the documentation of WaitForSingleObject, WaitForMultipleObjects and Sleep, and
// of the Nt functions behind them; that a call which blocks is made again: docs/architecture.md.
#include <doctest/doctest.h>

#include <limits>

#include "host/services/nt_values.hpp"
#include "host/services/system_time.hpp"
#include "tests/services/caller.hpp"

using namespace sehlab;
using namespace sehlab::services;
using namespace sehlab::services::test;

namespace {

constexpr GuestAddr kTimeout = Caller::kScratch, kHandles = Caller::kScratch + 0x10;
constexpr std::uint32_t kAll = 0, kAny = 1;

struct Waits : Caller {
  Outcome wait_one(Handle handle, std::int64_t timeout) {
    put(kTimeout, timeout);
    return call(gates::NtWaitForSingleObject, handle, 0, kTimeout.value);
  }
  template <std::size_t N>
  Outcome wait(const std::array<Handle, N>& handles, std::uint32_t type) {
    put(kHandles, handles);
    return call(gates::NtWaitForMultipleObjects, N, kHandles.value, type, 0, 0);
  }
};

std::uint32_t eax(const Outcome& outcome) {
  REQUIRE(std::holds_alternative<Return>(outcome));
  return std::get<Return>(outcome).eax;
}

Block blocked(const Outcome& outcome) {
  REQUIRE(std::holds_alternative<Block>(outcome));
  return std::get<Block>(outcome);
}

}  // namespace

TEST_SUITE("services") {
  TEST_CASE("a signalled handle ends a wait at once") {
    Waits w;
    CHECK(eax(w.wait_one(w.kernel.add(true), 0)) == win32::STATUS_WAIT_0);
  }

  TEST_CASE("a wait of no length for something unsignalled is a timeout") {
    Waits w;
    CHECK(eax(w.wait_one(w.kernel.add(false), 0)) == win32::STATUS_TIMEOUT);
  }

  TEST_CASE("a relative timeout counts from now") {
    Waits w;
    const Handle handle = w.kernel.add(false);
    const Block block = blocked(w.wait_one(handle, -500));
    CHECK(block.count == 1);
    CHECK(block.handles[0] == handle);
    CHECK(block.deadline == w.kernel.time + 500);
  }

  TEST_CASE("an absolute timeout is a time of the calendar") {
    Waits w;
    const auto at = static_cast<std::int64_t>(kStartTime + w.kernel.time + 70);
    CHECK(blocked(w.wait_one(w.kernel.add(false), at)).deadline == w.kernel.time + 70);
    CHECK(eax(w.wait_one(w.kernel.add(false), 1)) == win32::STATUS_TIMEOUT);  // in 1601
  }

  TEST_CASE("no timeout waits for ever") {
    Waits w;
    CHECK_FALSE(blocked(w.call(gates::NtWaitForSingleObject, w.kernel.add(false), 0, 0)).deadline);
  }

  TEST_CASE("a retried wait keeps its deadline, and ends when that has passed") {
    Waits w;
    const Handle handle = w.kernel.add(false);
    w.kernel.deadline = w.kernel.time + 10;
    w.kernel.is_retry = true;
    CHECK(blocked(w.wait_one(handle, -5000)).deadline == w.kernel.time + 10);
    w.kernel.time += 10;
    CHECK(eax(w.wait_one(handle, -5000)) == win32::STATUS_TIMEOUT);
  }

  TEST_CASE("a handle that is signalled when the deadline passes is still taken") {
    Waits w;
    w.kernel.deadline = w.kernel.time;
    w.kernel.is_retry = true;
    CHECK(eax(w.wait_one(w.kernel.add(true), -5000)) == win32::STATUS_WAIT_0);
  }

  TEST_CASE("waiting for any gives the index of the first that is signalled") {
    Waits w;
    const Handle off = w.kernel.add(false), on = w.kernel.add(true), also = w.kernel.add(true);
    CHECK(eax(w.wait(std::array{off, on, also}, kAny)) == win32::STATUS_WAIT_0 + 1);
  }

  TEST_CASE("a mutex whose owner has ended is told from one that was released") {
    Waits w;
    w.kernel.abandoned = true;
    const Handle off = w.kernel.add(false), mutex = w.kernel.add(true);
    // WAIT_ABANDONED_0 is 0x80.
    CHECK(eax(w.wait(std::array{off, mutex}, kAny)) == 0x81);
  }

  TEST_CASE("waiting for all takes nothing until all are signalled") {
    Waits w;
    const Handle off = w.kernel.add(false), on = w.kernel.add(true);
    const Block block = blocked(w.wait(std::array{on, off}, kAll));
    CHECK(block.all);
    CHECK(block.count == 2);
    w.kernel.signalled[off] = true;
    CHECK(eax(w.wait(std::array{on, off}, kAll)) == win32::STATUS_WAIT_0);
  }

  TEST_CASE("a handle twice is fine for any and refused for all") {
    Waits w;
    const Handle on = w.kernel.add(true);
    CHECK(eax(w.wait(std::array{on, on}, kAny)) == win32::STATUS_WAIT_0);
    CHECK(eax(w.wait(std::array{on, on}, kAll)) == STATUS_INVALID_PARAMETER_MIX);
  }

  TEST_CASE("impossible waits are refused") {
    Waits w;
    CHECK(w.status(gates::NtWaitForMultipleObjects, 0, kHandles.value, kAny, 0, 0) ==
          STATUS_INVALID_PARAMETER_1);
    CHECK(w.status(gates::NtWaitForMultipleObjects, 65, kHandles.value, kAny, 0, 0) ==
          STATUS_INVALID_PARAMETER_1);
    CHECK(w.status(gates::NtWaitForMultipleObjects, 0xffffffff, kHandles.value, kAny, 0, 0) ==
          STATUS_INVALID_PARAMETER_1);
    CHECK(w.status(gates::NtWaitForMultipleObjects, 1, kHandles.value, 2, 0, 0) ==
          STATUS_INVALID_PARAMETER_3);
    CHECK(w.status(gates::NtWaitForMultipleObjects, 64, kNowhere.value, kAny, 0, 0) ==
          win32::STATUS_ACCESS_VIOLATION);
    CHECK(eax(w.wait_one(0x1234, 0)) == win32::STATUS_INVALID_HANDLE);
    CHECK(w.status(gates::NtWaitForSingleObject, w.kernel.add(false), 0, kNowhere.value) ==
          win32::STATUS_ACCESS_VIOLATION);
  }

  TEST_CASE("a process or a thread that waits for its own end waits for the time") {
    Waits w;
    for (const Handle self : {kCurrentProcess, kCurrentThread}) {
      CHECK(eax(w.wait_one(self, 0)) == win32::STATUS_TIMEOUT);
      const Block block = blocked(w.wait_one(self, -500));
      CHECK(block.count == 0);
      CHECK(block.deadline == w.kernel.time + 500);
    }
  }

  TEST_CASE("a pseudo handle among several names itself") {
    Waits w;
    CHECK(std::holds_alternative<Unmodelled>(
        w.wait(std::array{w.kernel.add(false), kCurrentProcess}, kAny)));
  }

  TEST_CASE("Sleep(0) gives the rest of the time slice away") {
    Waits w;
    w.put(kTimeout, std::int64_t{0});
    CHECK(std::holds_alternative<Yield>(w.call(gates::NtDelayExecution, 0, kTimeout.value)));
  }

  TEST_CASE("a sleep blocks on nothing until its deadline") {
    Waits w;
    w.put(kTimeout, std::int64_t{-10'000});
    const Block block = blocked(w.call(gates::NtDelayExecution, 0, kTimeout.value));
    CHECK(block.count == 0);
    CHECK(block.deadline == w.kernel.time + 10'000);
    w.kernel.is_retry = true;
    w.kernel.deadline = block.deadline;
    w.kernel.time += 10'000;
    CHECK(eax(w.call(gates::NtDelayExecution, 0, kTimeout.value)) == win32::STATUS_SUCCESS);
  }

  TEST_CASE("Sleep(INFINITE) has no deadline, and no interval overflows") {
    Waits w;
    w.put(kTimeout, std::numeric_limits<std::int64_t>::min());
    CHECK_FALSE(blocked(w.call(gates::NtDelayExecution, 0, kTimeout.value)).deadline);
    w.put(kTimeout, std::numeric_limits<std::int64_t>::min() + 1);
    CHECK(blocked(w.call(gates::NtDelayExecution, 0, kTimeout.value)).deadline > w.kernel.time);
  }

  TEST_CASE("a thread that is alone cannot yield to anybody") {
    Waits w;
    CHECK(eax(w.call(gates::NtYieldExecution)) == STATUS_NO_YIELD_PERFORMED);
    w.kernel.threads_alive = 2;
    CHECK(std::holds_alternative<Yield>(w.call(gates::NtYieldExecution)));
  }
}
