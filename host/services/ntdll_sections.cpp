// Sections and their views. Views of one section are the same memory; those that copy on write
// are a copy from the beginning.
#include <algorithm>
#include <cstdint>
#include <optional>

#include "host/services/disk_files.hpp"
#include "host/services/gate_services.hpp"
#include "host/services/guest_memory.hpp"
#include "host/services/new_object.hpp"
#include "host/services/nt_values.hpp"
#include "host/services/page_protection.hpp"
#include "host/services/reservation.hpp"
#include "host/services/section.hpp"
#include "host/win32/status.hpp"

namespace sehlab::services {

void write_back(const View& view) {
  const Section& section = *view.section;
  if (!section.file || view.protect != PAGE_READWRITE) return;
  auto& data = section.file->data.edit();
  const std::size_t end =
      std::min<std::size_t>({view.offset + view.size, section.size, data.size()});
  if (view.offset >= end) return;
  const auto from = section.pages->bytes().subspan(view.offset, end - view.offset);
  std::ranges::copy(from, data.begin() + view.offset);
}

namespace gates {
namespace {

constexpr std::uint32_t STATUS_INVALID_VIEW_SIZE = 0xC000001F, STATUS_SECTION_TOO_BIG = 0xC0000040,
                        STATUS_MAPPED_FILE_SIZE_ZERO = 0xC000011E,
                        STATUS_MAPPED_ALIGNMENT = 0xC0000220, STATUS_NOT_MAPPED_VIEW = 0xC0000019;
constexpr std::uint32_t kCommit = 0x08000000;  // SEC_COMMIT

std::uint32_t whole_pages(std::uint32_t bytes) {
  return (bytes + kPageSize - 1) & ~(kPageSize - 1);
}

bool copies(std::uint32_t protect) {
  return protect == PAGE_WRITECOPY;
}

/// Rights that the file's handle must have for a section of this protection.
std::uint32_t rights_for(std::uint32_t protect) {
  return protect == PAGE_READWRITE ? kFileRead | kFileWrite : kFileRead;
}

/// The section's size from the one that was asked for and the file's; or why there is none.
std::optional<NtStatus> settle_size(GateCall& call, const OpenFile* file, std::uint32_t protect,
                                    std::uint64_t& size) {
  if (file == nullptr) {
    if (size == 0) return STATUS_INVALID_PARAMETER_4;
  } else if (size == 0) {
    size = file->node->data.size();
    if (size == 0) return STATUS_MAPPED_FILE_SIZE_ZERO;
  } else if (size > file->node->data.size()) {
    if (protect != PAGE_READWRITE) return STATUS_SECTION_TOO_BIG;
    if (!call.kernel.file_tree().resize(*file->node, size)) return STATUS_DISK_FULL;
  }
  if (size > std::uint64_t{kCommitLimitPages} * kPageSize) return STATUS_COMMITMENT_LIMIT;
  return std::nullopt;
}

Outcome create(GateCall& call, const OpenFile* file, std::uint64_t size) {
  const std::uint32_t protect = call.argument[4];
  if (const auto refused = settle_size(call, file, protect, size)) return returned(*refused);
  const auto bytes = static_cast<std::uint32_t>(size);
  auto section = std::make_shared<Section>();
  section->pages = call.kernel.address_space().share(whole_pages(bytes));
  if (!section->pages) return returned(win32::STATUS_NO_MEMORY);
  section->size = bytes;
  section->writable = protect == PAGE_READWRITE;
  if (file != nullptr) {
    section->file = file->node;
    std::ranges::copy(file->node->data.view().first(bytes), section->pages->bytes().begin());
  }
  return create_object(call, ObjectKind::Section, [&] { return call.kernel.add_section(section); });
}

/// Where a view goes: *base, or anywhere.
std::optional<GuestAddr> place(GateCall& call, GuestAddr wanted, std::uint32_t size) {
  if (wanted == GuestAddr{}) {
    return call.kernel.address_space().find_free(size, kUserAddresses, kAllocationUnit);
  }
  const auto range = page_range(wanted, size);
  return range ? std::optional(range->begin) : std::nullopt;
}

Result<> show(GateCall& call, const View& view, GuestAddr at) {
  emu::AddressSpace& space = call.kernel.address_space();
  if (!copies(view.protect)) {
    const auto parsed = parse_protection(view.protect, false);
    return space.reserve_view(at, view.size, *parsed.rights, view.section->pages, view.offset);
  }
  if (auto done = space.reserve(at, view.size); !done) return done;
  if (auto done = space.commit(at, view.size, emu::kReadWrite); !done) {
    static_cast<void>(space.release(at));
    return done;
  }
  static_cast<void>(
      space.raw().write(at, view.section->pages->bytes().subspan(view.offset, view.size)));
  return {};
}

}  // namespace

Outcome NtCreateSection(GateCall& call) {
  const std::uint32_t protect = call.argument[4], allocation = call.argument[5];
  const Handle handle = call.argument[6];
  std::uint64_t size = 0;
  if (pointer(call, 3) != GuestAddr{}) {
    if (auto fault = call.memory.read_object(pointer(call, 3), size)) {
      return returned(status_of_fault(*fault));
    }
  }
  if (protect == PAGE_EXECUTE_READ || protect == PAGE_EXECUTE_READWRITE ||
      protect == PAGE_EXECUTE_WRITECOPY || protect == PAGE_EXECUTE) {
    return Unmodelled{"a section that can be executed"};
  }
  if (protect != PAGE_READONLY && protect != PAGE_READWRITE && !copies(protect)) {
    return returned(win32::STATUS_INVALID_PAGE_PROTECTION);
  }
  if (allocation != kCommit) return Unmodelled{"a section that is not committed memory"};
  if (handle == 0) return create(call, nullptr, size);
  const auto file = call.kernel.file_of(handle);
  if (!file) return returned(win32::STATUS_INVALID_HANDLE);
  if (file->node->directory) return returned(STATUS_FILE_IS_A_DIRECTORY);
  if ((rights_for(protect) & ~file->access) != 0) return returned(win32::STATUS_ACCESS_DENIED);
  return create(call, file.get(), size);
}

Outcome NtOpenSection(GateCall& call) {
  return open_object(call, ObjectKind::Section);
}

Outcome NtMapViewOfSection(GateCall& call) {
  const std::uint32_t protect = call.argument[9];
  const auto section = call.kernel.section_of(call.argument[0]);
  GuestAddr wanted;
  std::uint64_t offset = 0;
  std::uint32_t bytes = 0;
  if (!section || call.argument[1] != kCurrentProcess) {
    return returned(call.kernel.kind_of(call.argument[0]) && !section
                        ? win32::STATUS_OBJECT_TYPE_MISMATCH
                        : win32::STATUS_INVALID_HANDLE);
  }
  for (const std::size_t index : {2u, 6u}) {
    if (auto fault = probe_write(call, pointer(call, index), 4)) {
      return returned(status_of_fault(*fault));
    }
  }
  static_cast<void>(call.memory.read_object(pointer(call, 2), wanted.value));
  static_cast<void>(call.memory.read_object(pointer(call, 6), bytes));
  if (pointer(call, 5) != GuestAddr{}) {
    if (auto fault = call.memory.read_object(pointer(call, 5), offset)) {
      return returned(status_of_fault(*fault));
    }
  }
  if (call.argument[3] != 0 || call.argument[8] != 0) {
    return Unmodelled{"zero bits or an allocation type of NtMapViewOfSection"};
  }
  if (protect != PAGE_READONLY && protect != PAGE_READWRITE && !copies(protect) &&
      protect != PAGE_NOACCESS) {
    return Unmodelled{"this protection of a view"};
  }
  if (protect == PAGE_READWRITE && !section->writable) {
    return returned(win32::STATUS_ACCESS_DENIED);
  }
  if (offset % kAllocationUnit != 0 || wanted.value % kAllocationUnit != 0) {
    return returned(STATUS_MAPPED_ALIGNMENT);
  }
  const std::uint32_t whole = whole_pages(section->size);
  if (offset >= whole) return returned(STATUS_INVALID_VIEW_SIZE);
  const auto start = static_cast<std::uint32_t>(offset);
  if (bytes > whole - start) return returned(STATUS_INVALID_VIEW_SIZE);
  const View view{section, start, whole_pages(bytes == 0 ? section->size - start : bytes), protect};
  const std::uint32_t used = call.kernel.address_space().committed_pages();
  if (used + view.size / kPageSize > kCommitLimitPages) return returned(STATUS_COMMITMENT_LIMIT);
  const auto at = place(call, wanted, view.size);
  if (!at) {
    return returned(wanted == GuestAddr{} ? win32::STATUS_NO_MEMORY
                                          : win32::STATUS_CONFLICTING_ADDRESSES);
  }
  if (!show(call, view, *at)) return returned(win32::STATUS_CONFLICTING_ADDRESSES);
  call.kernel.views()[*at] = view;
  write_probed(call, pointer(call, 2), at->value);
  write_probed(call, pointer(call, 6), view.size);
  return returned(win32::STATUS_SUCCESS);
}

/// Any address in the view will do.
Outcome NtUnmapViewOfSection(GateCall& call) {
  if (call.argument[0] != kCurrentProcess) return returned(win32::STATUS_INVALID_HANDLE);
  auto& views = call.kernel.views();
  const auto reservation = reservation_at(call.kernel, pointer(call, 1));
  const auto found = reservation ? views.find(reservation->range.begin) : views.end();
  if (found == views.end()) return returned(STATUS_NOT_MAPPED_VIEW);
  write_back(found->second);
  static_cast<void>(call.kernel.address_space().release(found->first));
  views.erase(found);
  return returned(win32::STATUS_SUCCESS);
}

Outcome NtFlushVirtualMemory(GateCall& call) {
  GuestAddr base;
  if (call.argument[0] != kCurrentProcess) return returned(win32::STATUS_INVALID_HANDLE);
  if (auto fault = call.memory.read_object(pointer(call, 1), base.value)) {
    return returned(status_of_fault(*fault));
  }
  if (auto fault = probe_write(call, pointer(call, 3), 8)) return returned(status_of_fault(*fault));
  const auto reservation = reservation_at(call.kernel, base);
  const auto& views = call.kernel.views();
  const auto found = reservation ? views.find(reservation->range.begin) : views.end();
  if (found == views.end()) return returned(STATUS_NOT_MAPPED_VIEW);
  write_back(found->second);
  return io_done(call, 3, win32::STATUS_SUCCESS, 0);
}

}  // namespace gates
}  // namespace sehlab::services
