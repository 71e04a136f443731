// Pipe: bytes on their way from who writes to who reads, within one process. A PipeEnd is what a
// handle stands for; when its last handle is closed, the other end learns of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <utility>

namespace sehlab::services {

struct Pipe {
  std::deque<std::byte> data;
  std::size_t capacity = 0;  ///< a writer waits while there is more
  bool has_reader = true, has_writer = true;
};

struct PipeEnd {
  std::shared_ptr<Pipe> pipe;
  bool reads = false;

  PipeEnd(std::shared_ptr<Pipe> of, bool reading) : pipe(std::move(of)), reads(reading) {}
  PipeEnd(const PipeEnd&) = delete;
  PipeEnd& operator=(const PipeEnd&) = delete;
  ~PipeEnd() { (reads ? pipe->has_reader : pipe->has_writer) = false; }

  /// Would an operation on this end go on now?
  [[nodiscard]] bool ready() const {
    return reads ? !pipe->data.empty() || !pipe->has_writer
                 : pipe->data.size() <= pipe->capacity || !pipe->has_reader;
  }
};

}  // namespace sehlab::services
