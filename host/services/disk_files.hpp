// What the services of files by name share: statuses, the handle's file, what a file tells of
// itself.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "host/services/file_tree.hpp"
#include "host/services/gate_services.hpp"

namespace sehlab::services {

inline constexpr std::uint32_t STATUS_BUFFER_OVERFLOW = 0x80000005,
                               STATUS_NO_MORE_FILES = 0x80000006, STATUS_NO_SUCH_FILE = 0xC000000F,
                               STATUS_OBJECT_NAME_COLLISION = 0xC0000035,
                               STATUS_SHARING_VIOLATION = 0xC0000043,
                               STATUS_DELETE_PENDING = 0xC0000056, STATUS_DISK_FULL = 0xC000007F,
                               STATUS_FILE_IS_A_DIRECTORY = 0xC00000BA,
                               STATUS_DIRECTORY_NOT_EMPTY = 0xC0000101,
                               STATUS_NOT_A_DIRECTORY = 0xC0000103,
                               STATUS_CANNOT_DELETE = 0xC0000121;
inline constexpr std::uint32_t kReadOnly = 1, kDirectory = 0x10, kArchive = 0x20;

struct Path {
  std::u16string text;
  std::optional<Outcome> refused;
};

/// The name in an OBJECT_ATTRIBUTES.
[[nodiscard]] Path read_path(GateCall& call, GuestAddr attributes);

/// System time, 100 ns.
[[nodiscard]] std::uint64_t system_now(const GateCall& call);

/// The open file behind a handle, with the rights that the call needs; or the answer.
struct Opened {
  std::shared_ptr<OpenFile> file;
  std::optional<Outcome> refused;
};
[[nodiscard]] Opened opened(GateCall& call, std::uint32_t rights);

/// IO_STATUS_BLOCK: status and information.
using IoStatus = std::array<std::uint32_t, 2>;
/// Writes the IO_STATUS_BLOCK that argument `block` points to; it was probed.
Outcome io_done(GateCall& call, std::size_t block, NtStatus status, std::uint32_t information);

/// FILE_NETWORK_OPEN_INFORMATION.
struct NetworkOpenInformation {
  std::uint64_t created, accessed, written, changed, allocated, size;
  std::uint32_t attributes, unused;
};
static_assert(sizeof(NetworkOpenInformation) == 0x38);

[[nodiscard]] NetworkOpenInformation tell(const FileNode& node);

}  // namespace sehlab::services
