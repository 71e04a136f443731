// Timeline: a run that is made as it is gone through, forwards by its smallest steps and backwards
// by snapshots. What is changed on the way makes the run another one from there on: what lay behind
// is discarded, and what lies before stays.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "host/lab/debug/event_log.hpp"
#include "host/lab/debug/repeatable_console.hpp"
#include "host/lab/run.hpp"
#include "host/process/process.hpp"
#include "host/process/snapshot.hpp"

namespace sehlab::lab {

class Timeline {
 public:
  using Moment = process::Process::Moment;
  /// Moment::moves of a process that has ended: behind all that were.
  static constexpr std::uint32_t kEnd = UINT32_MAX;

  /// The process before its first instruction. `options` and `streams` outlive it.
  [[nodiscard]] static tl::expected<std::unique_ptr<Timeline>, StartError> begin(
      const process::Options& options, process::Output& streams,
      const EventLog::Limits& limits = {});

  [[nodiscard]] process::Process& process() { return *process_; }
  [[nodiscard]] Moment moment() const;
  /// Null while it goes on.
  [[nodiscard]] const process::End* end() const { return process_->how_it_ended(); }
  [[nodiscard]] const EventLog& told() const { return log_; }
  /// Events that were told up to here, whole, at most so many; runs again where it must. What was
  /// told before the first instruction is not there when a long run came after it.
  [[nodiscard]] std::vector<EventLog::Told> recall(std::size_t first, std::size_t most);

  /// To the next moment, or the end.
  void step();
  /// On to the machine's next stop, at most up to where as many instructions are retired, and at
  /// most to one of these addresses. Nothing at the end.
  process::Process::Pause run_on(std::uint64_t instructions, std::span<const GuestAddr> addresses);
  /// To a moment that there was, or the first one behind it. What was changed at a later one is
  /// taken back: true then.
  bool go_to(Moment moment);
  /// The process is about to be changed from outside: what lies behind will not come.
  void discard_future();
  /// It was changed; nothing has run in between.
  void changed();

  /// Looks at each moment of a part of the past.
  class Visitor {
   public:
    virtual ~Visitor() = default;
    /// Where it wants to be asked; it is also asked elsewhere.
    [[nodiscard]] virtual std::span<const GuestAddr> addresses() const = 0;
    /// It wants to see every moment.
    [[nodiscard]] virtual bool wants_all() const = 0;
    [[nodiscard]] virtual bool counts_here() = 0;
    /// Around the step that leads to the next moment, when it wants all: whether what came about
    /// counts, as something of the moment before.
    virtual void before_step() {}
    [[nodiscard]] virtual bool after_step() { return false; }
    /// Nobody waits for it any more.
    [[nodiscard]] virtual bool given_up() = 0;
  };
  /// The last moment before `limit` that counts. Leaves the run somewhere: go_to is to follow.
  [[nodiscard]] std::optional<Moment> last_before(Moment limit, Visitor& visitor);
  /// The moment before `limit`, if there is one; leaves the run there.
  [[nodiscard]] std::optional<Moment> step_back_from(Moment limit);

 private:
  struct Mark {
    std::shared_ptr<const process::Snapshot> snapshot;
    EventLog::Place events;
    RepeatableConsole::Place console;
  };
  using Marks = std::map<Moment, Mark>;

  Timeline(process::Output& streams, const EventLog::Limits& limits)
      : console_(streams), log_(limits) {}
  void take_mark();
  void take_mark_if_due();
  void take_near_mark(std::uint64_t instructions);
  void run_to(std::uint64_t instructions);
  void jump(const Mark& mark);
  void seek(Moment moment);
  [[nodiscard]] bool take_back_changes();

  RepeatableConsole console_;
  EventLog log_;
  std::unique_ptr<process::Process> process_;
  Marks marks_;
  std::deque<Moment> near_marks_;  ///< of marks_: those taken for short ways back
  std::uint64_t interval_;
  std::vector<GuestAddr> stops_;  ///< as the process has them
  std::vector<Moment> changes_;   ///< in order
};

}  // namespace sehlab::lab
