#include "host/report/page_lives.hpp"

#include <algorithm>
#include <tuple>
#include <variant>

#include "host/report/page_bytes.hpp"

namespace sehlab::report {

/// The one that goes on; a new one when the trace has not told of its push.
PageLives::Life& PageLives::life(std::uint32_t thread, GuestAddr record) {
  const auto [place, fresh] = now_.try_emplace({thread, record}, lives_.size());
  if (fresh) lives_.push_back({thread, record});
  return lives_[place->second];
}

void PageLives::take(const trace::Event& event, std::uint64_t number) {
  const std::uint64_t told = number + 1;
  const auto first = [told](std::uint64_t& when) {
    if (when == 0) when = told;
  };
  const auto ends = [&](GuestAddr record) {
    life(event.thread, record).gone = told;
    now_.erase({event.thread, record});
  };
  if (const auto* pushed = std::get_if<trace::RecordPushed>(&event.payload)) {
    now_.erase({event.thread, pushed->record});
    life(event.thread, pushed->record).pushed = told;
  } else if (const auto* popped = std::get_if<trace::RecordPopped>(&event.payload)) {
    ends(popped->record);
  } else if (const auto* exposed = std::get_if<trace::RecordExposed>(&event.payload)) {
    first(life(event.thread, exposed->record).exposed);
  } else if (const auto* over = std::get_if<trace::ExposureEnded>(&event.payload)) {
    first(life(event.thread, over->record).exposure_end);
  } else if (const auto* written = std::get_if<trace::ExposedRecordWritten>(&event.payload)) {
    first(life(event.thread, written->record).written);
  } else if (const auto* defect = std::get_if<trace::DefectFound>(&event.payload)) {
    first(life(event.thread, defect->record).defect);
  }
}

void PageLives::write(std::ostream& out) const {
  std::vector<Life> sorted = lives_;
  std::ranges::sort(sorted, {}, [](const Life& one) {
    return std::tuple(one.thread, one.record, one.pushed, one.gone);
  });
  PageBytes column;
  for (const Life& one : sorted) {
    for (const std::uint64_t number :
         {std::uint64_t{one.thread}, std::uint64_t{one.record.value}, one.pushed, one.gone,
          one.exposed, one.exposure_end, one.written, one.defect}) {
      column.number(number);
    }
  }
  out << '"' << base64(column.bytes()) << '"';
}

}  // namespace sehlab::report
