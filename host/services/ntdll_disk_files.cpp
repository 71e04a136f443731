// Files and folders by name: NtCreateFile and what it opens. The tree is host/services/file_tree.
#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "host/services/disk_files.hpp"
#include "host/services/file_tree.hpp"
#include "host/services/gate_services.hpp"
#include "host/services/guest_memory.hpp"
#include "host/services/new_object.hpp"
#include "host/services/nt_values.hpp"
#include "host/win32/status.hpp"

namespace sehlab::services::gates {
namespace {

using win32::STATUS_SUCCESS;
// dispositions of NtCreateFile and what its Information says was done
constexpr std::uint32_t kSupersede = 0, kOpen = 1, kCreate = 2, kOverwrite = 4, kOverwriteIf = 5;
constexpr std::uint32_t kOpened = 1, kCreated = 2, kOverwritten = 3;
constexpr std::uint32_t kDirectoryFile = 0x1, kNonDirectoryFile = 0x40, kDeleteOnClose = 0x1000;
// rights: generic ones, FILE_READ_DATA, FILE_WRITE_DATA, FILE_APPEND_DATA, DELETE
constexpr std::uint32_t kReads = 0x80000001, kWrites = 0x40000002, kAppends = 0x4,
                        kDeletes = 0x10000, kAll = 0x10000000;

std::uint32_t rights_of(std::uint32_t access) {
  std::uint32_t rights = 0;
  if ((access & (kReads | kAll)) != 0) rights |= kFileRead;
  if ((access & (kWrites | kAppends | kAll)) != 0) rights |= kFileWrite;
  if ((access & (kDeletes | kAll)) != 0) rights |= kFileDelete;
  return rights;
}

struct Opening {
  std::uint32_t access, share, disposition, options, attributes;
};

/// Why what is there is not opened so.
std::optional<NtStatus> refuse_node(FileNode& node, const Opening& how) {
  if (how.disposition == kCreate) return STATUS_OBJECT_NAME_COLLISION;
  if (node.directory && (how.options & kNonDirectoryFile) != 0) return STATUS_FILE_IS_A_DIRECTORY;
  if (!node.directory && (how.options & kDirectoryFile) != 0) return STATUS_NOT_A_DIRECTORY;
  const bool overwrites = how.disposition == kSupersede || how.disposition >= kOverwrite;
  if (node.directory && overwrites) return STATUS_OBJECT_NAME_COLLISION;
  const std::uint32_t rights = rights_of(how.access) | (overwrites ? kFileWrite : 0);
  if (node.read_only && !node.directory && (rights & kFileWrite) != 0) {
    return win32::STATUS_ACCESS_DENIED;
  }
  if (node.read_only && (how.options & kDeleteOnClose) != 0) return STATUS_CANNOT_DELETE;
  for (const auto& weak : node.opened) {
    if (const auto file = weak.lock(); file && file->delete_on_close) return STATUS_DELETE_PENDING;
  }
  if (!FileTree::shared(node, rights, how.share)) return STATUS_SHARING_VIOLATION;
  return std::nullopt;
}

std::uint64_t where(GateCall& call, OpenFile& file, GuestAddr offset,
                    std::optional<emu::Fault>& fault) {
  std::int64_t given = -2;  // FILE_USE_FILE_POINTER_POSITION
  if (offset != GuestAddr{}) fault = call.memory.read_object(offset, given);
  if (given == -1 || file.append_only) return file.node->data.size();
  return given < 0 ? file.position : static_cast<std::uint64_t>(given);
}

}  // namespace

Outcome NtCreateFile(GateCall& call) {
  const Opening how{call.argument[1], call.argument[6] & 7, call.argument[7], call.argument[8],
                    call.argument[5]};
  for (const std::size_t index : {0u, 3u}) {
    if (auto fault = probe_write(call, pointer(call, index), index == 0 ? 4 : 8)) {
      return returned(status_of_fault(*fault));
    }
  }
  if (how.disposition > kOverwriteIf) return returned(win32::STATUS_INVALID_PARAMETER);
  const Path path = read_path(call, pointer(call, 2));
  if (path.refused) return *path.refused;
  // kernel32 spells the console's two names so.
  if (path.text == u"\\??\\CONIN$" || path.text == u"\\??\\CONOUT$") {
    write_probed(call, pointer(call, 3), IoStatus{STATUS_SUCCESS, kOpened});
    const bool input = path.text.ends_with(u"IN$");
    return give_handle(call, call.kernel.add_stream(input ? Stream::Input : Stream::Output));
  }
  FileTree& tree = call.kernel.file_tree();
  auto [status, place] = tree.find(path.text);
  if (status != STATUS_SUCCESS) return returned(status);
  std::uint32_t done = kOpened;
  if (place.node) {
    if (const auto refused = refuse_node(*place.node, how)) return returned(*refused);
    if (how.disposition == kSupersede || how.disposition >= kOverwrite) {
      static_cast<void>(tree.resize(*place.node, 0));
      place.node->written = system_now(call);
      place.node->read_only = (how.attributes & kReadOnly) != 0;
      done = kOverwritten;
    }
  } else {
    if (how.disposition == kOpen || how.disposition == kOverwrite) {
      return returned(STATUS_OBJECT_NAME_NOT_FOUND);
    }
    place.node = tree.make(place, (how.options & kDirectoryFile) != 0, system_now(call));
    if (!place.node) return returned(STATUS_DISK_FULL);
    place.node->read_only = (how.attributes & kReadOnly) != 0;
    done = kCreated;
  }
  auto file = std::make_shared<OpenFile>();
  file->node = place.node;
  file->access = rights_of(how.access);
  file->share = how.share;
  file->append_only = (how.access & (kWrites | kAll)) == 0 && (how.access & kAppends) != 0;
  file->delete_on_close = (how.options & kDeleteOnClose) != 0;
  place.node->opened.push_back(file);
  write_probed(call, pointer(call, 3), IoStatus{STATUS_SUCCESS, done});
  return give_handle(call, call.kernel.add_file(std::move(file)));
}

Outcome write_disk_file(GateCall& call, std::span<const std::byte> data) {
  const Opened target = opened(call, kFileWrite);
  if (target.refused) return *target.refused;
  OpenFile& file = *target.file;
  std::optional<emu::Fault> fault;
  const std::uint64_t at = where(call, file, pointer(call, 7), fault);
  if (fault) return returned(status_of_fault(*fault));
  if (file.node->directory) return returned(win32::STATUS_INVALID_PARAMETER);
  const std::uint64_t end = at + data.size();
  if (end > file.node->data.size() && !call.kernel.file_tree().resize(*file.node, end)) {
    return returned(STATUS_DISK_FULL);
  }
  std::ranges::copy(data, file.node->data.edit().begin() + static_cast<std::ptrdiff_t>(at));
  file.position = end;
  file.node->written = system_now(call);
  return io_done(call, 4, STATUS_SUCCESS, static_cast<std::uint32_t>(data.size()));
}

Outcome read_disk_file(GateCall& call) {
  const Opened source = opened(call, kFileRead);
  if (source.refused) return *source.refused;
  OpenFile& file = *source.file;
  std::optional<emu::Fault> fault;
  const std::uint64_t at = where(call, file, pointer(call, 7), fault);
  if (fault) return returned(status_of_fault(*fault));
  if (file.node->directory) return returned(win32::STATUS_INVALID_PARAMETER);
  const auto data = file.node->data.view();
  if (call.argument[6] != 0 && at >= data.size()) return io_done(call, 4, STATUS_END_OF_FILE, 0);
  const auto bytes = static_cast<std::uint32_t>(std::min<std::uint64_t>(
      call.argument[6], data.size() - std::min<std::uint64_t>(at, data.size())));
  if (auto bad =
          call.memory.write(pointer(call, 5), std::span(data).subspan(bytes ? at : 0, bytes))) {
    return returned(status_of_fault(*bad));
  }
  file.position = at + bytes;
  return io_done(call, 4, STATUS_SUCCESS, bytes);
}

Outcome NtFlushBuffersFile(GateCall& call) {
  const Opened target = opened(call, kFileWrite);
  if (auto fault = probe_write(call, pointer(call, 1), 8)) return returned(status_of_fault(*fault));
  if (target.refused) return *target.refused;
  return io_done(call, 1, STATUS_SUCCESS, 0);
}

Outcome NtQueryFullAttributesFile(GateCall& call) {
  const Path path = read_path(call, pointer(call, 0));
  if (path.refused) return *path.refused;
  const auto found = call.kernel.file_tree().find(path.text);
  if (found.status != STATUS_SUCCESS) return returned(found.status);
  if (!found.place.node) return returned(STATUS_OBJECT_NAME_NOT_FOUND);
  if (auto fault = call.memory.write_object(pointer(call, 1), tell(*found.place.node))) {
    return returned(status_of_fault(*fault));
  }
  return returned(STATUS_SUCCESS);
}

}  // namespace sehlab::services::gates
