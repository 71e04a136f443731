// FakeSpace: an address space without an engine, page by page in a map.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <vector>

#include "emu/address_space.hpp"

namespace sehlab::services::test {

class FakeSpace final : public emu::AddressSpace {
 public:
  Result<> reserve(GuestAddr base, std::uint32_t size) override {
    for (auto at = base; at != base + size; at += kPageSize) {
      if (pages_.contains(at)) return fail("", "taken");
    }
    for (auto at = base; at != base + size; at += kPageSize) pages_[at].allocation = base;
    return {};
  }
  std::shared_ptr<emu::SharedPages> share(std::uint32_t size) override {
    struct Bytes final : emu::SharedPages {
      std::vector<std::byte> held;
      std::span<std::byte> bytes() override { return held; }
    };
    auto pages = std::make_shared<Bytes>();
    pages->held.resize(size);
    return pages;
  }
  Result<> reserve_view(GuestAddr base, std::uint32_t size, emu::Protection rights,
                        std::shared_ptr<emu::SharedPages> pages, std::uint32_t offset) override {
    if (auto done = reserve(base, size); !done) return done;
    for (auto at = base; at != base + size; at += kPageSize) {
      pages_[at].shared = pages;
      pages_[at].at = pages->bytes().data() + offset + (at - base);
    }
    return commit(base, size, rights);
  }
  Result<> release(GuestAddr base) override {
    const auto erased =
        std::erase_if(pages_, [&](const auto& page) { return page.second.allocation == base; });
    return erased != 0 ? Result<>{} : fail("", "no reservation");
  }
  Result<> commit(GuestAddr base, std::uint32_t size, emu::Protection rights) override {
    return each(base, size, [&](Page& page) {
      if (!page.committed) page.bytes.assign(kPageSize, std::byte{0});
      page.committed = true;
      page.rights = rights;
      return true;
    });
  }
  Result<> make_stores_fast(GuestAddr) override { return {}; }
  Result<> execute_anyway(GuestAddr) override { return {}; }
  void execute_nothing_anyway() override {}
  Result<> decommit(GuestAddr base, std::uint32_t size) override {
    return each(base, size, [](Page& page) {
      page.committed = false;
      return true;
    });
  }
  Result<> protect(GuestAddr base, std::uint32_t size, emu::Protection rights) override {
    return each(base, size, [&](Page& page) {
      page.rights = rights;
      return page.committed;
    });
  }

  emu::RegionInfo query(GuestAddr address) const override {
    const GuestAddr first = address.page();
    emu::RegionInfo region = describe(first);
    region.base = first;
    GuestAddr end = first + kPageSize;
    while (end != GuestAddr{} && same(region, describe(end))) {
      if (region.state != emu::PageState::Free) {
        end += kPageSize;
        continue;
      }
      const auto next = pages_.lower_bound(end);
      end = next == pages_.end() ? GuestAddr{} : next->first;
    }
    region.size = end - first;
    return region;
  }
  std::optional<emu::Protection> page(GuestAddr address) const override {
    const auto found = pages_.find(address.page());
    if (found == pages_.end() || !found->second.committed) return std::nullopt;
    return found->second.rights;
  }
  std::optional<GuestAddr> find_free(std::uint32_t size, GuestRange within,
                                     std::uint32_t alignment) const override {
    for (auto at = within.begin; within.contains(at) && within.end - at >= size; at += alignment) {
      const auto next = pages_.lower_bound(at);
      if (next == pages_.end() || next->first - at >= size) return at;
    }
    return std::nullopt;
  }
  std::uint32_t committed_pages() const override {
    return extra_committed + static_cast<std::uint32_t>(std::count_if(
                                 pages_.begin(), pages_.end(),
                                 [](const auto& page) { return page.second.committed; }));
  }
  emu::GuestAccess& guest_access() override { return guest_; }
  emu::RawAccess& raw() override { return raw_; }

  /// Pages that count as committed without being there (for the commit limit).
  std::uint32_t extra_committed = 0;

 private:
  struct Page {
    GuestAddr allocation;
    bool committed = false;
    emu::Protection rights;
    std::vector<std::byte> bytes;
    std::shared_ptr<emu::SharedPages> shared;
    std::byte* at = nullptr;  ///< of shared pages
  };

  template <typename Act>
  Result<> each(GuestAddr base, std::uint32_t size, Act act) {
    for (auto at = base; at != base + size; at += kPageSize) {
      const auto found = pages_.find(at);
      if (found == pages_.end() || !act(found->second)) return fail("", "not reserved");
    }
    return {};
  }
  emu::RegionInfo describe(GuestAddr page) const {
    const auto found = pages_.find(page);
    if (found == pages_.end()) return {};
    const Page& it = found->second;
    return {it.committed ? emu::PageState::Committed : emu::PageState::Reserved,
            it.committed ? it.rights : emu::Protection{},
            {},
            0,
            it.allocation};
  }
  static bool same(const emu::RegionInfo& a, const emu::RegionInfo& b) {
    return a.state == b.state && a.protection == b.protection &&
           a.allocation_base == b.allocation_base;
  }

  std::byte& byte_at(GuestAddr address) {
    Page& page = pages_.at(address.page());
    return page.at != nullptr ? page.at[address.value % kPageSize]
                              : page.bytes[address.value % kPageSize];
  }

  /// Obeys rights and guard pages; everything or nothing.
  struct Guest final : emu::GuestAccess {
    explicit Guest(FakeSpace& owner) : space(owner) {}
    std::optional<emu::Fault> check(GuestAddr at, std::size_t bytes, emu::Access access) const {
      for (std::uint32_t i = 0; i < bytes; ++i) {
        const auto rights = space.page(at + i);
        emu::Fault fault;
        fault.access = access;
        fault.address = at + i;
        if (rights && rights->guard) fault.kind = emu::FaultKind::GuardPage;
        if (!rights || rights->guard) return fault;
        if (access == emu::Access::Write ? !rights->write : !rights->read) return fault;
      }
      return std::nullopt;
    }
    std::optional<emu::Fault> read(GuestAddr from, std::span<std::byte> to) override {
      if (auto fault = check(from, to.size(), emu::Access::Read)) return fault;
      for (std::uint32_t i = 0; i < to.size(); ++i) to[i] = space.byte_at(from + i);
      return std::nullopt;
    }
    std::optional<emu::Fault> write(GuestAddr to, std::span<const std::byte> from) override {
      if (auto fault = check(to, from.size(), emu::Access::Write)) return fault;
      for (std::uint32_t i = 0; i < from.size(); ++i) space.byte_at(to + i) = from[i];
      return std::nullopt;
    }
    FakeSpace& space;
  };
  /// Ignores rights.
  struct Raw final : emu::RawAccess {
    explicit Raw(FakeSpace& owner) : space(owner) {}
    bool committed(GuestAddr at, std::size_t bytes) const {
      for (std::uint32_t i = 0; i < bytes; ++i) {
        if (!space.page(at + i)) return false;
      }
      return true;
    }
    bool read(GuestAddr from, std::span<std::byte> to) const override {
      if (!committed(from, to.size())) return false;
      for (std::uint32_t i = 0; i < to.size(); ++i) to[i] = space.byte_at(from + i);
      return true;
    }
    bool write(GuestAddr to, std::span<const std::byte> from) override {
      if (!committed(to, from.size())) return false;
      for (std::uint32_t i = 0; i < from.size(); ++i) space.byte_at(to + i) = from[i];
      return true;
    }
    FakeSpace& space;
  };

  std::map<GuestAddr, Page> pages_;
  Guest guest_{*this};
  Raw raw_{*this};
};

}  // namespace sehlab::services::test
