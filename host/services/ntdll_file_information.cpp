// What is asked of open files and told to them, renaming and removal among it, and the listings of
// folders.
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

/// FILE_RENAME_INFORMATION: ReplaceIfExists, RootDirectory, FileNameLength, FileName.
Outcome rename(GateCall& call, OpenFile& file) {
  struct {
    std::uint32_t replace, root, bytes;
  } head{};
  std::u16string path;
  auto fault = call.memory.read_object(pointer(call, 2), head);
  if (!fault && head.bytes > 0xffff) return returned(STATUS_OBJECT_NAME_INVALID);
  if (!fault) {
    path.resize(head.bytes / 2);
    fault = call.memory.read(pointer(call, 2) + 12, std::as_writable_bytes(std::span(path)));
  }
  if (fault) return returned(status_of_fault(*fault));
  FileTree& tree = call.kernel.file_tree();
  const auto [status, to] = tree.find(path);
  if (status != STATUS_SUCCESS) return returned(status);
  if (!to.folder || file.node == tree.root()) return returned(win32::STATUS_ACCESS_DENIED);
  if (to.node && to.node != file.node) {
    if ((head.replace & 0xff) == 0) return returned(STATUS_OBJECT_NAME_COLLISION);
    if (to.node->directory || to.node->read_only) return returned(win32::STATUS_ACCESS_DENIED);
    if (!FileTree::shared(*to.node, kFileDelete, 7)) return returned(win32::STATUS_ACCESS_DENIED);
  }
  if (!tree.move(file.node, to)) return returned(STATUS_SHARING_VIOLATION);
  return io_done(call, 1, STATUS_SUCCESS, 0);
}

Outcome dispose(GateCall& call, OpenFile& file, bool deletes) {
  if (deletes && file.node->read_only) return returned(STATUS_CANNOT_DELETE);
  if (deletes && !file.node->children.empty()) return returned(STATUS_DIRECTORY_NOT_EMPTY);
  if (deletes && file.node == call.kernel.file_tree().root()) return returned(STATUS_CANNOT_DELETE);
  file.delete_on_close = deletes;
  return io_done(call, 1, STATUS_SUCCESS, 0);
}

/// What NtQuery...File gives: the structure, if there is room, and the IO_STATUS_BLOCK.
template <typename T>
Outcome give(GateCall& call, const T& value) {
  if (call.argument[3] < sizeof(value)) return returned(win32::STATUS_INFO_LENGTH_MISMATCH);
  if (auto fault = call.memory.write_object(pointer(call, 2), value)) {
    return returned(status_of_fault(*fault));
  }
  return io_done(call, 1, STATUS_SUCCESS, sizeof(value));
}

/// FILE_NAME_INFORMATION: as much of the name as there is room for.
Outcome give_name(GateCall& call, const std::u16string& name) {
  const auto bytes = static_cast<std::uint32_t>(name.size() * 2);
  if (call.argument[3] < sizeof(bytes)) return returned(win32::STATUS_INFO_LENGTH_MISMATCH);
  const std::uint32_t given = std::min<std::uint32_t>(bytes, call.argument[3] - 4);
  auto fault = call.memory.write_object(pointer(call, 2), bytes);
  if (!fault) {
    fault = call.memory.write(pointer(call, 2) + sizeof(bytes),
                              std::as_bytes(std::span(name)).first(given));
  }
  if (fault) return returned(status_of_fault(*fault));
  return io_done(call, 1, given == bytes ? STATUS_SUCCESS : STATUS_BUFFER_OVERFLOW,
                 sizeof(bytes) + given);
}

// FILE_GENERIC_READ, FILE_GENERIC_WRITE, DELETE
constexpr std::uint32_t kReadAccess = 0x120089, kWriteAccess = 0x120116, kDeleteAccess = 0x10000;

}  // namespace

Outcome NtQueryInformationFile(GateCall& call) {
  constexpr std::uint32_t kStandard = 5, kInternal = 6, kAccess = 8, kName = 9, kPosition = 14,
                          kNetworkOpen = 34;
  if (auto fault = probe_write(call, pointer(call, 1), 8)) return returned(status_of_fault(*fault));
  if (const auto stream = call.kernel.stream_of(call.argument[0]);
      stream && call.argument[4] == kAccess) {
    return give(call, *stream == Stream::Input ? kReadAccess : kWriteAccess);
  }
  const Opened target = opened(call, 0);
  if (target.refused) return *target.refused;
  const FileNode& node = *target.file->node;
  const NetworkOpenInformation all = tell(node);
  struct {
    std::uint64_t allocated, size;
    std::uint32_t links;
    std::uint8_t delete_pending, directory;
    std::uint16_t unused;
  } standard{all.allocated, all.size, 1, target.file->delete_on_close, node.directory, 0};
  const std::uint32_t access = target.file->access;
  switch (call.argument[4]) {
    case kStandard:
      return give(call, standard);
    case kInternal:
      return give(call, node.number);
    case kAccess:
      return give(call, ((access & kFileRead) != 0 ? kReadAccess : 0) |
                            ((access & kFileWrite) != 0 ? kWriteAccess : 0) |
                            ((access & kFileDelete) != 0 ? kDeleteAccess : 0));
    case kName:
      return give_name(call, call.kernel.file_tree().path_of(node));
    case kPosition:
      return give(call, target.file->position);
    case kNetworkOpen:
      return give(call, all);
    default:
      return Unmodelled{"NtQueryInformationFile, class " + std::to_string(call.argument[4])};
  }
}

Outcome NtQueryVolumeInformationFile(GateCall& call) {
  constexpr std::uint32_t kDevice = 4;
  constexpr std::uint32_t kFileDeviceDisk = 7, kFileDevicePipe = 0x11, kFileDeviceConsole = 0x50;
  struct {
    std::uint32_t type, characteristics;
  } device{kFileDeviceConsole, 0};
  if (auto fault = probe_write(call, pointer(call, 1), 8)) return returned(status_of_fault(*fault));
  if (call.kernel.pipe_end_of(call.argument[0])) {
    device.type = kFileDevicePipe;
  } else if (!call.kernel.stream_of(call.argument[0])) {
    const Opened target = opened(call, 0);
    if (target.refused) return *target.refused;
    device.type = kFileDeviceDisk;
  }
  if (call.argument[4] == kDevice) return give(call, device);
  return Unmodelled{"NtQueryVolumeInformationFile, class " + std::to_string(call.argument[4])};
}

Outcome NtSetInformationFile(GateCall& call) {
  constexpr std::uint32_t kBasic = 4, kRename = 10, kDisposition = 13, kPosition = 14,
                          kEndOfFile = 20;
  const std::uint32_t what = call.argument[4];
  const Opened target = opened(call, what == kEndOfFile                        ? kFileWrite
                                     : what == kRename || what == kDisposition ? kFileDelete
                                                                               : 0);
  if (target.refused) return *target.refused;
  if (auto fault = probe_write(call, pointer(call, 1), 8)) return returned(status_of_fault(*fault));
  OpenFile& file = *target.file;
  if (what == kRename) return rename(call, file);
  std::int64_t value = 0;
  if (what == kPosition || what == kEndOfFile) {
    if (call.argument[3] < 8) return returned(win32::STATUS_INFO_LENGTH_MISMATCH);
    if (auto fault = call.memory.read_object(pointer(call, 2), value)) {
      return returned(status_of_fault(*fault));
    }
    if (value < 0) return returned(win32::STATUS_INVALID_PARAMETER);
    if (what == kPosition)
      file.position = static_cast<std::uint64_t>(value);
    else if (!call.kernel.file_tree().resize(*file.node, static_cast<std::uint64_t>(value))) {
      return returned(STATUS_DISK_FULL);
    }
    return io_done(call, 1, STATUS_SUCCESS, 0);
  }
  if (what == kDisposition) {
    std::uint8_t deletes = 0;
    if (auto fault = call.memory.read_object(pointer(call, 2), deletes)) {
      return returned(status_of_fault(*fault));
    }
    return dispose(call, file, deletes != 0);
  }
  if (what == kBasic) {
    struct {
      std::uint64_t created, accessed, written, changed;
      std::uint32_t attributes, unused;
    } basic{};
    if (auto fault = call.memory.read_object(pointer(call, 2), basic)) {
      return returned(status_of_fault(*fault));
    }
    // 0: as it was.
    if (basic.created != 0) file.node->created = basic.created;
    if (basic.accessed != 0) file.node->accessed = basic.accessed;
    if (basic.written != 0) file.node->written = basic.written;
    if (basic.attributes != 0) file.node->read_only = (basic.attributes & kReadOnly) != 0;
    return io_done(call, 1, STATUS_SUCCESS, 0);
  }
  return Unmodelled{"NtSetInformationFile, class " + std::to_string(what)};
}

/// One entry a call, in the order of names in capital letters, "." and ".." first.
Outcome NtQueryDirectoryFile(GateCall& call) {
  constexpr std::uint32_t kBothDirectory = 3, kHeaderBytes = 94;
  const Opened target = opened(call, 0);
  if (target.refused) return *target.refused;
  OpenFile& file = *target.file;
  if (!file.node->directory) return returned(win32::STATUS_INVALID_PARAMETER);
  if (call.argument[7] != kBothDirectory || (call.argument[8] & 0xff) == 0) {
    return Unmodelled{"NtQueryDirectoryFile other than one FileBothDirectoryInformation at a time"};
  }
  if (auto fault = probe_write(call, pointer(call, 4), 8)) return returned(status_of_fault(*fault));
  const bool first = !file.listing;
  if (first) {
    std::u16string pattern = u"*";
    if (call.argument[9] != 0) {
      struct {
        std::uint16_t length, maximum;
        std::uint32_t buffer;
      } string{};
      auto fault = call.memory.read_object(pointer(call, 9), string);
      pattern.resize(string.length / 2u);
      if (!fault) {
        fault =
            call.memory.read(GuestAddr{string.buffer}, std::as_writable_bytes(std::span(pattern)));
      }
      if (fault) return returned(status_of_fault(*fault));
    }
    auto& listing = file.listing.emplace();
    const auto parent = file.node->parent.lock();
    for (const auto& [dots, node] :
         {std::pair(u".", file.node), std::pair(u"..", parent ? parent : file.node)}) {
      if (!FileTree::matches(dots, pattern)) continue;
      auto entry = std::make_shared<FileNode>();
      entry->name = dots;
      entry->directory = true;
      entry->created = node->created;
      entry->written = node->written;
      entry->accessed = node->accessed;
      listing.push_back(std::move(entry));
    }
    for (const auto& [key, node] : file.node->children) {
      if (FileTree::matches(node->name, pattern)) listing.push_back(node);
    }
  }
  if (file.listed >= file.listing->size()) {
    return returned(first ? STATUS_NO_SUCH_FILE : STATUS_NO_MORE_FILES);
  }
  const FileNode& node = *(*file.listing)[file.listed];
  const NetworkOpenInformation all = tell(node);
  const auto name_bytes = static_cast<std::uint32_t>(node.name.size() * 2);
  if (call.argument[6] < kHeaderBytes + name_bytes) return returned(STATUS_BUFFER_OVERFLOW);
  struct {
    std::uint32_t next, index;
    std::uint64_t created, accessed, written, changed, size, allocated;
    std::uint32_t attributes, name_bytes, ea;
    std::uint8_t short_bytes, unused;
    std::array<char16_t, 12> short_name;
  } entry{0,
          0,
          all.created,
          all.accessed,
          all.written,
          all.changed,
          all.size,
          all.allocated,
          all.attributes,
          name_bytes,
          0,
          0,
          0,
          {}};
  const auto head = std::as_bytes(std::span(&entry, 1)).first(kHeaderBytes);
  auto fault = call.memory.write(pointer(call, 5), head);
  if (!fault) {
    fault = call.memory.write(pointer(call, 5) + kHeaderBytes, std::as_bytes(std::span(node.name)));
  }
  if (fault) return returned(status_of_fault(*fault));
  ++file.listed;
  return io_done(call, 4, STATUS_SUCCESS, kHeaderBytes + name_bytes);
}

}  // namespace sehlab::services::gates
