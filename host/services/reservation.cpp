#include "host/services/reservation.hpp"

#include <algorithm>

#include "host/services/nt_values.hpp"
#include "host/services/section.hpp"

namespace sehlab::services {
namespace {

bool is_module(Kernel& kernel, GuestAddr base) {
  const auto all = kernel.modules();
  return std::find(all.begin(), all.end(), base) != all.end();
}

/// The address after the run of like pages that `region` describes, at most the end of what a
/// program may have.
GuestAddr after(const emu::RegionInfo& region) {
  const std::uint32_t room = kUserAddresses.end - region.base;
  return region.base + std::min(region.size, room);
}

}  // namespace

std::optional<PageRange> page_range(GuestAddr begin, std::uint32_t bytes) {
  if (bytes == 0 || !kUserAddresses.contains(begin)) return std::nullopt;
  if (bytes > kUserAddresses.end - begin) return std::nullopt;
  const GuestAddr first = begin.page();
  const GuestAddr end = (begin + (bytes - 1)).page() + kPageSize;
  return PageRange{first, end - first};
}

std::optional<Reservation> reservation_at(Kernel& kernel, GuestAddr address) {
  emu::AddressSpace& space = kernel.address_space();
  const emu::RegionInfo region = space.query(address);
  if (region.state == emu::PageState::Free) return std::nullopt;
  const GuestAddr base = region.allocation_base;
  Reservation found;
  found.range.begin = base;
  GuestAddr end = base;
  while (kUserAddresses.contains(end)) {
    const emu::RegionInfo run = space.query(end);
    if (run.state == emu::PageState::Free || run.allocation_base != base) break;
    end = after(run);
  }
  found.range.size = end - base;
  const auto& views = std::as_const(kernel).views();
  if (const auto view = views.find(base); view != views.end()) {
    found.owner = Owner::View;
    found.protect = view->second.protect;
  } else if (const auto protect = kernel.allocation_protect(base)) {
    found.owner = Owner::Program;
    found.protect = *protect;
  } else if (is_module(kernel, base)) {
    found.owner = Owner::Image;
    found.protect = PAGE_EXECUTE_WRITECOPY;
  } else {
    found.protect = PAGE_READWRITE;
  }
  return found;
}

bool all_committed(Kernel& kernel, const PageRange& range) {
  for (GuestAddr at = range.begin; at != range.end();) {
    const emu::RegionInfo run = kernel.address_space().query(at);
    if (run.state != emu::PageState::Committed) return false;
    const GuestAddr next = after(run);
    at = next - at < range.end() - at ? next : range.end();
  }
  return true;
}

std::optional<GuestAddr> find_free_from_top(Kernel& kernel, std::uint32_t size) {
  std::optional<GuestAddr> best;
  for (GuestAddr at = kUserAddresses.begin; kUserAddresses.contains(at);) {
    const emu::RegionInfo run = kernel.address_space().query(at);
    const GuestAddr end = after(run);
    if (run.state == emu::PageState::Free && end - at >= size) {
      const GuestAddr candidate{(end - size).value & ~(kAllocationUnit - 1)};
      if (candidate >= at) best = candidate;
    }
    at = end;
  }
  return best;
}

}  // namespace sehlab::services
