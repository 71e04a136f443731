#include "host/lab/debug/event_log.hpp"

#include "emu/check.hpp"

namespace sehlab::lab {

void EventLog::on_event(const trace::Event& event) {
  const std::size_t index = here_.count++;
  here_.history.take(event);
  const Moment moment = process_ != nullptr ? process_->moment() : Moment{};
  if (index == briefs_.size()) {
    const auto* push = std::get_if<trace::RecordPushed>(&event.payload);
    briefs_.push_back({moment, push != nullptr ? push->record : GuestAddr{},
                       static_cast<std::uint8_t>(event.payload.index())});
    const bool defect = std::holds_alternative<trace::DefectFound>(event.payload);
    if (defect && defects_.size() < limits_.defects) defects_.emplace(index, event);
  }
  if (find(index) != nullptr) return;
  if (index != whole_begin_ + whole_.size()) {
    whole_.clear();
    whole_begin_ = index;
  }
  whole_.push_back({event, moment});
}

const EventLog::Told* EventLog::find(std::size_t index) const {
  const bool there = index >= whole_begin_ && index - whole_begin_ < whole_.size();
  return there ? &whole_[index - whole_begin_] : nullptr;
}

const EventLog::Told& EventLog::operator[](std::size_t index) const {
  const Told* told = find(index);
  SEHLAB_CHECK(told != nullptr);
  return *told;
}

void EventLog::forget_rest() {
  briefs_.resize(here_.count);
  defects_.erase(defects_.lower_bound(here_.count), defects_.end());
  while (!whole_.empty() && whole_begin_ + whole_.size() > here_.count) whole_.pop_back();
}

void EventLog::trim() {
  for (; whole_.size() > limits_.whole; ++whole_begin_) whole_.pop_front();
}

}  // namespace sehlab::lab
