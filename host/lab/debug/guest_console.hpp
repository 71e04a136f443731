// GuestConsole: where a debugged guest's output goes: through to the lab's own streams, or to the
// debugger, which then keeps it apart from what it says itself.
#pragma once

#include <cstddef>
#include <span>

#include "host/gdb/target.hpp"
#include "host/process/options.hpp"

namespace sehlab::lab {

class GuestConsole final : public process::Output {
 public:
  /// `streams` outlives it.
  explicit GuestConsole(process::Output& streams) : streams_(streams) {}
  void write(int stream, std::span<const std::byte> bytes) override;
  std::size_t read(std::span<std::byte> into) override;

  /// From here on the debugger has the terminal: output is for it, and there is no input.
  void leave_terminal() { terminal_left_ = true; }
  /// Who hears it now; null: nobody, and output goes through.
  void speak_through(gdb::Control* control) { control_ = control; }

 private:
  process::Output& streams_;
  gdb::Control* control_ = nullptr;
  bool terminal_left_ = false;
};

}  // namespace sehlab::lab
