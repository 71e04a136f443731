#include "host/process/stacks.hpp"

#include <algorithm>
#include <cstddef>

#include "host/win32/teb.hpp"

namespace sehlab::process {
namespace {

constexpr emu::Protection kGuardPage{true, true, false, true};

std::uint32_t round_to_pages(std::uint32_t bytes) {
  return (bytes + kPageSize - 1) & ~(kPageSize - 1);
}

}  // namespace

Result<StackBounds> make_stack(emu::AddressSpace& space, GuestAddr at, std::uint32_t reserve,
                               std::uint32_t commit) {
  if (auto reserved = space.reserve(at, reserve); !reserved)
    return tl::make_unexpected(reserved.error());
  if (auto fast = space.make_stores_fast(at); !fast) return tl::make_unexpected(fast.error());
  const GuestAddr base = at + reserve;
  // The lowest page of a reservation is never committed, so that running off the end faults.
  commit = std::min(commit, reserve);
  const bool all = commit >= reserve - kPageSize;
  const std::uint32_t most = reserve - (all ? 1 : 2) * kPageSize;
  const std::uint32_t committed = std::clamp(round_to_pages(commit), kPageSize, most);
  const GuestAddr limit = base - committed;
  if (auto done = space.commit(limit, committed, emu::kReadWrite); !done) {
    return tl::make_unexpected(done.error());
  }
  if (limit - kPageSize > at) {
    if (auto done = space.commit(limit - kPageSize, kPageSize, kGuardPage); !done) {
      return tl::make_unexpected(done.error());
    }
  }
  return StackBounds{{at, base}, limit};
}

Growth grow_stack(emu::AddressSpace& space, GuestAddr teb, GuestAddr address) {
  const auto tib = space.raw().get<win32::NtTib>(teb);
  const auto bottom = space.raw().get<std::uint32_t>(teb + offsetof(win32::Teb, DeallocationStack));
  if (!tib || !bottom) return Growth::NotStack;
  const GuestAddr page = address.page();
  // Only the page right below StackLimit is this stack's guard page.
  if (page + kPageSize != GuestAddr{tib->StackLimit} || page <= GuestAddr{*bottom}) {
    return Growth::NotStack;
  }
  const auto rights = space.page(page);
  if (!rights || !rights->guard) return Growth::NotStack;
  if (!space.protect(page, kPageSize, emu::kReadWrite)) return Growth::NotStack;
  if (!space.raw().put(teb + offsetof(win32::NtTib, StackLimit), page.value))
    return Growth::NotStack;
  const GuestAddr next = page - kPageSize;
  // SetThreadStackGuarantee: what it kept back is the handler's when the rest is used up.
  const auto kept =
      space.raw().get<std::uint32_t>(teb + offsetof(win32::Teb, GuaranteedStackBytes));
  const std::uint32_t guaranteed =
      round_to_pages(std::min(kept.value_or(0), page - GuestAddr{*bottom}));
  if (guaranteed != 0 && next <= GuestAddr{*bottom} + guaranteed) {
    const GuestAddr lowest = GuestAddr{*bottom} + kPageSize;
    if (lowest < page && space.commit(lowest, page - lowest, emu::kReadWrite)) {
      static_cast<void>(space.raw().put(teb + offsetof(win32::NtTib, StackLimit), lowest.value));
    }
    return Growth::Overflow;
  }
  if (next <= GuestAddr{*bottom}) return Growth::Overflow;
  return space.commit(next, kPageSize, kGuardPage) ? Growth::Grown : Growth::Overflow;
}

}  // namespace sehlab::process
