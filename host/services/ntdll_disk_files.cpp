// Files and folders by name: NtCreateFile and what it opens. The tree is host/services/file_tree.
#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "host/services/file_tree.hpp"
#include "host/services/gate_services.hpp"
#include "host/services/guest_memory.hpp"
#include "host/services/new_object.hpp"
#include "host/services/nt_values.hpp"
#include "host/services/system_time.hpp"
#include "host/win32/status.hpp"

namespace sehlab::services::gates {
namespace {

using win32::STATUS_SUCCESS;
constexpr std::uint32_t STATUS_BUFFER_OVERFLOW = 0x80000005, STATUS_NO_MORE_FILES = 0x80000006,
                        STATUS_NO_SUCH_FILE = 0xC000000F, STATUS_OBJECT_NAME_COLLISION = 0xC0000035,
                        STATUS_SHARING_VIOLATION = 0xC0000043, STATUS_DELETE_PENDING = 0xC0000056,
                        STATUS_DISK_FULL = 0xC000007F, STATUS_FILE_IS_A_DIRECTORY = 0xC00000BA,
                        STATUS_DIRECTORY_NOT_EMPTY = 0xC0000101,
                        STATUS_NOT_A_DIRECTORY = 0xC0000103, STATUS_CANNOT_DELETE = 0xC0000121;
// dispositions of NtCreateFile and what its Information says was done
constexpr std::uint32_t kSupersede = 0, kOpen = 1, kCreate = 2, kOpenIf = 3, kOverwrite = 4,
                        kOverwriteIf = 5;
constexpr std::uint32_t kOpened = 1, kCreated = 2, kOverwritten = 3;
constexpr std::uint32_t kDirectoryFile = 0x1, kNonDirectoryFile = 0x40, kDeleteOnClose = 0x1000;
// rights: generic ones, FILE_READ_DATA, FILE_WRITE_DATA, FILE_APPEND_DATA, DELETE
constexpr std::uint32_t kReads = 0x80000001, kWrites = 0x40000002, kAppends = 0x4,
                        kDeletes = 0x10000, kAll = 0x10000000;
constexpr std::uint32_t kReadOnly = 1, kDirectory = 0x10, kArchive = 0x20;

struct Path {
  std::u16string text;
  std::optional<Outcome> refused;
};

/// The name in an OBJECT_ATTRIBUTES.
Path read_path(GateCall& call, GuestAddr attributes) {
  struct {
    std::uint32_t length, root, name;
  } object{};
  struct {
    std::uint16_t length, maximum;
    std::uint32_t buffer;
  } string{};
  Path path;
  auto fault = call.memory.read_object(attributes, object);
  if (!fault) fault = call.memory.read_object(GuestAddr{object.name}, string);
  if (!fault) {
    path.text.resize(string.length / 2u);
    fault =
        call.memory.read(GuestAddr{string.buffer}, std::as_writable_bytes(std::span(path.text)));
  }
  if (fault)
    path.refused = returned(status_of_fault(*fault));
  else if (object.root != 0)
    path.refused = Unmodelled{"a file name relative to a handle"};
  return path;
}

std::uint64_t system_now(const GateCall& call) {
  return kStartTime + call.kernel.now();
}

std::uint32_t attributes_of(const FileNode& node) {
  return node.directory ? kDirectory | (node.read_only ? kReadOnly : 0)
                        : kArchive | (node.read_only ? kReadOnly : 0);
}

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

/// The open file behind a handle, with the rights that the call needs; or the answer.
struct Opened {
  std::shared_ptr<OpenFile> file;
  std::optional<Outcome> refused;
};
Opened opened(GateCall& call, std::uint32_t rights) {
  Opened result{call.kernel.file_of(call.argument[0]), std::nullopt};
  if (!result.file) {
    result.refused =
        returned(call.kernel.kind_of(call.argument[0]) ? win32::STATUS_OBJECT_TYPE_MISMATCH
                                                       : win32::STATUS_INVALID_HANDLE);
  } else if ((rights & ~result.file->access) != 0) {
    result.refused = returned(win32::STATUS_ACCESS_DENIED);
  }
  return result;
}

using IoStatus = std::array<std::uint32_t, 2>;

Outcome io_done(GateCall& call, std::size_t block, NtStatus status, std::uint32_t information) {
  write_probed(call, pointer(call, block), IoStatus{status, information});
  return returned(status);
}

struct NetworkOpenInformation {
  std::uint64_t created, accessed, written, changed, allocated, size;
  std::uint32_t attributes, unused;
};
static_assert(sizeof(NetworkOpenInformation) == 0x38);

NetworkOpenInformation tell(const FileNode& node) {
  const std::uint64_t size = node.data.size();
  return {node.created,
          node.accessed,
          node.written,
          node.written,
          (size + 4095) / 4096 * 4096,
          size,
          attributes_of(node),
          0};
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
  std::ranges::copy(data, file.node->data.begin() + static_cast<std::ptrdiff_t>(at));
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
  const auto& data = file.node->data;
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

Outcome NtQueryInformationFile(GateCall& call) {
  constexpr std::uint32_t kStandard = 5, kPosition = 14, kNetworkOpen = 34;
  const Opened target = opened(call, 0);
  if (target.refused) return *target.refused;
  if (auto fault = probe_write(call, pointer(call, 1), 8)) return returned(status_of_fault(*fault));
  const auto give = [&](const auto& value) -> Outcome {
    if (call.argument[3] < sizeof(value)) return returned(win32::STATUS_INFO_LENGTH_MISMATCH);
    if (auto fault = call.memory.write_object(pointer(call, 2), value)) {
      return returned(status_of_fault(*fault));
    }
    return io_done(call, 1, STATUS_SUCCESS, sizeof(value));
  };
  const FileNode& node = *target.file->node;
  const NetworkOpenInformation all = tell(node);
  struct {
    std::uint64_t allocated, size;
    std::uint32_t links;
    std::uint8_t delete_pending, directory;
    std::uint16_t unused;
  } standard{all.allocated, all.size, 1, target.file->delete_on_close, node.directory, 0};
  switch (call.argument[4]) {
    case kStandard:
      return give(standard);
    case kPosition:
      return give(target.file->position);
    case kNetworkOpen:
      return give(all);
    default:
      return Unmodelled{"NtQueryInformationFile, class " + std::to_string(call.argument[4])};
  }
}

namespace {

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

}  // namespace

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
