// WrittenPages: the pages that are stored to, once each, after they were captured for a snapshot.
#pragma once

#include <span>
#include <vector>

#include "emu/guest_addr.hpp"
#include "emu/page_table.hpp"

namespace sehlab::emu {

/// Empty until something is captured: no page is clean before.
class WrittenPages {
 public:
  explicit WrittenPages(PageTable& table) : table_(table) {}

  /// The clean page that holds `address` is about to be stored to.
  void note(GuestAddr address) {
    PageEntry& page = table_.edit(address);
    page.bits = static_cast<std::uint16_t>(page.bits & ~PageEntry::kClean);
    pages_.push_back(address.page());
  }
  [[nodiscard]] bool empty() const { return pages_.empty(); }
  /// Those noted since the last call; until the next one.
  [[nodiscard]] std::span<const GuestAddr> take() {
    taken_.swap(pages_);
    pages_.clear();
    return taken_;
  }

 private:
  PageTable& table_;
  std::vector<GuestAddr> pages_, taken_;
};

}  // namespace sehlab::emu
