// GuestSpace: the AddressSpace of a machine: reservations with their host memory, the page
// table over them, and the engine's mappings kept equal to it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "emu/address_space.hpp"
#include "emu/engine.hpp"
#include "emu/engine_mappings.hpp"
#include "emu/guest_memory.hpp"
#include "emu/host_pages.hpp"
#include "emu/page_table.hpp"
#include "emu/space_snapshot.hpp"
#include "emu/written_pages.hpp"

namespace sehlab::emu {

class GuestSpace final : public AddressSpace {
 public:
  /// The space ends where the machine's own pages begin.
  static constexpr std::uint32_t kEnd = kSystemPage.value;

  explicit GuestSpace(Engine& engine)
      : engine_(engine),
        written_(table_),
        mappings_(engine, table_),
        guest_(engine, table_, written_),
        raw_(engine, table_, written_) {}

  Result<> reserve(GuestAddr base, std::uint32_t size) override;
  std::shared_ptr<SharedPages> share(std::uint32_t size) override;
  Result<> reserve_view(GuestAddr base, std::uint32_t size, Protection protection,
                        std::shared_ptr<SharedPages> pages, std::uint32_t offset) override;
  Result<> release(GuestAddr base) override;
  Result<> make_stores_fast(GuestAddr base) override;
  Result<> commit(GuestAddr base, std::uint32_t size, Protection protection) override;
  Result<> decommit(GuestAddr base, std::uint32_t size) override;
  Result<> protect(GuestAddr base, std::uint32_t size, Protection protection) override;
  Result<> execute_anyway(GuestAddr page) override;
  void execute_nothing_anyway() override;
  RegionInfo query(GuestAddr address) const override;
  std::optional<Protection> page(GuestAddr address) const override;
  std::optional<GuestAddr> find_free(std::uint32_t size, GuestRange within,
                                     std::uint32_t alignment) const override;
  std::uint32_t committed_pages() const override { return committed_; }
  GuestAccess& guest_access() override { return guest_; }
  RawAccess& raw() override { return raw_; }

  [[nodiscard]] const PageTable& table() const { return table_; }

  /// The space as it stands. From the first one on, the engine asks before it stores to a page for
  /// the first time, so that a later one, or going back, need not look at pages that nobody wrote.
  [[nodiscard]] SpaceSnapshot capture();
  /// Goes back to a snapshot of this space.
  void restore(const SpaceSnapshot& snapshot);
  /// The engine is about to store to a writable page.
  void note_store(GuestAddr address) {
    if (table_.at(address).has(PageEntry::kClean)) written_.note(address);
  }
  /// Lets the engine store freely to the pages noted since the last call; between two runs of it.
  void settle_stores() {
    if (!written_.empty()) settle();
  }

 private:
  struct Reservation {
    std::uint32_t size = 0;
    HostPages pages;                      ///< its own
    std::shared_ptr<SharedPages> shared;  ///< or those that it shows
    std::uint64_t id = 0;
    std::shared_ptr<const ReservationImage> image = nullptr;  ///< as captured or put back last
    /// Page numbers within it that may differ from the image; all others are kClean, or not
    /// committed then or now.
    std::vector<std::uint32_t> loose = {};
  };
  using Reservations = std::map<std::uint32_t, Reservation>;  // by base

  [[nodiscard]] Reservations::const_iterator reservation_of(GuestAddr address) const;
  [[nodiscard]] std::optional<Error> reserve_refusal(GuestAddr base, std::uint32_t size) const;
  void lay(GuestAddr base, std::uint32_t size, std::byte* host);
  /// Null when the range is sound and every page of it is at least in `state`.
  [[nodiscard]] std::optional<Error> refusal(const char* action, GuestAddr base, std::uint32_t size,
                                             PageState state) const;
  /// Applies `change` to each page's entry and brings the engine after it; all or nothing.
  template <typename Change>
  Result<> apply(GuestAddr base, std::uint32_t size, Change change);
  /// Reservations or rights are about to be others.
  void restructured() {
    table_.changed();
    structure_ = ++structures_;
  }

  // guest_space_snapshot.cpp
  void settle();
  void follow(GuestAddr page, std::uint16_t bits_before);
  static void loosen(Reservation& reservation, PageEntry& page, std::uint32_t index);
  void begin_tracking();
  void update_image(std::uint32_t base, Reservation& reservation, std::uint64_t& added);
  void put_back(std::uint32_t base, Reservation& reservation,
                const std::shared_ptr<const ReservationImage>& image);
  void put_page_back(GuestAddr at, const PageCopy& copy);
  void keep_loose(std::uint32_t base, Reservation& reservation);
  void tighten(std::uint32_t base, Reservation& reservation);
  void capture_shared(SpaceSnapshot& snapshot);
  void restore_reservations(const SpaceSnapshot& snapshot);
  void restore_bits(const ReservationImage& image);

  Engine& engine_;
  PageTable table_;
  WrittenPages written_;
  Reservations reservations_;
  EngineMappings mappings_;
  GuestMemory guest_;
  RawMemory raw_;
  std::vector<GuestAddr> executed_anyway_;  ///< pages, some of which have gone since
  std::uint32_t committed_ = 0;
  struct Share {
    std::weak_ptr<SharedPages> memory;
    std::vector<PageCopy> captured;  ///< page by page
  };
  std::vector<Share> shares_;
  bool tracking_ = false;  ///< something was captured
  std::uint64_t reservations_made_ = 0;
  std::uint64_t structure_ = 0;           ///< changes with reservations and rights, and back
  std::uint64_t structures_ = 0;          ///< there were, so far
  std::uint64_t captured_structure_ = 0;  ///< the images' bits are those of this one
  std::uint64_t restores_ = 0;
};

}  // namespace sehlab::emu
