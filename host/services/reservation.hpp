// Reservation: one allocation of address space as NtAllocateVirtualMemory and its kin see it:
// where it is, how long, and to whom it belongs.
#pragma once

#include <cstdint>
#include <optional>

#include "host/services/kernel.hpp"

namespace sehlab::services {

/// Addresses that a program may have: above the first 64 KiB, below the pages that Windows shares
/// with every process.
inline constexpr GuestRange kUserAddresses{GuestAddr{0x00010000}, GuestAddr{0x7ffe0000}};
/// What all of a process may commit: one gigabyte, so that a guest cannot exhaust its host.
inline constexpr std::uint32_t kCommitLimitPages = 0x40000;
inline constexpr std::uint32_t kAllocationUnit = 0x10000;

/// A range in pages: `begin` rounded down, `size` up to its last page.
struct PageRange {
  GuestAddr begin;
  std::uint32_t size = 0;
  [[nodiscard]] GuestAddr end() const { return begin + size; }
};
/// Nothing when the range is empty, wraps, or leaves the user's addresses.
[[nodiscard]] std::optional<PageRange> page_range(GuestAddr begin, std::uint32_t bytes);

/// Who made a reservation.
enum class Owner : std::uint8_t { Program, Image, View, System };

struct Reservation {
  PageRange range;
  Owner owner = Owner::System;
  std::uint32_t protect = 0;  ///< VirtualQuery's AllocationProtect
};

/// The reservation that holds `address`; nothing when its page is free.
[[nodiscard]] std::optional<Reservation> reservation_at(Kernel& kernel, GuestAddr address);

/// Are all pages of `range` committed?
[[nodiscard]] bool all_committed(Kernel& kernel, const PageRange& range);

/// The highest free range of `size` bytes (MEM_TOP_DOWN).
[[nodiscard]] std::optional<GuestAddr> find_free_from_top(Kernel& kernel, std::uint32_t size);

}  // namespace sehlab::services
