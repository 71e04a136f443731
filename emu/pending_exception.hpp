// PendingException: the engine remembers the last contributory exception (#DE, #TS, #NP, #SS,
// #GP) until an interrupt gate delivers it, which never happens here; the next one would then
// come as a double fault and later ones not at all. This clears the memory of it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "emu/engine.hpp"
#include "emu/register_file.hpp"

namespace sehlab::emu {

class PendingException {
 public:
  PendingException(Engine& engine, RegisterFile& registers);

  /// Finds where the engine keeps it: `raise` must make the processor raise one #DE from a
  /// state in which none is pending. True when found.
  template <typename Raise>
  bool calibrate(Raise raise);
  /// Forgets what calibrate found; clear() then takes the longer way.
  void use_fallback() { offset_.reset(); }
  [[nodiscard]] bool calibrated() const { return offset_.has_value(); }

  /// Whether an exception of this vector leaves something to clear.
  [[nodiscard]] static bool is_left_by(std::uint8_t vector) {
    return vector == 0 || (vector >= 8 && vector <= 14 && vector != 9);
  }
  void clear();

 private:
  bool find_difference(CpuState& before, CpuState& after);

  Engine& engine_;
  RegisterFile& registers_;
  std::unique_ptr<CpuState> scratch_, pristine_;
  std::optional<std::size_t> offset_;
};

template <typename Raise>
bool PendingException::calibrate(Raise raise) {
  const auto before = engine_.new_state();
  engine_.save(*before);
  if (!raise()) return false;
  engine_.save(*scratch_);
  return find_difference(*before, *scratch_);
}

}  // namespace sehlab::emu
