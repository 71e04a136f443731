// The page of KUSER_SHARED_DATA. Offsets: tests/win32/user_shared_data_mingw.c compares them with
// mingw-w64's.
#include "host/process/shared_user_data.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <utility>

#include "emu/machine.hpp"
#include "host/services/system_time.hpp"
#include "host/win32/user_shared_data.hpp"

using namespace sehlab;
using namespace sehlab::process;

namespace {

struct Page {
  std::unique_ptr<emu::Machine> machine = std::move(*emu::Machine::create({}));
  emu::AddressSpace& space = machine->memory();
  SharedUserData clock{space};

  Page() { REQUIRE(SharedUserData::make(space, {6, 1, 7601})); }
  win32::KUserSharedData read() {
    const auto data = space.raw().get<win32::KUserSharedData>(kSharedUserData);
    REQUIRE(data);
    return *data;
  }
};

std::uint64_t joined(const win32::KSystemTime& time) {
  REQUIRE(time.High1Time == time.High2Time);
  return std::uint64_t{static_cast<std::uint32_t>(time.High1Time)} << 32 | time.LowPart;
}

}  // namespace

TEST_SUITE("process") {
  TEST_CASE("programs may read the shared page and not write to it") {
    Page page;
    CHECK(page.space.page(kSharedUserData) == emu::kReadOnly);
    CHECK(page.read().NtMajorVersion == 6);
    CHECK(page.read().NtMinorVersion == 1);
  }

  TEST_CASE("the page tells the same time as the services do") {
    Page page;
    constexpr std::uint64_t kNow = 5'000'000'000;  // more than 32 bits hold
    page.clock.tell(kNow);
    CHECK(joined(page.read().InterruptTime) == kNow);
    CHECK(joined(page.read().SystemTime) == services::kStartTime + kNow);
    // GetTickCount's formula: ticks times multiplier over 2^24 is milliseconds.
    const std::uint64_t milliseconds =
        joined(page.read().TickCount) * page.read().TickCountMultiplier >> 24;
    CHECK(milliseconds == kNow / 10'000);
    page.clock.tell(kNow + 156'249);
    CHECK(joined(page.read().TickCount) == kNow / 156'250);
  }
}
