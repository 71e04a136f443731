#include "emu/guest_memory.hpp"

#include <algorithm>
#include <cstring>

namespace sehlab::emu {
namespace {

/// First byte of [at, at+size) on a page without any of `wanted`; nullopt when there is none.
/// A range that wraps round meets the top of the space, which is never accessible.
std::optional<GuestAddr> first_without(const PageTable& table, GuestAddr at, std::size_t size,
                                       std::uint16_t wanted) {
  const std::uint64_t end = std::uint64_t{at.value} + size;
  for (std::uint64_t next = at.value; next < end; next = (next | (kPageSize - 1)) + 1) {
    const GuestAddr address{static_cast<std::uint32_t>(next)};
    if (!table.at(address).has(wanted)) return address;
  }
  return std::nullopt;
}

/// Calls step(page entry, offset in the page, offset in the range, length) for each page's part.
template <typename Step>
void for_each_part(const PageTable& table, GuestAddr at, std::size_t size, Step step) {
  for (std::size_t done = 0; done < size;) {
    const GuestAddr address = at + static_cast<std::uint32_t>(done);
    const std::size_t offset = address.value % kPageSize;
    const std::size_t length = std::min(size - done, kPageSize - offset);
    step(table.at(address), address, done, length);
    done += length;
  }
}

void copy_out(const PageTable& table, GuestAddr from, std::span<std::byte> to) {
  for_each_part(table, from, to.size(),
                [&](const PageEntry& page, GuestAddr at, std::size_t done, std::size_t length) {
                  std::memcpy(to.data() + done, page.host + at.value % kPageSize, length);
                });
}

void copy_in(Engine& engine, const PageTable& table, WrittenPages& written, GuestAddr to,
             std::span<const std::byte> from) {
  for_each_part(table, to, from.size(),
                [&](const PageEntry& page, GuestAddr at, std::size_t done, std::size_t length) {
                  if (page.has(PageEntry::kClean)) written.note(at);
                  std::memcpy(page.host + at.value % kPageSize, from.data() + done, length);
                  if (page.has(PageEntry::kCanExecute)) engine.drop_code(at.page(), kPageSize);
                });
}

bool within_page(GuestAddr at, std::size_t size) {
  return at.value % kPageSize + size <= kPageSize;
}

}  // namespace

Fault page_fault(const PageTable& table, Access access, GuestAddr address) {
  const PageEntry& page = table.at(address);
  const bool guard = page.has(PageEntry::kCommitted) && page.has(PageEntry::kGuard);
  return {.kind = guard ? FaultKind::GuardPage : FaultKind::Page,
          .vector = 14,
          .access = access,
          .address = address,
          .eip = {},
          .trap = false,
          .next_eip = {}};
}

std::optional<Fault> GuestMemory::read(GuestAddr from, std::span<std::byte> to) {
  if (to.empty()) return std::nullopt;
  const PageEntry& page = table_.at(from);
  if (page.has(PageEntry::kCanRead) && within_page(from, to.size())) [[likely]] {
    std::memcpy(to.data(), page.host + from.value % kPageSize, to.size());
    return std::nullopt;
  }
  if (const auto bad = first_without(table_, from, to.size(), PageEntry::kCanRead))
    return page_fault(table_, Access::Read, *bad);
  copy_out(table_, from, to);
  return std::nullopt;
}

std::optional<Fault> GuestMemory::write(GuestAddr to, std::span<const std::byte> from) {
  if (from.empty()) return std::nullopt;
  const PageEntry& page = table_.at(to);
  constexpr std::uint16_t kAsked =
      PageEntry::kCanWrite | PageEntry::kCanExecute | PageEntry::kClean;
  if ((page.bits & kAsked) == PageEntry::kCanWrite && within_page(to, from.size())) [[likely]] {
    std::memcpy(page.host + to.value % kPageSize, from.data(), from.size());
    return std::nullopt;
  }
  if (const auto bad = first_without(table_, to, from.size(), PageEntry::kCanWrite))
    return page_fault(table_, Access::Write, *bad);
  copy_in(engine_, table_, written_, to, from);
  return std::nullopt;
}

bool RawMemory::read(GuestAddr from, std::span<std::byte> to) const {
  if (to.empty()) return true;
  const PageEntry& page = table_.at(from);
  if (page.has(PageEntry::kCommitted) && within_page(from, to.size())) [[likely]] {
    std::memcpy(to.data(), page.host + from.value % kPageSize, to.size());
    return true;
  }
  if (first_without(table_, from, to.size(), PageEntry::kCommitted)) return false;
  copy_out(table_, from, to);
  return true;
}

bool RawMemory::write(GuestAddr to, std::span<const std::byte> from) {
  if (first_without(table_, to, from.size(), PageEntry::kCommitted)) return false;
  copy_in(engine_, table_, written_, to, from);
  return true;
}

}  // namespace sehlab::emu
