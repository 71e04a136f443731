// trace::Trace: events kept in memory, for reports, claims and tests. A long run that is only
// judged needs none: the judge listens.
#pragma once

#include <vector>

#include "host/trace/event.hpp"
#include "host/trace/kinds.hpp"
#include "host/trace/listener.hpp"

namespace sehlab::trace {

class Trace final : public Listener {
 public:
  Trace() = default;
  /// Keeps only events of these kinds.
  explicit Trace(KindSet kinds) : kinds_(kinds) {}
  void on_event(const Event& event) override {
    if (kinds_.contains(event)) events.push_back(event);
  }

  std::vector<Event> events;

 private:
  KindSet kinds_ = KindSet::all();
};

}  // namespace sehlab::trace
