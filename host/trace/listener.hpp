// trace::Listener and trace::Annotator: who is told of events, and who may add to one before
// anybody is told.
#pragma once

#include "host/trace/event.hpp"

namespace sehlab::trace {

/// Told of every event, complete and in order. It may emit events itself (the chain watch does):
/// they follow the one it is being told of, for every listener alike.
class Listener {
 public:
  virtual ~Listener() = default;
  virtual void on_event(const Event& event) = 0;
  /// Whether it is told of events with this payload. What nobody wants is not made.
  [[nodiscard]] virtual bool wants(const Payload& payload) const {
    static_cast<void>(payload);
    return true;
  }
  /// Whether it reads Event::eip, Event::esp and the names of places; where no listener does, they
  /// stay empty.
  [[nodiscard]] virtual bool wants_places() const { return true; }
  /// Whether it looks at the chain of an event with this payload. Chains are read from guest
  /// memory link by link: where no listener wants one, Event::chain stays empty.
  [[nodiscard]] virtual bool wants_chain(const Payload& payload) const {
    static_cast<void>(payload);
    return true;
  }
};

/// Fills in what the producer could not know, before symbols are looked up: the watch names the
/// owner of a handler's record from its table of pushes.
class Annotator {
 public:
  virtual ~Annotator() = default;
  virtual void annotate(Payload& payload) = 0;
};

}  // namespace sehlab::trace
