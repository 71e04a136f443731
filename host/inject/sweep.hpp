// Sweep: one fault before each instruction of a window of a run, one run each, from snapshots: the
// guest never runs the same instructions twice to get to its next position.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "emu/guest_addr.hpp"
#include "host/fault/translate.hpp"
#include "host/load/file_bytes.hpp"
#include "host/process/options.hpp"
#include "host/process/process.hpp"
#include "host/trace/event.hpp"

namespace sehlab::inject {

/// What is injected: its name, and the exception as it is for the instruction at EIP.
struct SweepFault {
  std::string name;
  std::function<Result<fault::Exception>(process::Process&)> make;
};

/// By a word ("read"), or a specification without its place ("fault=read address=0x10"). The Error
/// says what is wrong with it.
[[nodiscard]] Result<SweepFault> sweep_fault(const std::string& text);

struct SweepPlan {
  process::Options options;
  /// Positions: before the instruction that follows `from` retired ones, and so on, up to and not
  /// including `to`; those of the thread that stands at the first.
  std::uint64_t from = 0, to = 0;
  std::vector<SweepFault> faults;
  std::uint64_t patience = 0;  ///< instructions after the fault; then the run counts as hung
  unsigned jobs = 1;           ///< threads of the host, each with a process of its own
};

struct SweepPosition {
  std::uint64_t instruction = 0;  ///< retired before it
  GuestAddr eip;
  std::string at;        ///< "go_fixed!cgocall+0x12"; empty outside of every image
  std::string function;  ///< "go_fixed!cgocall"
  std::string source;    ///< "cgocall.c:57"; empty without debug information
};

/// One run. The spans are of its worker's, until the next one.
struct SweepRun {
  SweepPosition position;
  std::size_t fault = 0;  ///< index in SweepPlan::faults
  bool hung = false;      ///< `end` says nothing then
  std::string refused;    ///< the fault cannot be there, and why; all below says nothing then
  process::End end;
  /// All events of the run; those from `own` on came after the fault.
  std::span<const trace::Event> events;
  std::size_t own = 0;
  std::string_view out, err;  ///< what the guest wrote in all
};

struct SweepSummary {
  std::uint64_t positions = 0;    ///< runs made
  std::uint64_t passed_over = 0;  ///< instructions of other threads in the window
  unsigned jobs = 1;              ///< that there was work for
};

/// `done` is called for each run, by several threads at once, each in order. Returning false there
/// ends the sweep early.
[[nodiscard]] tl::expected<SweepSummary, load::LoadError> sweep(
    const SweepPlan& plan, const std::function<bool(const SweepRun&)>& done);

}  // namespace sehlab::inject
