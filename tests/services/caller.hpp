// Caller: what a guest does to call a service: arguments in memory and words, and the answer read
// back.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "tests/services/fake_kernel.hpp"

namespace sehlab::services::test {

class FakeRegisters final : public emu::Registers {
 public:
  emu::GeneralRegisters general() const override { return {}; }
  bool set_general(const emu::GeneralRegisters&) override { return true; }
  emu::FxState fx() const override { return {}; }
  void set_fx(const emu::FxState&) override {}
  emu::DebugRegisters debug() const override { return {}; }
  void set_debug(const emu::DebugRegisters&) override {}
  GuestAddr fs_base() const override { return {}; }
};

/// A process with one page of memory for arguments, at kScratch.
struct Caller {
  static constexpr GuestAddr kScratch{0x00300000};

  FakeKernel kernel;
  FakeRegisters registers;

  Caller() {
    REQUIRE(kernel.space.reserve(kScratch, kPageSize));
    REQUIRE(kernel.space.commit(kScratch, kPageSize, emu::kReadWrite));
  }
  template <typename... Words>
  Outcome call(Service service, Words... words) {
    GateCall gate{kernel, kernel.space.guest_access(), registers, {}, {}};
    const std::array<std::uint32_t, sizeof...(words)> given{static_cast<std::uint32_t>(words)...};
    std::copy(given.begin(), given.end(), gate.argument.begin());
    return service(gate);
  }
  /// The EAX of a call that returned.
  template <typename... Words>
  std::uint32_t status(Service service, Words... words) {
    const Outcome outcome = call(service, words...);
    REQUIRE(std::holds_alternative<Return>(outcome));
    return std::get<Return>(outcome).eax;
  }
  template <typename T>
  void put(GuestAddr at, const T& value) {
    REQUIRE(kernel.space.raw().put(at, value));
  }
  template <typename T = std::uint32_t>
  T get(GuestAddr at) {
    const auto value = kernel.space.raw().get<T>(at);
    REQUIRE(value.has_value());
    return *value;
  }
};

/// An address that nothing is mapped at.
inline constexpr GuestAddr kNowhere{0x00000010};

}  // namespace sehlab::services::test
