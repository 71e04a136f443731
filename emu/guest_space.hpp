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

namespace sehlab::emu {

class GuestSpace final : public AddressSpace {
 public:
  /// The space ends where the machine's own pages begin.
  static constexpr std::uint32_t kEnd = kSystemPage.value;

  explicit GuestSpace(Engine& engine)
      : mappings_(engine, table_), guest_(engine, table_), raw_(engine, table_) {}

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

 private:
  struct Reservation {
    std::uint32_t size = 0;
    HostPages pages;                      ///< its own
    std::shared_ptr<SharedPages> shared;  ///< or those that it shows
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

  PageTable table_;
  Reservations reservations_;
  EngineMappings mappings_;
  GuestMemory guest_;
  RawMemory raw_;
  std::vector<GuestAddr> executed_anyway_;  ///< pages, some of which have gone since
  std::uint32_t committed_ = 0;
};

}  // namespace sehlab::emu
