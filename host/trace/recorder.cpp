#include "host/trace/recorder.hpp"

#include <algorithm>
#include <utility>

#include "host/trace/fields.hpp"

namespace sehlab::trace {
namespace {

/// A guest that runs through ever new addresses must not fill the host's memory.
constexpr std::size_t kMostNames = 1 << 16;

}  // namespace

void Recorder::add(Listener& listener) {
  listeners_.push_back(&listener);
}

void Recorder::remove(Listener& listener) {
  // While an event is on its way its loop counts on the positions: only empty the slot.
  std::replace(listeners_.begin(), listeners_.end(), &listener, static_cast<Listener*>(nullptr));
  if (!delivering_) std::erase(listeners_, nullptr);
}

void Recorder::emit(Payload payload) {
  if (std::holds_alternative<ImageMapped>(payload)) names_.clear();
  if (std::ranges::none_of(listeners_, [&](const Listener* listener) {
        return listener != nullptr && listener->wants(payload);
      })) {
    return;
  }
  if (delivering_) {
    pending_.push_back(complete(std::move(payload)));
    return;
  }
  delivering_ = true;
  deliver(complete(std::move(payload)));
  while (!pending_.empty()) {
    const Event event = std::move(pending_.front());
    pending_.pop_front();
    deliver(event);
  }
  delivering_ = false;
  std::erase(listeners_, nullptr);
}

void Recorder::deliver(const Event& event) {
  for (std::size_t i = 0; i < listeners_.size(); ++i) {
    if (listeners_[i] != nullptr && listeners_[i]->wants(event.payload)) {
      listeners_[i]->on_event(event);
    }
  }
}

Event Recorder::complete(Payload payload) {
  if (annotator_ != nullptr) annotator_->annotate(payload);
  Event event;
  event.instruction = context_.instruction();
  event.thread = context_.thread();
  bool chain = false, places = false;
  for (const Listener* listener : listeners_) {
    if (listener == nullptr || !listener->wants(payload)) continue;
    chain = chain || listener->wants_chain(payload);
    places = places || listener->wants_places();
  }
  if (chain) event.chain = context_.chain();
  event.payload = std::move(payload);
  if (places) {
    event.eip.address = context_.eip();
    event.esp = context_.esp();
    for_each_place(event, [this](Place& place) { name(place); });
  }
  return event;
}

void Recorder::name(Place& place) {
  // Address 0 stands for "unknown" in payloads, and is never an image's.
  if (!place.symbol.empty() || place.address == GuestAddr{}) return;
  const auto known = names_.find(place.address);
  if (known != names_.end()) {
    place.symbol = known->second;
    return;
  }
  if (names_.size() >= kMostNames) names_.clear();
  place.symbol = context_.symbol(place.address);
  names_.emplace(place.address, place.symbol);
}

}  // namespace sehlab::trace
