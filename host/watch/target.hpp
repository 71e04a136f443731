// Target: what the watch may ask of the process: memory, registers, names, and what the dispatcher
// would say of a record. host/process implements it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "emu/guest_addr.hpp"
#include "host/trace/event.hpp"

namespace sehlab::watch {

class Target {
 public:
  virtual ~Target() = default;
  [[nodiscard]] virtual std::uint64_t instruction() const = 0;
  /// A word of guest memory whatever its rights; false when it is not committed.
  [[nodiscard]] virtual bool word(GuestAddr address, std::uint32_t& value) const = 0;
  [[nodiscard]] virtual GuestAddr esp() const = 0;
  [[nodiscard]] virtual std::uint32_t ebp() const = 0;
  [[nodiscard]] virtual GuestAddr eip() const = 0;
  /// The running thread's stack as its TEB describes it, StackLimit to StackBase: a fiber's while
  /// one runs. Empty while the two do not belong together.
  [[nodiscard]] virtual GuestRange stack() const = 0;
  /// True for the handlers of the dispatcher's own records (the two protectors).
  [[nodiscard]] virtual bool is_protector(GuestAddr handler) const = 0;
  /// Why the dispatcher would not look at a record there (OutsideStack, Misaligned).
  [[nodiscard]] virtual std::optional<trace::Refusal> record_refusal(GuestAddr record) const = 0;
  /// Why the dispatcher would not call that handler, under the profile's rules.
  [[nodiscard]] virtual std::optional<trace::Refusal> handler_refusal(GuestAddr handler) const = 0;
  /// Start of the function that holds a code address; 0 when unknown.
  [[nodiscard]] virtual GuestAddr function(GuestAddr address) const = 0;
  /// "image!symbol+0x1f"; empty outside of every image.
  [[nodiscard]] virtual std::string symbol(GuestAddr address) const = 0;
};

}  // namespace sehlab::watch
