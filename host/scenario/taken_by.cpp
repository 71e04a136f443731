#include "host/scenario/taken_by.hpp"

#include <algorithm>
#include <variant>

#include "host/trace/plain.hpp"

namespace sehlab::scenario {

void TakenBy::on_event(const trace::Event& event) {
  const trace::Payload& payload = event.payload;
  if (decided_) {
    another_ = another_ || std::holds_alternative<trace::DispatchBegun>(payload);
    return;
  }
  if (const auto* entered = std::get_if<trace::HandlerEntered>(&payload)) {
    asked_.push_back({entered->handler, entered->owner, entered->frame});
  } else if (const auto* vectored = std::get_if<trace::VectoredEntered>(&payload)) {
    if (!vectored->continuing) asked_.push_back({vectored->handler, {}, {}});
  } else if (std::holds_alternative<trace::DispatchContinued>(payload) ||
             std::holds_alternative<trace::UnwindBegun>(payload)) {
    decided_ = true;
    unwound_ = std::holds_alternative<trace::UnwindBegun>(payload);
    if (!asked_.empty()) taken_ = asked_.back();
  } else if (std::holds_alternative<trace::DispatchAbandoned>(payload)) {
    decided_ = true;
  }
}

void TakenBy::finish(bool unhandled) {
  if (!decided_ && !asked_.empty() && !unhandled) taken_ = asked_.back();
  if (unwound_ && unhandled && !another_) taken_.reset();
  decided_ = true;
}

bool TakenBy::is_one_of(const std::vector<Text>& names) const {
  return std::ranges::any_of(names, [this](const Text& name) {
    return taken_ ? names_handler(name.value, *taken_) : name.value == "nobody";
  });
}

std::string TakenBy::name() const {
  if (!taken_) return "nobody";
  const std::string_view owner = trace::function_part(taken_->owner.symbol);
  // Inside a function, or outside of all, only the address says which: as expectations name it.
  const std::string& symbol = taken_->handler.symbol;
  const bool begins = !symbol.empty() && symbol.find('+') == symbol.npos;
  return (begins ? std::string(trace::function_part(symbol))
                 : "0x" + trace::hex(taken_->handler.address)) +
         (owner.empty() ? "" : "@" + std::string(owner));
}

}  // namespace sehlab::scenario
