// trace::Recorder: the Sink that producers write to. It completes each payload into an Event
// (instruction count, thread, EIP, ESP, chain, names of all places) and tells every listener.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

#include "host/trace/context.hpp"
#include "host/trace/event.hpp"
#include "host/trace/listener.hpp"

namespace sehlab::trace {

/// An event's instruction, registers and chain are those of the moment of emit(); delivery is
/// immediate, except that what a listener emits waits until the event at hand went to all.
class Recorder final : public Sink {
 public:
  /// `context` must outlive the recorder.
  explicit Recorder(const Context& context) : context_(context) {}

  /// Listeners are told in the order in which they were added; they must outlive the recorder
  /// or be removed. A listener may remove itself or others while it is being told.
  void add(Listener& listener);
  void remove(Listener& listener);
  /// At most one; nullptr for none.
  void set_annotator(Annotator* annotator) { annotator_ = annotator; }

  /// False when nobody listens: hand out no Sink then, so that no payload is built.
  [[nodiscard]] bool listening() const { return !listeners_.empty(); }

  void emit(Payload payload) override;
  /// Other images may be where some were.
  void forget_names() { names_.clear(); }

 private:
  [[nodiscard]] Event complete(Payload payload);
  void name(Place& place);
  void deliver(const Event& event);

  const Context& context_;
  std::vector<Listener*> listeners_;
  Annotator* annotator_ = nullptr;
  std::deque<Event> pending_;
  bool delivering_ = false;
  /// Symbols looked up so far; dropped when an image is mapped, and when it has grown large.
  std::unordered_map<GuestAddr, std::string> names_;
};

}  // namespace sehlab::trace
