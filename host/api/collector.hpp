// Collector: keeps the events of the run at hand.
#pragma once

#include <utility>
#include <vector>

#include "host/trace/event.hpp"
#include "host/trace/listener.hpp"

namespace sehlab {

class Collector final : public trace::Listener {
 public:
  void begin() {
    events_.clear();
    on_ = true;
  }
  /// Until the next begin() nothing is kept.
  [[nodiscard]] std::vector<trace::Event> take() {
    on_ = false;
    return std::exchange(events_, {});
  }

  void on_event(const trace::Event& event) override { events_.push_back(event); }
  [[nodiscard]] bool wants(const trace::Payload&) const override { return on_; }

 private:
  bool on_ = false;
  std::vector<trace::Event> events_;
};

}  // namespace sehlab
