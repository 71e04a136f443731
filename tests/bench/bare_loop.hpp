// BareLoop: the least that could run one guest program again and again on this engine, to compare
// fuzz::GuestLoop with: the same code at the same addresses, the same faults, the same pages put
// back. No fault decoding, no checks of the chain, no rights of pages, one thread, ring 0, contexts
// without x87 and SSE state.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "emu/guest_addr.hpp"
#include "emu/registers.hpp"

namespace sehlab::bench {

/// A program as it stands before each run.
struct BareProgram {
  struct Region {
    GuestAddr base;
    std::vector<std::byte> bytes;
  };
  std::vector<Region> regions;
  std::vector<GuestAddr> written;  ///< pages that a run changes
  emu::GeneralRegisters registers;
  GuestAddr teb;               ///< fs:[0] is there
  GuestAddr handler_return;    ///< where handlers return to: `mov esp, fs:[0]`
  GuestAddr handler_returned;  ///< the gate behind that
  GuestAddr input;             ///< lab_fuzz_input
};

class BareLoop {
 public:
  virtual ~BareLoop() = default;
  /// With hooks for faults and one for every instruction, which counts. Null: the engine refuses.
  [[nodiscard]] static std::unique_ptr<BareLoop> open(const BareProgram& program);

  struct Run {
    std::uint64_t instructions = 0, faults = 0;
  };
  /// Back to the start, the input, and to the gate that ends the process.
  [[nodiscard]] virtual Run run(std::span<const std::byte> input) = 0;
};

}  // namespace sehlab::bench
