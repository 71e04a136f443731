// Anonymous pipes: making one, reading and writing it, looking into it.
#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "host/services/disk_files.hpp"
#include "host/services/gate_services.hpp"
#include "host/services/guest_memory.hpp"
#include "host/services/nt_values.hpp"
#include "host/services/pipe.hpp"
#include "host/win32/status.hpp"

namespace sehlab::services::gates {
namespace {

constexpr std::uint32_t STATUS_PIPE_CLOSING = 0xC00000B1, STATUS_PIPE_BROKEN = 0xC000014B;

Block wait_for(Handle pipe) {
  Block block;
  block.handles[0] = pipe;
  block.count = 1;
  return block;
}

/// Up to `most` of the oldest bytes, which stay where they are.
std::vector<std::byte> first_of(const Pipe& pipe, std::size_t most) {
  const auto bytes = static_cast<std::ptrdiff_t>(std::min(most, pipe.data.size()));
  return {pipe.data.begin(), pipe.data.begin() + bytes};
}

/// FILE_PIPE_PEEK_BUFFER without its data: a pipe of bytes has no messages.
struct PipePeek {
  std::uint32_t state, available, messages, message_bytes;
};

Outcome peek(GateCall& call, const PipeEnd& end) {
  constexpr std::uint32_t kConnected = 3, kClosing = 4;  // FILE_PIPE_..._STATE
  const GuestAddr out = pointer(call, 8);
  const std::uint32_t room = call.argument[9];
  const Pipe& pipe = *end.pipe;
  if (!end.reads) return returned(win32::STATUS_ACCESS_DENIED);
  if (room < sizeof(PipePeek)) return returned(win32::STATUS_INFO_LENGTH_MISMATCH);
  if (pipe.data.empty() && !pipe.has_writer) return returned(STATUS_PIPE_BROKEN);
  const std::vector<std::byte> data = first_of(pipe, room - sizeof(PipePeek));
  const PipePeek head{pipe.has_writer ? kConnected : kClosing,
                      static_cast<std::uint32_t>(pipe.data.size()), 0, 0};
  if (auto fault = call.memory.write_object(out, head)) return returned(status_of_fault(*fault));
  if (auto fault = call.memory.write(out + sizeof(PipePeek), data)) {
    return returned(status_of_fault(*fault));
  }
  const auto bytes = static_cast<std::uint32_t>(sizeof(PipePeek) + data.size());
  return io_done(call, 4,
                 data.size() < pipe.data.size() ? STATUS_BUFFER_OVERFLOW : win32::STATUS_SUCCESS,
                 bytes);
}

}  // namespace

Outcome LabCreatePipe(GateCall& call) {
  constexpr std::uint32_t kUsual = 0x1000, kMost = 0x1000000;
  for (const std::size_t index : {0u, 1u}) {
    if (auto fault = probe_write(call, pointer(call, index), 4)) {
      return returned(status_of_fault(*fault));
    }
  }
  auto pipe = std::make_shared<Pipe>();
  pipe->capacity = call.argument[2] == 0 ? kUsual : std::min(call.argument[2], kMost);
  write_probed(call, pointer(call, 0),
               call.kernel.add_pipe_end(std::make_shared<PipeEnd>(pipe, true)));
  write_probed(call, pointer(call, 1),
               call.kernel.add_pipe_end(std::make_shared<PipeEnd>(pipe, false)));
  return returned(win32::STATUS_SUCCESS);
}

Outcome read_pipe(GateCall& call, const PipeEnd& end) {
  Pipe& pipe = *end.pipe;
  if (!end.reads) return returned(win32::STATUS_ACCESS_DENIED);
  if (pipe.data.empty()) {
    if (pipe.has_writer) return wait_for(call.argument[0]);
    return returned(STATUS_PIPE_BROKEN);
  }
  const std::vector<std::byte> data = first_of(pipe, call.argument[6]);
  if (auto fault = call.memory.write(pointer(call, 5), data)) {
    return returned(status_of_fault(*fault));
  }
  pipe.data.erase(pipe.data.begin(), pipe.data.begin() + static_cast<std::ptrdiff_t>(data.size()));
  return io_done(call, 4, win32::STATUS_SUCCESS, static_cast<std::uint32_t>(data.size()));
}

/// The first try puts all of it into the pipe; the writer goes on when no more is left than the
/// pipe is to hold.
Outcome write_pipe(GateCall& call, const PipeEnd& end, std::span<const std::byte> data) {
  Pipe& pipe = *end.pipe;
  if (end.reads) return returned(win32::STATUS_ACCESS_DENIED);
  if (!pipe.has_reader) return returned(STATUS_PIPE_CLOSING);
  if (!call.kernel.retrying()) pipe.data.insert(pipe.data.end(), data.begin(), data.end());
  if (!end.ready()) return wait_for(call.argument[0]);
  return io_done(call, 4, win32::STATUS_SUCCESS, static_cast<std::uint32_t>(data.size()));
}

Outcome NtFsControlFile(GateCall& call) {
  constexpr std::uint32_t kPipePeek = 0x0011400C;  // FSCTL_PIPE_PEEK
  const auto end = call.kernel.pipe_end_of(call.argument[0]);
  if (!call.kernel.kind_of(call.argument[0])) return returned(win32::STATUS_INVALID_HANDLE);
  if (call.argument[5] != kPipePeek) {
    return Unmodelled{"NtFsControlFile, code " + std::to_string(call.argument[5])};
  }
  if (auto fault = probe_write(call, pointer(call, 4), 8)) return returned(status_of_fault(*fault));
  // What is no pipe does not know the code.
  constexpr std::uint32_t STATUS_INVALID_DEVICE_REQUEST = 0xC0000010;
  return end ? peek(call, *end) : returned(STATUS_INVALID_DEVICE_REQUEST);
}

}  // namespace sehlab::services::gates
