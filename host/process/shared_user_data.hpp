// SharedUserData: the page at 0x7ffe0000 that every process reads the time from, and its clock.
#pragma once

#include <cstdint>

#include "emu/address_space.hpp"
#include "emu/guest_addr.hpp"
#include "emu/result.hpp"
#include "host/process/environment.hpp"

namespace sehlab::process {

/// The same in every Windows.
inline constexpr GuestAddr kSharedUserData{0x7ffe0000};

/// Guest code that never calls the system still sees the time pass: the clock's interrupt comes
/// every millisecond (an instruction is taken to last 1 ns), as after timeBeginPeriod(1).
inline constexpr std::uint64_t kClockInterval = 1'000'000;  // instructions

class SharedUserData {
 public:
  /// Maps the page and fills in what never changes.
  [[nodiscard]] static Result<> make(emu::AddressSpace& space, const OsVersion& version);

  explicit SharedUserData(emu::AddressSpace& space) : space_(space) {}
  /// Writes the times of `now`, units of 100 ns since the start.
  void tell(std::uint64_t now);

  /// What the page says, for snapshots.
  struct State {
    std::uint64_t told = UINT64_MAX, ticks_told = UINT64_MAX;
  };
  [[nodiscard]] State state() const { return state_; }
  void restore(State state) { state_ = state; }

 private:
  emu::AddressSpace& space_;
  State state_;
};

}  // namespace sehlab::process
