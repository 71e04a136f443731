// Virtual memory: reserve, commit, protect, free.
#include <array>
#include <cstdint>
#include <optional>

#include "host/services/gate_services.hpp"
#include "host/services/guest_memory.hpp"
#include "host/services/nt_values.hpp"
#include "host/services/page_protection.hpp"
#include "host/services/reservation.hpp"
#include "host/win32/status.hpp"

namespace sehlab::services::gates {
namespace {

constexpr std::uint32_t STATUS_ALREADY_COMMITTED = 0xC0000021;
constexpr std::uint32_t STATUS_UNABLE_TO_DELETE_SECTION = 0xC000001B;

/// The range that a call names by two pointers, *base and *bytes.
struct NamedRange {
  GuestAddr base;
  std::uint32_t bytes = 0;
  std::optional<Outcome> refused;
};

NamedRange read_range(GateCall& call, std::size_t base_index, std::size_t bytes_index) {
  NamedRange range;
  if (call.argument[0] != kCurrentProcess) {
    range.refused = returned(win32::STATUS_INVALID_HANDLE);
    return range;
  }
  for (const std::size_t index : {base_index, bytes_index}) {
    if (auto fault = probe_write(call, pointer(call, index), 4)) {
      range.refused = returned(status_of_fault(*fault));
      return range;
    }
  }
  static_cast<void>(call.memory.read_object(pointer(call, base_index), range.base.value));
  static_cast<void>(call.memory.read_object(pointer(call, bytes_index), range.bytes));
  return range;
}

void write_range(GateCall& call, std::size_t base_index, std::size_t bytes_index,
                 const PageRange& range) {
  write_probed(call, pointer(call, base_index), range.begin.value);
  write_probed(call, pointer(call, bytes_index), range.size);
}

bool within_commit_limit(Kernel& kernel, std::uint32_t bytes) {
  const std::uint32_t used = kernel.address_space().committed_pages();
  return used <= kCommitLimitPages && bytes / kPageSize <= kCommitLimitPages - used;
}

/// Where a new reservation goes: *base rounded down to the allocation unit, or anywhere.
std::optional<PageRange> place(Kernel& kernel, const NamedRange& wanted, bool top_down,
                               NtStatus& status) {
  if (wanted.base != GuestAddr{}) {
    const GuestAddr begin{wanted.base.value & ~(kAllocationUnit - 1)};
    status = STATUS_INVALID_PARAMETER_4;
    if (wanted.bytes > kUserAddresses.end - begin) return std::nullopt;
    return page_range(begin, wanted.base - begin + wanted.bytes);
  }
  status = win32::STATUS_NO_MEMORY;
  const auto sized = page_range(kUserAddresses.begin, wanted.bytes);
  if (!sized) return std::nullopt;
  const auto at =
      top_down ? find_free_from_top(kernel, sized->size)
               : kernel.address_space().find_free(sized->size, kUserAddresses, kAllocationUnit);
  if (!at) return std::nullopt;
  return PageRange{*at, sized->size};
}

/// A new reservation, committed when `commit`.
Outcome reserve(GateCall& call, const NamedRange& wanted, const emu::Protection& rights,
                bool commit) {
  Kernel& kernel = call.kernel;
  const std::uint32_t type = call.argument[4], protect = call.argument[5];
  NtStatus status = win32::STATUS_SUCCESS;
  const auto range = place(kernel, wanted, (type & MEM_TOP_DOWN) != 0, status);
  if (!range) return returned(status);
  if (commit && !within_commit_limit(kernel, range->size)) return returned(STATUS_COMMITMENT_LIMIT);
  if (!kernel.address_space().reserve(range->begin, range->size)) {
    return returned(win32::STATUS_CONFLICTING_ADDRESSES);
  }
  if (commit && !kernel.address_space().commit(range->begin, range->size, rights)) {
    static_cast<void>(kernel.address_space().release(range->begin));
    return returned(win32::STATUS_NO_MEMORY);
  }
  kernel.note_allocation(range->begin, protect);
  write_range(call, 1, 3, *range);
  return returned(win32::STATUS_SUCCESS);
}

/// Commits pages of a reservation that is there.
Outcome commit(GateCall& call, const NamedRange& wanted, const emu::Protection& rights) {
  const auto range = page_range(wanted.base, wanted.bytes);
  if (!range) return returned(STATUS_INVALID_PARAMETER_2);
  const auto reservation = reservation_at(call.kernel, range->begin);
  if (!reservation || range->end() > reservation->range.end()) {
    return returned(win32::STATUS_CONFLICTING_ADDRESSES);
  }
  if (reservation->owner == Owner::Image || reservation->owner == Owner::View) {
    return returned(STATUS_ALREADY_COMMITTED);
  }
  if (!within_commit_limit(call.kernel, range->size)) return returned(STATUS_COMMITMENT_LIMIT);
  if (!call.kernel.address_space().commit(range->begin, range->size, rights)) {
    return returned(win32::STATUS_NO_MEMORY);
  }
  write_range(call, 1, 3, *range);
  return returned(win32::STATUS_SUCCESS);
}

/// What to give back, or why not.
std::optional<Outcome> refuse_free(const Reservation& reservation, std::uint32_t type) {
  if (reservation.owner == Owner::Program) return std::nullopt;
  if (reservation.owner == Owner::Image || reservation.owner == Owner::View) {
    return returned(STATUS_UNABLE_TO_DELETE_SECTION);
  }
  return Unmodelled{type == MEM_RELEASE ? "releasing memory that the system reserved"
                                        : "decommitting memory that the system reserved"};
}

Outcome release(GateCall& call, const Reservation& reservation, const NamedRange& wanted) {
  const PageRange& whole = reservation.range;
  if (wanted.bytes == 0 && wanted.base.page() != whole.begin) {
    return returned(STATUS_FREE_VM_NOT_AT_BASE);
  }
  if (wanted.bytes != 0) {
    const auto range = page_range(wanted.base, wanted.bytes);
    if (!range || range->end() > whole.end()) return returned(STATUS_UNABLE_TO_FREE_VM);
    if (range->begin != whole.begin || range->size != whole.size) {
      return Unmodelled{"releasing a part of a reservation"};
    }
  }
  if (!call.kernel.address_space().release(whole.begin)) return returned(STATUS_UNABLE_TO_FREE_VM);
  call.kernel.forget_allocation(whole.begin);
  write_range(call, 1, 2, whole);
  return returned(win32::STATUS_SUCCESS);
}

Outcome decommit(GateCall& call, const Reservation& reservation, const NamedRange& wanted) {
  PageRange range = reservation.range;
  if (wanted.bytes == 0) {
    if (wanted.base.page() != range.begin) return returned(STATUS_FREE_VM_NOT_AT_BASE);
  } else {
    const auto part = page_range(wanted.base, wanted.bytes);
    if (!part || part->end() > range.end()) return returned(STATUS_UNABLE_TO_FREE_VM);
    range = *part;
  }
  if (!call.kernel.address_space().decommit(range.begin, range.size)) {
    return returned(STATUS_UNABLE_TO_FREE_VM);
  }
  write_range(call, 1, 2, range);
  return returned(win32::STATUS_SUCCESS);
}

}  // namespace

Outcome NtAllocateVirtualMemory(GateCall& call) {
  constexpr std::uint32_t kModelled = MEM_COMMIT | MEM_RESERVE | MEM_TOP_DOWN;
  const std::uint32_t zero_bits = call.argument[2], type = call.argument[4];
  const NamedRange wanted = read_range(call, 1, 3);
  if (wanted.refused) return *wanted.refused;
  if (zero_bits > 21) return returned(STATUS_INVALID_PARAMETER_3);
  if (zero_bits != 0) return Unmodelled{"zero bits of NtAllocateVirtualMemory"};
  if ((type & (MEM_COMMIT | MEM_RESERVE | MEM_RESET)) == 0) {
    return returned(STATUS_INVALID_PARAMETER_5);
  }
  if ((type & ~kModelled) != 0) return Unmodelled{"an allocation type of NtAllocateVirtualMemory"};
  const ParsedProtection parsed = parse_protection(call.argument[5], false);
  if (!parsed.rights) return returned(win32::STATUS_INVALID_PAGE_PROTECTION);
  if (parsed.cache_control) return Unmodelled{"memory without the processor's cache"};
  if (wanted.base != GuestAddr{} && !kUserAddresses.contains(wanted.base)) {
    return returned(STATUS_INVALID_PARAMETER_2);
  }
  if (wanted.bytes == 0) return returned(STATUS_INVALID_PARAMETER_4);
  // Committing at no address in particular reserves as well.
  if ((type & MEM_RESERVE) != 0 || wanted.base == GuestAddr{}) {
    return reserve(call, wanted, *parsed.rights, (type & MEM_COMMIT) != 0);
  }
  return commit(call, wanted, *parsed.rights);
}

Outcome NtFreeVirtualMemory(GateCall& call) {
  const std::uint32_t type = call.argument[3];
  const NamedRange wanted = read_range(call, 1, 2);
  if (wanted.refused) return *wanted.refused;
  if (type != MEM_RELEASE && type != MEM_DECOMMIT) return returned(STATUS_INVALID_PARAMETER_4);
  if (!kUserAddresses.contains(wanted.base)) return returned(STATUS_INVALID_PARAMETER_2);
  const auto reservation = reservation_at(call.kernel, wanted.base);
  if (!reservation) return returned(STATUS_MEMORY_NOT_ALLOCATED);
  if (auto refused = refuse_free(*reservation, type)) return *refused;
  return type == MEM_RELEASE ? release(call, *reservation, wanted)
                             : decommit(call, *reservation, wanted);
}

Outcome NtProtectVirtualMemory(GateCall& call) {
  const GuestAddr old_out = pointer(call, 4);
  const NamedRange wanted = read_range(call, 1, 2);
  if (wanted.refused) return *wanted.refused;
  if (auto fault = probe_write(call, old_out, 4)) return returned(status_of_fault(*fault));
  if (wanted.bytes == 0) return returned(STATUS_INVALID_PARAMETER_3);
  const auto range = page_range(wanted.base, wanted.bytes);
  if (!range) return returned(STATUS_INVALID_PARAMETER_2);
  const auto reservation = reservation_at(call.kernel, range->begin);
  if (!reservation || range->end() > reservation->range.end()) {
    return returned(win32::STATUS_CONFLICTING_ADDRESSES);
  }
  const auto parsed = parse_protection(call.argument[3], reservation->owner == Owner::Image);
  if (!parsed.rights) return returned(win32::STATUS_INVALID_PAGE_PROTECTION);
  if (parsed.cache_control) return Unmodelled{"memory without the processor's cache"};
  if (reservation->owner == Owner::View) {
    constexpr std::uint32_t STATUS_SECTION_PROTECTION = 0xC000004E;
    if (parsed.rights->execute) return Unmodelled{"code in a view of a section"};
    if (parsed.rights->write && reservation->protect == PAGE_READONLY) {
      return returned(STATUS_SECTION_PROTECTION);
    }
  }
  if (!all_committed(call.kernel, *range)) return returned(STATUS_NOT_COMMITTED);
  const std::uint32_t old =
      page_value(call.kernel.address_space().page(range->begin).value_or(emu::kNoAccess));
  if (!call.kernel.address_space().protect(range->begin, range->size, *parsed.rights)) {
    return returned(STATUS_NOT_COMMITTED);
  }
  write_range(call, 1, 2, *range);
  write_probed(call, old_out, old);
  return returned(win32::STATUS_SUCCESS);
}

Outcome NtFlushInstructionCache(GateCall& call) {
  // The machine sees every store to code by itself.
  return returned(call.argument[0] == kCurrentProcess ? win32::STATUS_SUCCESS
                                                      : win32::STATUS_INVALID_HANDLE);
}

}  // namespace sehlab::services::gates
