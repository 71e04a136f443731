#include "host/lab/debug/places.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "host/lab/whole_number.hpp"
#include "host/trace/kinds.hpp"
#include "host/trace/near_miss.hpp"
#include "host/trace/plain.hpp"
#include "host/trace/text_writer.hpp"

namespace sehlab::lab {
namespace {

const std::size_t kPush = trace::Payload(trace::RecordPushed{}).index();
constexpr std::uint64_t kSlice = 200'000;  // instructions between two looks at the debugger

std::vector<std::string_view> kind_words() {
  std::vector<std::string_view> words;
  for (std::size_t i = 0; i < std::variant_size_v<trace::Payload>; ++i) {
    words.push_back(trace::kind_name(i));
  }
  return words;
}

Result<> check_kind(std::string_view kind) {
  const auto words = kind_words();
  if (std::ranges::find(words, kind) != words.end()) return {};
  return fail("", fmt::format("\"{}\" is no kind of event{}", trace::harmless(kind),
                              trace::did_you_mean(kind, std::span<const std::string_view>(words))));
}

FoundPlace found(std::size_t index, Timeline& timeline) {
  const EventLog::Brief brief = timeline.told().brief(index);
  FoundPlace place;
  place.moment = brief.moment;
  place.event = index;
  place.what = fmt::format("event {}  {}", index + 1, trace::kind_name(std::size_t{brief.kind}));
  for (const EventLog::Told& told : timeline.recall(index, 1)) {
    place.what += "  " + trace::describe(told.event.payload);
    const auto* fault = std::get_if<trace::FaultRaised>(&told.event.payload);
    if (fault != nullptr) place.fault_code = fault->code;
  }
  return place;
}

/// The first event from here on, or of the whole run, that is such.
std::optional<FoundPlace> find_forwards(
    Timeline& timeline, gdb::Control& control,
    const std::function<bool(std::size_t, const EventLog::Brief&)>& is) {
  std::size_t looked = 0;
  const EventLog& told = timeline.told();
  for (;;) {
    for (; looked < told.size(); ++looked) {
      if (is(looked, told.brief(looked))) return found(looked, timeline);
    }
    if (timeline.end() != nullptr || told.full() || control.interrupted()) return std::nullopt;
    timeline.run_on(timeline.moment().instructions + kSlice, {});
  }
}

std::optional<FoundPlace> find_backwards(Timeline& timeline,
                                         const std::function<bool(const EventLog::Brief&)>& is) {
  const EventLog& told = timeline.told();
  for (std::size_t i = told.size(); i-- > 0;) {
    const EventLog::Brief& brief = told.brief(i);
    if (brief.moment < timeline.moment() && is(brief)) return found(i, timeline);
  }
  return std::nullopt;
}

}  // namespace

Result<Place> parse_kind(std::string_view text) {
  if (auto known = check_kind(text); !known) return tl::make_unexpected(known.error());
  return BackToKind{std::string(text)};
}

Result<Place> parse_place(std::string_view text) {
  if (text == "start") return AtStart{};
  if (text == "end") return AtEnd{};
  if (const auto count = whole_number(text)) return AtCount{*count};
  if (text.starts_with("event:")) {
    const auto number = whole_number(text.substr(6));
    if (!number || *number == 0) return fail("", "event:N begins with event:1");
    return AtEvent{*number};
  }
  const std::size_t hash = text.find('#');
  AtKind place{std::string(text.substr(0, hash)), 1};
  if (auto known = check_kind(place.kind); !known) return tl::make_unexpected(known.error());
  if (hash == text.npos) return place;
  const auto nth = whole_number(text.substr(hash + 1));
  if (!nth || *nth == 0) return fail("", "KIND#N begins with KIND#1");
  place.nth = *nth;
  return place;
}

std::optional<FoundPlace> find_place(const Place& place, Timeline& timeline,
                                     gdb::Control& control) {
  struct Finder {
    Timeline& timeline;
    gdb::Control& control;
    std::optional<FoundPlace> operator()(const AtStart&) const { return FoundPlace{}; }
    std::optional<FoundPlace> operator()(const AtEnd&) const {
      while (timeline.end() == nullptr && !timeline.told().full() && !control.interrupted()) {
        timeline.run_on(timeline.moment().instructions + kSlice, {});
      }
      if (timeline.end() == nullptr) return std::nullopt;
      const auto last = timeline.step_back_from(timeline.moment());
      return last ? std::optional(FoundPlace{*last, {}, 0, {}}) : std::nullopt;
    }
    std::optional<FoundPlace> operator()(const AtCount& at) const {
      return FoundPlace{{at.instructions, 0}, {}, 0, {}};
    }
    std::optional<FoundPlace> operator()(const AtEvent& at) const {
      return find_forwards(timeline, control, [&](std::size_t index, const EventLog::Brief&) {
        return index + 1 == at.number;
      });
    }
    std::optional<FoundPlace> operator()(const AtKind& at) const {
      std::uint64_t left = at.nth;
      return find_forwards(timeline, control, [&](std::size_t, const EventLog::Brief& event) {
        return trace::kind_name(std::size_t{event.kind}) == at.kind && --left == 0;
      });
    }
    std::optional<FoundPlace> operator()(const BackToKind& at) const {
      return find_backwards(timeline, [&](const EventLog::Brief& event) {
        return trace::kind_name(std::size_t{event.kind}) == at.kind;
      });
    }
    std::optional<FoundPlace> operator()(const BackToPush& at) const {
      return find_backwards(timeline, [&](const EventLog::Brief& event) {
        return event.kind == kPush && event.record == at.record;
      });
    }
  };
  return std::visit(Finder{timeline, control}, place);
}

}  // namespace sehlab::lab
