// DescriptorTable: the GDT, in a page of its own outside the guest's address space. Flat ring 3
// code and data, the TEB segment that FS selects, and what the boot needs at ring 0.
#pragma once

#include <cstdint>

#include "emu/engine.hpp"
#include "emu/guest_addr.hpp"
#include "emu/host_pages.hpp"
#include "emu/machine.hpp"
#include "emu/result.hpp"

namespace sehlab::emu {

class DescriptorTable {
 public:
  static constexpr std::uint16_t kBootCode = 0x08, kBootData = 0x10;

  /// Fails when the selectors are not three different GDT entries at ring 3, clear of the
  /// boot's own.
  [[nodiscard]] Result<> install(Engine& engine, const MachineOptions& selectors);

  /// May ring 3 code load `selector` into this segment register?
  [[nodiscard]] bool allows(Reg segment, std::uint16_t selector) const;

  void set_teb_base(GuestAddr base);
  [[nodiscard]] GuestAddr teb_base() const { return teb_base_; }
  [[nodiscard]] std::uint16_t teb_selector() const { return selectors_.teb_selector; }

 private:
  void put(std::uint16_t selector, std::uint32_t base, std::uint32_t limit, std::uint8_t access,
           std::uint8_t flags);

  HostPages page_;
  MachineOptions selectors_;
  GuestAddr teb_base_;
};

}  // namespace sehlab::emu
