#include "host/services/disk_files.hpp"

#include "host/services/guest_memory.hpp"
#include "host/services/system_time.hpp"
#include "host/win32/status.hpp"

namespace sehlab::services {
namespace {

std::uint32_t attributes_of(const FileNode& node) {
  return node.directory ? kDirectory | (node.read_only ? kReadOnly : 0)
                        : kArchive | (node.read_only ? kReadOnly : 0);
}

}  // namespace

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

Opened opened(GateCall& call, std::uint32_t rights) {
  Opened result{call.kernel.file_of(call.argument[0]), std::nullopt};
  if (call.kernel.pipe_end_of(call.argument[0])) {
    result.refused = Unmodelled{"of a pipe, what is asked or told beyond reading and writing"};
  } else if (!result.file) {
    result.refused =
        returned(call.kernel.kind_of(call.argument[0]) ? win32::STATUS_OBJECT_TYPE_MISMATCH
                                                       : win32::STATUS_INVALID_HANDLE);
  } else if ((rights & ~result.file->access) != 0) {
    result.refused = returned(win32::STATUS_ACCESS_DENIED);
  }
  return result;
}

Outcome io_done(GateCall& call, std::size_t block, NtStatus status, std::uint32_t information) {
  write_probed(call, pointer(call, block), IoStatus{status, information});
  return returned(status);
}

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

}  // namespace sehlab::services
