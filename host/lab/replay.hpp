// Replay: a recorded run, run again, that can be gone through forwards and backwards: snapshots on
// the way make going back a matter of running on from the nearest one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "emu/result.hpp"
#include "host/lab/injections.hpp"
#include "host/lab/recording.hpp"
#include "host/process/process.hpp"
#include "host/process/snapshot.hpp"
#include "host/trace/trace.hpp"

namespace sehlab::lab {

class Replay {
 public:
  ~Replay();
  /// The process as it begins. An Error says what of the recording cannot be had here: its program
  /// is another, or gone; its images begin differently.
  [[nodiscard]] static Result<std::unique_ptr<Replay>> open(const Recording& recording);

  /// To where that many instructions are retired, forwards or backwards; past the end: to the end.
  /// An Error: the run is not the recorded one.
  [[nodiscard]] Result<> go_to(std::uint64_t instruction);
  /// To a place in words: an instruction's number, "event:N" (the Nth of the trace), a kind of
  /// event
  /// ("fault", "defect", …; "fault#2": the second), "start", "end".
  [[nodiscard]] Result<> go_to(const std::string& place);

  [[nodiscard]] process::Process& process() { return *process_; }
  [[nodiscard]] std::uint64_t instruction() const { return process_->machine().retired(); }
  /// Set while it stands at the end.
  [[nodiscard]] const std::optional<process::End>& end() const { return end_; }
  /// The event that it was to go to, with its number from 1; nothing after going to an instruction.
  struct Sought {
    std::uint64_t number = 0;
    trace::Event event;
  };
  [[nodiscard]] const std::optional<Sought>& sought() const { return sought_; }
  /// All that were told up to here.
  [[nodiscard]] std::span<const trace::Event> events() const { return trace_.events; }
  /// Of standard output and error, up to here.
  [[nodiscard]] const std::string& out() const;
  [[nodiscard]] const std::string& err() const;

 private:
  class Console;
  struct Mark;
  explicit Replay(const Recording& recording);
  void take_mark();
  /// Backwards or forwards.
  void jump(const Mark& mark);
  [[nodiscard]] Result<> forward(std::uint64_t instruction);
  /// The instruction of an event, running on until it comes; nullopt: it never does.
  template <typename Is>
  [[nodiscard]] Result<std::optional<std::uint64_t>> find(Is is);

  Recording recording_;
  Injections injections_;
  std::unique_ptr<Console> console_;
  trace::Trace trace_;
  // As told before going back, as far as that went.
  std::vector<trace::Event> furthest_events_;
  std::string furthest_out_, furthest_err_;
  std::unique_ptr<process::Process> process_;
  std::map<std::uint64_t, Mark> marks_;  ///< by instruction
  std::uint64_t interval_;
  std::optional<process::End> end_;
  std::optional<Sought> sought_;
};

}  // namespace sehlab::lab
