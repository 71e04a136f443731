// ThreadMemory: guest memory as the running thread meets it. What AddressSpace refuses as a guard
// page is first offered to the thread's stack to grow.
#pragma once

#include <span>

#include "emu/address_space.hpp"
#include "emu/guest_access.hpp"
#include "host/process/stacks.hpp"

namespace sehlab::process {

class ThreadMemory final : public emu::GuestAccess {
 public:
  explicit ThreadMemory(emu::AddressSpace& space) : space_(space), inner_(space.guest_access()) {}

  /// The TEB of the thread that runs from now on.
  void set_teb(GuestAddr teb) { teb_ = teb; }

  [[nodiscard]] std::optional<emu::Fault> read(GuestAddr from, std::span<std::byte> to) override;
  [[nodiscard]] std::optional<emu::Fault> write(GuestAddr to,
                                                std::span<const std::byte> from) override;

 private:
  /// True when the stack grew and the access is worth another try.
  [[nodiscard]] bool grew(emu::Fault& fault);

  emu::AddressSpace& space_;
  emu::GuestAccess& inner_;
  GuestAddr teb_;
};

}  // namespace sehlab::process
