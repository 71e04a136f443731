// trace::Context: what the Recorder asks of the running process to complete an event. The
// process implements it; nothing else here knows of a machine.
#pragma once

#include <cstdint>
#include <string>

#include "emu/guest_addr.hpp"
#include "host/trace/event.hpp"

namespace sehlab::trace {

class Context {
 public:
  virtual ~Context() = default;
  /// Instructions retired so far, all threads together.
  [[nodiscard]] virtual std::uint64_t instruction() const = 0;
  /// Id of the running thread, 0 when there is none.
  [[nodiscard]] virtual std::uint32_t thread() const = 0;
  [[nodiscard]] virtual GuestAddr eip() const = 0;
  [[nodiscard]] virtual GuestAddr esp() const = 0;
  /// What the code address is called, "go_buggy!deref+0x6": image without extension, symbol,
  /// offset unless it is zero. Empty when no image holds it. Names are the image's own and may
  /// hold any bytes.
  [[nodiscard]] virtual std::string symbol(GuestAddr address) const = 0;
  /// The running thread's chain, bounded (ending "too-long").
  [[nodiscard]] virtual ChainPicture chain() const = 0;
};

}  // namespace sehlab::trace
