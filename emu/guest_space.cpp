#include "emu/guest_space.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "emu/check.hpp"

namespace sehlab::emu {
namespace {

Error refused(const char* action, GuestAddr base, std::uint32_t size, const std::string& why) {
  return {"", fmt::format("cannot {} {:#010x}, {:#x} bytes: {}", action, base.value, size, why)};
}

struct SharedHostPages final : SharedPages {
  explicit SharedHostPages(std::uint32_t bytes) : pages(bytes), size(bytes) {}
  std::span<std::byte> bytes() override {
    return {pages.data(), pages.data() == nullptr ? 0 : size};
  }
  HostPages pages;
  std::size_t size;
};

std::optional<std::string> unsound(GuestAddr base, std::uint32_t size) {
  if (!base.aligned(kPageSize) || size % kPageSize != 0) return "not whole pages";
  if (size == 0) return "no pages";
  if (std::uint64_t{base.value} + size > GuestSpace::kEnd) return "above the guest's memory";
  return std::nullopt;
}

}  // namespace

GuestSpace::Reservations::const_iterator GuestSpace::reservation_of(GuestAddr address) const {
  auto it = reservations_.upper_bound(address.value);
  if (it == reservations_.begin()) return reservations_.end();
  --it;
  return address.value - it->first < it->second.size ? it : reservations_.end();
}

std::optional<Error> GuestSpace::refusal(const char* action, GuestAddr base, std::uint32_t size,
                                         PageState state) const {
  if (const auto why = unsound(base, size)) return refused(action, base, size, *why);
  for (std::uint32_t done = 0; done < size; done += kPageSize) {
    if (table_.at(base + done).state() >= state) continue;
    return refused(action, base, size,
                   fmt::format("the page at {:#010x} is not {}", (base + done).value,
                               state == PageState::Committed ? "committed" : "reserved"));
  }
  return std::nullopt;
}

std::optional<Error> GuestSpace::reserve_refusal(GuestAddr base, std::uint32_t size) const {
  if (const auto why = unsound(base, size)) return refused("reserve", base, size, *why);
  const auto next = reservations_.lower_bound(base.value);
  const bool free_above = next == reservations_.end() || next->first - base.value >= size;
  if (free_above && reservation_of(base) == reservations_.end()) return std::nullopt;
  return refused("reserve", base, size, "not free");
}

void GuestSpace::lay(GuestAddr base, std::uint32_t size, std::byte* host) {
  for (std::uint32_t done = 0; done < size; done += kPageSize) {
    PageEntry& entry = table_.edit(base + done);
    entry.bits = done == 0 ? PageEntry::kFirst : 0;
    entry.set_reserved(host + done);
  }
  restructured();
}

Result<> GuestSpace::reserve(GuestAddr base, std::uint32_t size) {
  if (auto error = reserve_refusal(base, size)) return tl::make_unexpected(std::move(*error));
  HostPages pages(size);
  if (pages.data() == nullptr)
    return tl::make_unexpected(refused("reserve", base, size, "the host has no memory for it"));
  lay(base, size, pages.data());
  reservations_.emplace(base.value,
                        Reservation{size, std::move(pages), nullptr, ++reservations_made_});
  return {};
}

std::shared_ptr<SharedPages> GuestSpace::share(std::uint32_t size) {
  auto pages = std::make_shared<SharedHostPages>(size);
  if (pages->bytes().data() == nullptr) return nullptr;
  std::erase_if(shares_, [](const Share& share) { return share.memory.expired(); });
  shares_.push_back({pages, {}});
  return pages;
}

Result<> GuestSpace::reserve_view(GuestAddr base, std::uint32_t size, Protection protection,
                                  std::shared_ptr<SharedPages> pages, std::uint32_t offset) {
  if (auto error = reserve_refusal(base, size)) return tl::make_unexpected(std::move(*error));
  const auto bytes = pages->bytes();
  if (offset % kPageSize != 0 || offset > bytes.size() || size > bytes.size() - offset)
    return tl::make_unexpected(refused("show", base, size, "more than there is"));
  lay(base, size, bytes.data() + offset);
  reservations_.emplace(base.value, Reservation{size, {}, std::move(pages), ++reservations_made_});
  auto committed = commit(base, size, protection);
  if (!committed) SEHLAB_CHECK(release(base).has_value());
  return committed;
}

Result<> GuestSpace::release(GuestAddr base) {
  const auto it = reservations_.find(base.value);
  if (it == reservations_.end())
    return tl::make_unexpected(refused("release", base, 0, "no reservation begins there"));
  const std::uint32_t size = it->second.size;
  for (std::uint32_t done = 0; done < size; done += kPageSize) {
    PageEntry& entry = table_.edit(base + done);
    if (entry.has(PageEntry::kCommitted)) --committed_;
    entry = PageEntry{};
  }
  restructured();
  // No mapping spans two reservations: whole ones go, for at most one more below, where the page
  // before is a brink now.
  SEHLAB_CHECK(mappings_.refresh(base, size).has_value());
  reservations_.erase(it);
  return {};
}

template <typename Change>
Result<> GuestSpace::apply(GuestAddr base, std::uint32_t size, Change change) {
  std::vector<std::uint16_t> before;
  before.reserve(size / kPageSize);
  for (std::uint32_t done = 0; done < size; done += kPageSize) {
    PageEntry& entry = table_.edit(base + done);
    before.push_back(entry.bits);
    change(entry);
    if (tracking_) follow(base + done, before.back());
  }
  restructured();
  auto result = mappings_.refresh(base, size);
  if (result) return result;
  for (std::uint32_t page = 0; page < before.size(); ++page) {
    table_.edit(base + page * kPageSize).bits = before[page];
  }
  return result;
}

Result<> GuestSpace::make_stores_fast(GuestAddr base) {
  const auto it = reservations_.find(base.value);
  if (it == reservations_.end())
    return tl::make_unexpected(refused("favour", base, 0, "no reservation begins there"));
  return apply(base, it->second.size, [](PageEntry& entry) {
    entry.bits = static_cast<std::uint16_t>(entry.bits | PageEntry::kFastStores);
  });
}

Result<> GuestSpace::commit(GuestAddr base, std::uint32_t size, Protection protection) {
  if (auto error = refusal("commit", base, size, PageState::Reserved))
    return tl::make_unexpected(std::move(*error));
  std::uint32_t more = 0;
  auto result = apply(base, size, [&](PageEntry& entry) {
    if (!entry.has(PageEntry::kCommitted)) ++more;
    entry.set_committed(protection);
  });
  if (result) committed_ += more;
  return result;
}

Result<> GuestSpace::decommit(GuestAddr base, std::uint32_t size) {
  if (auto error = refusal("decommit", base, size, PageState::Reserved))
    return tl::make_unexpected(std::move(*error));
  std::uint32_t fewer = 0;
  auto result = apply(base, size, [&](PageEntry& entry) {
    if (entry.has(PageEntry::kCommitted)) ++fewer;
    entry.set_reserved(entry.host);
  });
  if (!result) return result;
  committed_ -= fewer;
  // The range may cover several reservations, each with host memory of its own.
  for (std::uint32_t done = 0; done < size;) {
    const auto it = reservations_.find(reservation_of(base + done)->first);
    const std::uint32_t offset = (base + done).value - it->first;
    const std::uint32_t length = std::min(size - done, it->second.size - offset);
    SEHLAB_CHECK(!it->second.shared);  // whoever shares decides what stays
    it->second.pages.clear(offset, length);
    done += length;
  }
  return result;
}

Result<> GuestSpace::protect(GuestAddr base, std::uint32_t size, Protection protection) {
  if (auto error = refusal("protect", base, size, PageState::Committed))
    return tl::make_unexpected(std::move(*error));
  return apply(base, size, [&](PageEntry& entry) {
    entry.bits = static_cast<std::uint16_t>(entry.bits & ~PageEntry::kFastStores);
    entry.set_committed(protection);
  });
}

Result<> GuestSpace::execute_anyway(GuestAddr page) {
  if (auto error = refusal("execute", page, kPageSize, PageState::Committed))
    return tl::make_unexpected(std::move(*error));
  if (reservation_of(page)->second.shared)
    return tl::make_unexpected(refused("execute", page, kPageSize, "it is in a view"));
  if (!table_.at(page).has(PageEntry::kCanRead))
    return tl::make_unexpected(refused("execute", page, kPageSize, "it cannot be read"));
  auto result = apply(page, kPageSize, [](PageEntry& entry) {
    entry.bits = static_cast<std::uint16_t>(entry.bits | PageEntry::kCanExecute);
  });
  if (result) executed_anyway_.push_back(page);
  return result;
}

void GuestSpace::execute_nothing_anyway() {
  for (const GuestAddr page : executed_anyway_) {
    if (!table_.at(page).has(PageEntry::kCommitted)) continue;
    // Without the right a page has only more neighbours of its own kind.
    SEHLAB_CHECK(
        apply(page, kPageSize, [](PageEntry& entry) { entry.set_committed(entry.protection()); }));
  }
  executed_anyway_.clear();
}

RegionInfo GuestSpace::query(GuestAddr address) const {
  const std::uint32_t begin = address.page().value;
  RegionInfo info;
  info.base = GuestAddr{begin};
  const auto it = reservation_of(address);
  if (it == reservations_.end()) {
    const auto next = reservations_.upper_bound(begin);
    // Above the guest's memory there is nothing up to 2^32.
    const std::uint32_t end = next != reservations_.end() ? next->first : begin < kEnd ? kEnd : 0;
    info.size = end - begin;
    return info;
  }
  const PageEntry& page = table_.at(info.base);
  const std::uint32_t end = it->first + it->second.size;
  std::uint32_t next = begin + kPageSize;
  while (next != end && table_.at(GuestAddr{next}).like(page)) next += kPageSize;
  info.state = page.state();
  info.protection = page.protection();
  info.size = next - begin;
  info.allocation_base = GuestAddr{it->first};
  return info;
}

std::optional<Protection> GuestSpace::page(GuestAddr address) const {
  const PageEntry& entry = table_.at(address);
  if (!entry.has(PageEntry::kCommitted)) return std::nullopt;
  return entry.protection();
}

std::optional<GuestAddr> GuestSpace::find_free(std::uint32_t size, GuestRange within,
                                               std::uint32_t alignment) const {
  if (size == 0 || size % kPageSize != 0) return std::nullopt;
  alignment = std::max(alignment, kPageSize);
  if (alignment % kPageSize != 0) return std::nullopt;
  const std::uint64_t wanted_end =
      within.end.value == 0 && within.begin.value != 0 ? std::uint64_t{1} << 32 : within.end.value;
  const std::uint64_t end = std::min<std::uint64_t>(wanted_end, kEnd);
  const auto align = [&](std::uint64_t at) { return (at + alignment - 1) / alignment * alignment; };

  std::uint64_t at = align(within.begin.value);
  const auto holder = reservation_of(within.begin);
  auto it = holder != reservations_.end() ? holder : reservations_.lower_bound(within.begin.value);
  for (; it != reservations_.end() && it->first < at + size; ++it) {
    at = std::max(at, align(std::uint64_t{it->first} + it->second.size));
  }
  if (at + size > end) return std::nullopt;
  return GuestAddr{static_cast<std::uint32_t>(at)};
}

}  // namespace sehlab::emu
