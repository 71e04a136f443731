// Reading and writing: the console's streams here, files in ntdll_disk_files.cpp.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "host/services/gate_services.hpp"
#include "host/services/guest_memory.hpp"
#include "host/services/nt_values.hpp"
#include "host/win32/status.hpp"

namespace sehlab::services::gates {
namespace {

/// More than any memory that a program can have: a longer buffer has bytes that are not there.
constexpr std::uint32_t kLongestWrite = 0x10000000;

/// IO_STATUS_BLOCK: status and bytes.
using IoStatus = std::array<std::uint32_t, 2>;

/// What both directions refuse: asynchronous calls, and handles that are no stream.
std::optional<Outcome> refuse(GateCall& call, bool right_direction) {
  const bool stream = call.kernel.stream_of(call.argument[0]).has_value();
  if (auto fault = probe_write(call, pointer(call, 4), sizeof(IoStatus))) {
    return returned(status_of_fault(*fault));
  }
  if (!stream && !call.kernel.kind_of(call.argument[0])) {
    return returned(win32::STATUS_INVALID_HANDLE);
  }
  if (stream && !right_direction) return returned(win32::STATUS_ACCESS_DENIED);
  if (call.argument[1] != 0 || call.argument[2] != 0) {
    return Unmodelled{"reading or writing with an event or an APC"};
  }
  return std::nullopt;
}

Outcome done(GateCall& call, NtStatus status, std::uint32_t bytes) {
  write_probed(call, pointer(call, 4), IoStatus{status, bytes});
  return returned(status);
}

}  // namespace

Outcome NtWriteFile(GateCall& call) {
  const auto stream = call.kernel.stream_of(call.argument[0]);
  const std::uint32_t bytes = call.argument[6];
  if (auto refused = refuse(call, stream != Stream::Input)) return *refused;
  if (bytes > kLongestWrite) return returned(win32::STATUS_ACCESS_VIOLATION);
  // Page by page, so that a hostile length costs no more memory than the buffer really has.
  std::vector<std::byte> data;
  for (std::uint32_t at = 0; at < bytes;) {
    const std::uint32_t part = std::min(bytes - at, kPageSize);
    data.resize(at + part);
    if (auto fault = call.memory.read(pointer(call, 5) + at, std::span(data).subspan(at, part))) {
      return returned(status_of_fault(*fault));
    }
    at += part;
  }
  if (const auto end = call.kernel.pipe_end_of(call.argument[0]))
    return write_pipe(call, *end, data);
  if (!stream) return write_disk_file(call, data);
  call.kernel.write_output(stream == Stream::Error ? 2 : 1, data);
  return done(call, win32::STATUS_SUCCESS, bytes);
}

/// What there is of standard input, and not more than the longest piece at once: as from a pipe.
Outcome NtReadFile(GateCall& call) {
  constexpr std::uint32_t kLongestRead = 0x10000;
  const auto stream = call.kernel.stream_of(call.argument[0]);
  if (auto refused = refuse(call, stream == Stream::Input)) return *refused;
  if (const auto end = call.kernel.pipe_end_of(call.argument[0])) return read_pipe(call, *end);
  if (!stream) return read_disk_file(call);
  std::vector<std::byte> data(std::min(call.argument[6], kLongestRead));
  if (auto fault = probe_write(call, pointer(call, 5), static_cast<std::uint32_t>(data.size()))) {
    return returned(status_of_fault(*fault));
  }
  if (data.empty()) return done(call, win32::STATUS_SUCCESS, 0);
  data.resize(call.kernel.read_input(data));
  if (data.empty()) return done(call, STATUS_END_OF_FILE, 0);
  if (auto fault = call.memory.write(pointer(call, 5), data)) {
    return returned(status_of_fault(*fault));
  }
  return done(call, win32::STATUS_SUCCESS, static_cast<std::uint32_t>(data.size()));
}

}  // namespace sehlab::services::gates
