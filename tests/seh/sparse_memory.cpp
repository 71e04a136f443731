#include "sparse_memory.hpp"

#include <doctest/doctest.h>

namespace sehlab::seh::testing {

void SparseMemory::commit(GuestAddr at, std::uint32_t bytes, Rights rights) {
  for (GuestAddr page = at.page(); page < at + bytes; page += kPageSize) {
    pages_[page.value].rights = rights;
  }
}

void SparseMemory::decommit(GuestAddr at, std::uint32_t bytes) {
  for (GuestAddr page = at.page(); page < at + bytes; page += kPageSize) pages_.erase(page.value);
}

std::optional<emu::Fault> SparseMemory::check(GuestAddr at, std::size_t bytes, emu::Access access) {
  for (std::size_t i = 0; i < bytes;) {
    const GuestAddr here = at + static_cast<std::uint32_t>(i);
    const auto page = pages_.find(here.page().value);
    emu::Fault fault;
    fault.access = access;
    fault.address = here;
    if (page == pages_.end()) return fault;
    Rights& rights = page->second.rights;
    if (rights.guard) {
      fault.kind = emu::FaultKind::GuardPage;
      return fault;
    }
    if (rights.overflow) {  // the last page of a stack: usable from the second access on
      rights.overflow = false;
      fault.kind = emu::FaultKind::StackOverflow;
      return fault;
    }
    if (access == emu::Access::Write ? !rights.write : !rights.read) return fault;
    i += kPageSize - here.value % kPageSize;
  }
  return std::nullopt;
}

std::optional<emu::Fault> SparseMemory::read(GuestAddr from, std::span<std::byte> to) {
  auto fault = check(from, to.size(), emu::Access::Read);
  touches.push_back({from, static_cast<std::uint32_t>(to.size()), false, fault.has_value()});
  if (!fault) copy_out(from, to);
  return fault;
}

std::optional<emu::Fault> SparseMemory::write(GuestAddr to, std::span<const std::byte> from) {
  auto fault = check(to, from.size(), emu::Access::Write);
  touches.push_back({to, static_cast<std::uint32_t>(from.size()), true, fault.has_value()});
  if (!fault) copy_in(to, from);
  return fault;
}

bool SparseMemory::present(GuestAddr at, std::size_t bytes) const {
  for (std::size_t i = 0; i < bytes; ++i) {
    if (!pages_.contains((at + static_cast<std::uint32_t>(i)).page().value)) return false;
  }
  return true;
}

void SparseMemory::copy_out(GuestAddr from, std::span<std::byte> to) const {
  REQUIRE(present(from, to.size()));
  for (std::size_t i = 0; i < to.size(); ++i) {
    const GuestAddr at = from + static_cast<std::uint32_t>(i);
    to[i] = pages_.at(at.page().value).bytes[at.value % kPageSize];
  }
}

void SparseMemory::copy_in(GuestAddr to, std::span<const std::byte> from) {
  REQUIRE(present(to, from.size()));
  for (std::size_t i = 0; i < from.size(); ++i) {
    const GuestAddr at = to + static_cast<std::uint32_t>(i);
    pages_.at(at.page().value).bytes[at.value % kPageSize] = from[i];
  }
}

bool SparseMemory::Raw::read(GuestAddr from, std::span<std::byte> to) const {
  if (!memory_.present(from, to.size())) return false;
  memory_.copy_out(from, to);
  return true;
}

bool SparseMemory::Raw::write(GuestAddr to, std::span<const std::byte> from) {
  if (!memory_.present(to, from.size())) return false;
  memory_.copy_in(to, from);
  return true;
}

}  // namespace sehlab::seh::testing
