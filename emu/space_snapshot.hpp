// SpaceSnapshot: an address space as it stood: every reservation with the rights and the bytes of
// its pages. What did not change since the snapshot before is shared with it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "emu/address_space.hpp"
#include "emu/guest_addr.hpp"

namespace sehlab::emu {

/// The bytes of one page, never changed; null stands for a page that is not kept.
using PageCopy = std::shared_ptr<const std::array<std::byte, kPageSize>>;

/// `host`'s page: `last` again when that says the same.
[[nodiscard]] PageCopy copy_page(const std::byte* host, const PageCopy& last);
/// Brings the page to what `copy` says. False: it was so already.
bool put_page(std::byte* host, const PageCopy& copy);

struct ReservationImage {
  std::uint64_t id = 0;  ///< of the reservation
  std::uint32_t base = 0, size = 0;
  std::vector<std::uint16_t> bits;  ///< PageEntry's, without kTracking
  std::vector<PageCopy> pages;      ///< the committed ones, unless they are shared
  std::shared_ptr<SharedPages> shared;
  std::uint32_t offset = 0;  ///< in `shared`
};

/// The bytes of memory that several reservations show.
struct SharedImage {
  std::shared_ptr<SharedPages> memory;
  std::vector<PageCopy> pages;
};

struct SpaceSnapshot {
  std::uint64_t structure = 0;  ///< of the space then: reservations and rights
  std::vector<std::shared_ptr<const ReservationImage>> reservations;  ///< by base
  std::vector<SharedImage> shared;
  std::vector<GuestAddr> executed_anyway;
  std::uint32_t committed = 0;
  std::uint64_t added_bytes = 0;
};

}  // namespace sehlab::emu
