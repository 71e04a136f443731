// GuestAddr: a linear address in the guest, a type of its own so that it can be mixed up
// neither with a host pointer nor with a number.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace sehlab {

inline constexpr std::uint32_t kPageSize = 0x1000;

/// A linear guest address (the guest runs without paging, so linear is physical).
/// Arithmetic wraps at 2^32 as the processor's does.
struct GuestAddr {
  std::uint32_t value = 0;

  constexpr GuestAddr() = default;
  constexpr explicit GuestAddr(std::uint32_t v) : value(v) {}

  constexpr auto operator<=>(const GuestAddr&) const = default;

  constexpr GuestAddr operator+(std::uint32_t bytes) const { return GuestAddr{value + bytes}; }
  constexpr GuestAddr operator-(std::uint32_t bytes) const { return GuestAddr{value - bytes}; }
  /// Distance in bytes, modulo 2^32.
  constexpr std::uint32_t operator-(GuestAddr other) const { return value - other.value; }
  constexpr GuestAddr& operator+=(std::uint32_t bytes) { return *this = *this + bytes; }
  constexpr GuestAddr& operator-=(std::uint32_t bytes) { return *this = *this - bytes; }

  [[nodiscard]] constexpr bool aligned(std::uint32_t to) const { return value % to == 0; }
  [[nodiscard]] constexpr GuestAddr page() const { return GuestAddr{value & ~(kPageSize - 1)}; }
};

/// [begin, end): empty when begin == end. `end` 0 stands for 2^32 only if begin is above it.
struct GuestRange {
  GuestAddr begin;
  GuestAddr end;
  [[nodiscard]] constexpr bool contains(GuestAddr a) const {
    return a.value - begin.value < end.value - begin.value;
  }
  [[nodiscard]] constexpr std::uint32_t size() const { return end - begin; }
  constexpr bool operator==(const GuestRange&) const = default;
};

}  // namespace sehlab

template <>
struct std::hash<sehlab::GuestAddr> {
  std::size_t operator()(sehlab::GuestAddr a) const noexcept { return a.value; }
};
