// Waitable timers: Microsoft's documentation of SetWaitableTimer ("Positive values indicate
// absolute time … negative values indicate relative time", units of 100 ns; the period in
// milliseconds) and CancelWaitableTimer.
#include <doctest/doctest.h>

#include <limits>

#include "host/services/deadline.hpp"
#include "host/services/nt_values.hpp"
#include "host/services/system_time.hpp"
#include "tests/services/caller.hpp"

using namespace sehlab;
using namespace sehlab::services;
using namespace sehlab::services::test;

namespace {
constexpr GuestAddr kDue = Caller::kScratch, kOut = Caller::kScratch + 0x10;
}  // namespace

TEST_SUITE("services") {
  TEST_CASE("a relative time counts from now, an absolute one from 1601") {
    CHECK(time_of(-500, 1000) == 1500);
    CHECK(time_of(static_cast<std::int64_t>(kStartTime) + 700, 1000) == 700);
    CHECK(time_of(1, 1000) == 0);
    CHECK(time_of(std::numeric_limits<std::int64_t>::min(), 1) == (1ull << 63) + 1);
  }

  TEST_CASE("a timer is set for its due time and its period, and tells what it was") {
    Caller c;
    const Handle timer = c.kernel.add(true);
    c.put(kDue, std::int64_t{-30});
    CHECK(c.status(gates::NtSetTimer, timer, kDue.value, 0, 0, 0, 7, kOut.value) ==
          win32::STATUS_SUCCESS);
    CHECK(c.kernel.timer_due == c.kernel.time + 30);
    CHECK(c.kernel.timer_period == 7 * 10'000);
    CHECK(c.get<std::uint8_t>(kOut) == 1);
    CHECK_FALSE(c.kernel.signalled.at(timer));
    CHECK(c.status(gates::NtCancelTimer, timer, kOut.value) == win32::STATUS_SUCCESS);
    CHECK(c.get<std::uint8_t>(kOut) == 0);
  }

  TEST_CASE("a timer's routine is called with its argument, in the thread that set it") {
    Caller c;
    const Handle timer = c.kernel.add(false);
    c.put(kDue, std::int64_t{-30});
    CHECK(c.status(gates::NtSetTimer, timer, kDue.value, 0x401000, 77, 0, 0, 0) ==
          win32::STATUS_SUCCESS);
    REQUIRE(c.kernel.timer_call);
    CHECK(c.kernel.timer_call->routine == GuestAddr{0x401000});
    CHECK(c.kernel.timer_call->argument[0] == 77);
    CHECK(c.status(gates::NtSetTimer, timer, kDue.value, 0, 0, 0, 0, 0) == win32::STATUS_SUCCESS);
    CHECK_FALSE(c.kernel.timer_call);
  }

  TEST_CASE("no timer, a bad pointer or a negative period is refused") {
    Caller c;
    const Handle timer = c.kernel.add(false);
    c.put(kDue, std::int64_t{-30});
    CHECK(c.status(gates::NtSetTimer, 0x999, kDue.value, 0, 0, 0, 0, 0) ==
          win32::STATUS_INVALID_HANDLE);
    CHECK(c.status(gates::NtSetTimer, timer, kNowhere.value, 0, 0, 0, 0, 0) ==
          win32::STATUS_ACCESS_VIOLATION);
    CHECK(c.status(gates::NtSetTimer, timer, kDue.value, 0, 0, 0, -1, 0) ==
          STATUS_INVALID_PARAMETER_6);
    CHECK(c.status(gates::NtCreateTimer, kOut.value, 0, 0, 2) == STATUS_INVALID_PARAMETER_4);
    CHECK(c.status(gates::NtCancelTimer, 0x999, 0) == win32::STATUS_INVALID_HANDLE);
  }
}
