// GuestMemory: GuestAccess and RawAccess over the page table, straight to host memory. A write
// that changes an executable page drops the engine's translation of it.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "emu/engine.hpp"
#include "emu/guest_access.hpp"
#include "emu/page_table.hpp"
#include "emu/written_pages.hpp"

namespace sehlab::emu {

class GuestMemory final : public GuestAccess {
 public:
  GuestMemory(Engine& engine, const PageTable& table, WrittenPages& written)
      : engine_(engine), table_(table), written_(written) {}
  std::optional<Fault> read(GuestAddr from, std::span<std::byte> to) override;
  std::optional<Fault> write(GuestAddr to, std::span<const std::byte> from) override;

 private:
  Engine& engine_;
  const PageTable& table_;
  WrittenPages& written_;
};

class RawMemory final : public RawAccess {
 public:
  RawMemory(Engine& engine, const PageTable& table, WrittenPages& written)
      : engine_(engine), table_(table), written_(written) {}
  bool read(GuestAddr from, std::span<std::byte> to) const override;
  bool write(GuestAddr to, std::span<const std::byte> from) override;

 private:
  Engine& engine_;
  const PageTable& table_;
  WrittenPages& written_;
};

/// The fault that an access to the page that holds `address` meets.
[[nodiscard]] Fault page_fault(const PageTable& table, Access access, GuestAddr address);

}  // namespace sehlab::emu
