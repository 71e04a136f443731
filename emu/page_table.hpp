// PageTable: for every page of the guest its state, its rights and the host memory behind it,
// found in constant time. Knows neither reservations nor the engine.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "emu/address_space.hpp"
#include "emu/guest_addr.hpp"

namespace sehlab::emu {

/// One page. The `can_` bits are what the processor lets through: nothing on a guard page, and
/// a page that can be written or executed can also be read (x86 has no other kind).
struct PageEntry {
  enum Bits : std::uint16_t {
    kReserved = 1,
    kCommitted = 2,
    kRead = 4,
    kWrite = 8,
    kExecute = 16,
    kGuard = 32,
    kCanRead = 64,
    kCanWrite = 128,
    kCanExecute = 256,
    kCanAny = kCanRead | kCanWrite | kCanExecute,
    kFirst = 512,        ///< of its reservation
    kFastStores = 1024,  ///< until the page's rights are changed
    kClean = 2048,       ///< holds what was captured last; a store is to be noted
    kLoose = 4096,       ///< may have been stored to since: its reservation lists it
    kIdle = 8192,        ///< loose, and not stored to when that was looked at last
    kTracking = kClean | kLoose | kIdle,
    kKept = kFirst | kFastStores | kTracking  ///< whatever the state
  };
  std::byte* host = nullptr;  ///< set while reserved
  std::uint16_t bits = 0;

  [[nodiscard]] bool has(std::uint16_t wanted) const { return (bits & wanted) != 0; }
  [[nodiscard]] PageState state() const {
    return has(kCommitted)  ? PageState::Committed
           : has(kReserved) ? PageState::Reserved
                            : PageState::Free;
  }
  /// As given to commit or protect.
  [[nodiscard]] Protection protection() const {
    return {has(kRead), has(kWrite), has(kExecute), has(kGuard)};
  }
  /// As the processor treats it.
  [[nodiscard]] Protection effective() const {
    return {has(kCanRead), has(kCanWrite), has(kCanExecute), false};
  }
  void set_committed(Protection protection);
  void set_reserved(std::byte* host_page) {
    host = host_page;
    bits = static_cast<std::uint16_t>(kReserved | (bits & kKept));
  }
  /// State and rights are the same.
  [[nodiscard]] bool like(const PageEntry& other) const {
    return ((bits ^ other.bits) & ~kKept) == 0;
  }
};

/// The bytes of one instruction at most, as far as they are committed.
struct CodeBytes {
  std::array<std::byte, 16> bytes;
  std::size_t size = 0;
  [[nodiscard]] std::span<const std::byte> span() const { return {bytes.data(), size}; }
};

class PageTable {
 public:
  /// The entry of the page that holds `address`; a free one when nothing was set there.
  [[nodiscard]] const PageEntry& at(GuestAddr address) const {
    const Leaf* leaf = leaves_[address.value >> 22].get();
    return leaf == nullptr ? kFree : (*leaf)[address.value >> 12 & 0x3ff];
  }
  [[nodiscard]] PageEntry& edit(GuestAddr address);

  /// Whether stores to this writable page are to be looked at one by one, since the page behind it
  /// refuses what runs on: nothing of such a store may be done. Pages with code are none, nor,
  /// where stores are to be fast, ends that nobody made by changing rights.
  [[nodiscard]] bool is_brink(GuestAddr address) const {
    const PageEntry &page = at(address), &next = at(address + kPageSize);
    if (!page.has(PageEntry::kCanWrite) || page.has(PageEntry::kCanExecute)) return false;
    if (next.has(PageEntry::kCanWrite)) return false;
    const bool made =
        next.has(PageEntry::kReserved) && !next.has(PageEntry::kFirst | PageEntry::kFastStores);
    return made || !page.has(PageEntry::kFastStores);
  }

  /// Host address of a byte of a committed page; null otherwise.
  [[nodiscard]] std::byte* host(GuestAddr address) const {
    const PageEntry& entry = at(address);
    return entry.has(PageEntry::kCommitted) ? entry.host + address.value % kPageSize : nullptr;
  }

  /// What stands at `address`, `most` bytes of it (15 at most), whatever the rights.
  [[nodiscard]] CodeBytes code(GuestAddr address, std::size_t most = 15) const;

  /// Moves on whenever a page may have come, gone or moved.
  [[nodiscard]] std::uint64_t generation() const { return generation_; }
  void changed() { ++generation_; }

 private:
  using Leaf = std::array<PageEntry, 1024>;
  static const PageEntry kFree;
  std::array<std::unique_ptr<Leaf>, 1024> leaves_;
  std::uint64_t generation_ = 1;
};

}  // namespace sehlab::emu
