// FxUse: has the engine say when the guest first uses x87 or SSE state, by CR0.TS and #NM, as a
// kernel does that switches this state late. The engine's interface writes CR0 without effect on
// what it executes, so the bit is set where the engine really keeps it, in a saved state.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "emu/boot.hpp"
#include "emu/engine.hpp"

namespace sehlab::emu {

class FxUse {
 public:
  explicit FxUse(Engine& engine) : engine_(engine) {}

  /// Finds the bits, at ring 0 and before anything else has run. Leaves the engine as it was.
  /// False: this engine keeps them in some other way.
  [[nodiscard]] bool calibrate(BootPage& page);

  /// From here on the next instruction that uses the state raises #NM.
  void watch() { set(true); }
  /// And from here on none does.
  void release() { set(false); }

 private:
  struct Bit {
    std::size_t at = 0;  ///< a byte of the saved state
    std::byte mask{};
  };
  void set(bool on);

  Engine& engine_;
  std::unique_ptr<CpuState> scratch_;
  std::array<Bit, 4> bits_{};
  std::size_t bit_count_ = 0;
};

}  // namespace sehlab::emu
