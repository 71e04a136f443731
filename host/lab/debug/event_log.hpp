// EventLog: all events of a run up to where it stands, each with the moment at which it was told.
// What is told again after going back is the same, and is kept once.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "host/process/process.hpp"
#include "host/trace/event.hpp"
#include "host/trace/listener.hpp"

namespace sehlab::lab {

class EventLog final : public trace::Listener {
 public:
  struct Told {
    trace::Event event;
    process::Process::Moment moment;  ///< as the process stood: a fault's is before its dispatch
  };

  void on_event(const trace::Event& event) override {
    if (count_ == told_.size()) {
      told_.push_back({event, process_ ? process_->moment() : process::Process::Moment{}});
    }
    ++count_;
  }
  [[nodiscard]] bool wants_chain(const trace::Payload&) const override { return false; }

  void attach(const process::Process& process) { process_ = &process; }
  /// Up to where the run stands.
  [[nodiscard]] std::span<const Told> told() const { return std::span(told_).first(count_); }
  /// Goes to where so many were told: fewer than were told once.
  void set_count(std::size_t count) { count_ = count; }
  /// What is behind will come otherwise.
  void forget_rest() {
    told_.erase(told_.begin() + static_cast<std::ptrdiff_t>(count_), told_.end());
  }

 private:
  const process::Process* process_ = nullptr;
  std::vector<Told> told_;
  std::size_t count_ = 0;
};

}  // namespace sehlab::lab
