// Traces made by hand: events with the moment and the registers that a test says.
#pragma once

#include <utility>
#include <vector>

#include "host/trace/event.hpp"
#include "host/trace/listener.hpp"
#include "tests/trace/sample_events.hpp"

namespace sehlab::trace {

/// Collects events; what `at` and the members set holds for all that follow.
class TraceMaker {
 public:
  std::uint64_t instruction = 1;
  std::uint32_t thread = 1;
  std::uint32_t esp = 0x0019ff00;
  std::uint32_t eip = 0x00401000;
  ChainPicture chain;

  TraceMaker& at(std::uint64_t now, std::uint32_t stack_pointer) {
    instruction = now;
    esp = stack_pointer;
    return *this;
  }
  /// The chain from now on: records with handlers, innermost first.
  TraceMaker& linked(std::vector<std::pair<std::uint32_t, Place>> records,
                     std::string ending = "end") {
    chain = {};
    chain.ending = std::move(ending);
    chain.head = GuestAddr{records.empty() ? 0xffffffff : records[0].first};
    for (std::size_t i = 0; i < records.size(); ++i) {
      const std::uint32_t next = i + 1 < records.size() ? records[i + 1].first : 0xffffffff;
      chain.links.push_back({GuestAddr{records[i].first}, GuestAddr{next}, records[i].second});
    }
    return *this;
  }
  TraceMaker& emit(Payload payload) {
    Event event;
    event.instruction = instruction;
    event.thread = thread;
    event.eip = place(eip);
    event.esp = GuestAddr{esp};
    event.chain = chain;
    event.payload = std::move(payload);
    events.push_back(std::move(event));
    return *this;
  }
  void tell(Listener& listener) const {
    for (const Event& event : events) listener.on_event(event);
  }

  std::vector<Event> events;
};

}  // namespace sehlab::trace
