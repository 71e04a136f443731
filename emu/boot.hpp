// Boot: brings the processor from its reset state to ring 3 with flat segments and the start
// state of Windows, from a page of code that is gone afterwards.
#pragma once

#include <cstdint>
#include <span>

#include "emu/descriptor_table.hpp"
#include "emu/engine.hpp"
#include "emu/host_pages.hpp"
#include "emu/result.hpp"
#include "emu/run_control.hpp"

namespace sehlab::emu {

class BootPage {
 public:
  static constexpr GuestAddr kBase = kSystemPage + kPageSize;
  static constexpr GuestAddr kStackTop = kBase + 0x800, kData = kBase + 0xc00;

  BootPage(Engine& engine, RunControl& control) : engine_(engine), control_(control) {}
  ~BootPage();
  BootPage(const BootPage&) = delete;
  BootPage& operator=(const BootPage&) = delete;

  [[nodiscard]] Result<> map();
  /// Puts code or data into the page.
  void put(GuestAddr at, std::span<const std::uint8_t> bytes);
  /// Executes from `eip` until the engine stops.
  const EngineStop& run(GuestAddr eip);

 private:
  Engine& engine_;
  RunControl& control_;
  HostPages page_;
};

/// From reset to ring 3.
[[nodiscard]] Result<> enter_ring3(Engine& engine, BootPage& page, const MachineOptions& options);

}  // namespace sehlab::emu
