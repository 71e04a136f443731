// Target: what a debugger looks at and drives, as the remote protocol sees it. Whoever implements
// it knows the process; the protocol knows nothing but this.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "emu/guest_addr.hpp"
#include "host/gdb/register_block.hpp"

namespace sehlab::gdb {

/// The protocol's own numbers for signals (GDB's include/gdb/signals.def), not the host's.
enum class Signal : std::uint8_t {
  None = 0,
  Interrupt = 2,
  Illegal = 4,
  Trap = 5,
  Abort = 6,
  Arithmetic = 8,
  Kill = 9,
  Bus = 10,
  Segment = 11,
  User1 = 30
};

enum class Stopper : std::uint8_t {
  SoftwareBreakpoint = 0,  ///< numbered as in the packets Z0 to Z4
  HardwareBreakpoint = 1,
  WriteWatch = 2,
  ReadWatch = 3,
  AccessWatch = 4
};

/// One of what stops the guest: an instruction's address, or a range of memory.
struct StopPoint {
  Stopper kind = Stopper::SoftwareBreakpoint;
  GuestAddr address;
  std::uint32_t size = 1;  ///< bytes; of watches
  bool operator==(const StopPoint&) const = default;
};

/// Why the guest stands, or that it is gone.
struct StopReport {
  enum class Why : std::uint8_t {
    Signal,  ///< `signal` says the rest
    StopPoint,
    HistoryBegin,  ///< there is nothing before this
    HistoryEnd,    ///< the process would end now
    Exited,        ///< with `code`
    Killed         ///< by an exception that nobody took: `signal`
  };
  Why why = Why::Signal;
  Signal signal = Signal::Trap;
  std::uint32_t thread = 1;
  StopPoint point;
  std::uint32_t code = 0;
  bool images_changed = false;  ///< since the last report
};

/// How to go on.
struct Resume {
  enum class Way : std::uint8_t { Continue, Step, ContinueBack, StepBack };
  Way way = Way::Continue;
  std::uint32_t thread = 0;      ///< of a step; 0: whichever runs
  Signal signal = Signal::None;  ///< that the guest is to have: its exception goes to its handlers
};

/// Who is on the other side while the guest runs.
class Control {
 public:
  virtual ~Control() = default;
  /// Ctrl-C was pressed there, or nobody is there any more. To be asked now and then.
  [[nodiscard]] virtual bool interrupted() = 0;
  /// A text for who sits there; whole lines.
  virtual void say(std::string_view text) = 0;
};

struct LoadedImage {
  std::string file;  ///< on the host
  GuestAddr code;    ///< where its first section is
};

class Target {
 public:
  virtual ~Target() = default;

  [[nodiscard]] virtual StopReport standing() = 0;
  /// By their numbers, from 1; the running one first.
  [[nodiscard]] virtual std::vector<std::uint32_t> threads() = 0;
  /// For people: "waits in NtWaitForSingleObject".
  [[nodiscard]] virtual std::string thread_note(std::uint32_t thread) = 0;
  /// nullopt: no such thread.
  [[nodiscard]] virtual std::optional<RegisterBlock> registers(std::uint32_t thread) = 0;
  /// False: no such thread, or its registers cannot be such.
  [[nodiscard]] virtual bool set_registers(std::uint32_t thread, const RegisterBlock& block) = 0;
  /// As many bytes from the first on as are there.
  [[nodiscard]] virtual std::size_t read_memory(GuestAddr from, std::span<std::byte> to) = 0;
  [[nodiscard]] virtual bool write_memory(GuestAddr to, std::span<const std::byte> from) = 0;
  /// False: there is no more room for such.
  [[nodiscard]] virtual bool add(const StopPoint& point) = 0;
  virtual void remove(const StopPoint& point) = 0;

  [[nodiscard]] virtual StopReport resume(const Resume& how, Control& control) = 0;
  [[nodiscard]] virtual std::vector<LoadedImage> images() = 0;
  /// The address of a thread's TEB.
  [[nodiscard]] virtual std::optional<GuestAddr> teb(std::uint32_t thread) = 0;

  struct Answer {
    std::string text;
    bool well = true;
  };
  /// A line behind `monitor`.
  [[nodiscard]] virtual Answer monitor(std::string_view line, Control& control) = 0;
  /// The debugger goes: the guest runs on alone.
  virtual void detach() = 0;
};

}  // namespace sehlab::gdb
