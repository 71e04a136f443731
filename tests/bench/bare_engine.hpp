// BareEngine: the least that could dispatch an exception on this engine, to compare the lab with.
// No fault decoding, no checks of the chain, no rights of pages, one thread, ring 0.
#pragma once

#include <cstdint>
#include <memory>

namespace sehlab::bench {

class BareEngine {
 public:
  virtual ~BareEngine() = default;
  /// Opens an engine with fault hooks and a hook for every instruction that only counts.
  /// Null: the engine does not open.
  [[nodiscard]] static std::unique_ptr<BareEngine> open();

  /// What a context holds: the general registers only, or x87 and SSE state as well, which is what
  /// Windows delivers and the lab lays.
  enum class Context : std::uint8_t { General, Whole };

  /// Runs the loop of guest/cases/dispatch_loop.S for `faults` rounds: for each the registers are
  /// read, a record and a context are laid on the stack, fs:[0] is followed to the handler, it is
  /// called under a protecting registration, and what it made of the context is loaded. False: a
  /// round did not go as it should.
  [[nodiscard]] virtual bool dispatch(std::uint32_t faults, Context context) = 0;

  /// Runs a loop of six instructions, two of which touch memory: how many it has counted. 0: the
  /// loop did not come to its end.
  [[nodiscard]] virtual std::uint64_t compute(std::uint32_t rounds) = 0;
};

}  // namespace sehlab::bench
