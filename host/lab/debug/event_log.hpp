// EventLog: what a run has told up to where it stands. Of each event it keeps when it was told and
// of which kind it was, whole are the newest only; the others are told again by running again. What
// is told again after going back is the same, and is kept once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>

#include "host/process/process.hpp"
#include "host/report/record_history.hpp"
#include "host/trace/event.hpp"
#include "host/trace/listener.hpp"

namespace sehlab::lab {

class EventLog final : public trace::Listener {
 public:
  using Moment = process::Process::Moment;
  struct Told {
    trace::Event event;
    Moment moment;  ///< as the process stood: a fault's is before its dispatch
  };
  /// What is kept of every event.
  struct Brief {
    Moment moment;
    GuestAddr record;       ///< of a push; 0 of others
    std::uint8_t kind = 0;  ///< index in trace::Payload
  };
  struct Limits {
    std::size_t all = 10'000'000;  ///< 24 bytes each
    std::size_t whole = 50'000;    ///< less than a kilobyte each
    std::size_t defects = 10'000;  ///< kept whole besides
  };

  explicit EventLog(const Limits& limits) : limits_(limits) {}

  void on_event(const trace::Event& event) override;
  [[nodiscard]] bool wants_chain(const trace::Payload&) const override { return false; }

  void attach(const process::Process& process) { process_ = &process; }

  /// Told up to where the run stands.
  [[nodiscard]] std::size_t size() const { return here_.count; }
  /// There is no room for what a longer run would tell.
  [[nodiscard]] bool full() const { return briefs_.size() >= limits_.all; }
  [[nodiscard]] const Brief& brief(std::size_t index) const { return briefs_[index]; }
  /// Null: it is not kept whole.
  [[nodiscard]] const Told* find(std::size_t index) const;
  /// One that is kept whole, as what was told last is.
  [[nodiscard]] const Told& operator[](std::size_t index) const;
  [[nodiscard]] const Told& back() const { return (*this)[size() - 1]; }
  /// Whole, by their indices; those behind where the run stands as well.
  [[nodiscard]] const std::map<std::size_t, trace::Event>& defects() const { return defects_; }
  /// Of the records that are linked where the run stands.
  [[nodiscard]] const report::RecordHistory& history() const { return here_.history; }

  /// Where the run stands.
  struct Place {
    std::size_t count = 0;
    report::RecordHistory history;
  };
  [[nodiscard]] const Place& place() const { return here_; }
  /// Goes to where it stood once.
  void set_place(const Place& place) { here_ = place; }
  /// What is behind will come otherwise.
  void forget_rest();
  /// Lets go of what is too much to be kept whole.
  void trim();

 private:
  Limits limits_;
  const process::Process* process_ = nullptr;
  std::deque<Brief> briefs_;
  std::deque<Told> whole_;
  std::size_t whole_begin_ = 0;  ///< index of the first of them
  std::map<std::size_t, trace::Event> defects_;
  Place here_;
};

}  // namespace sehlab::lab
