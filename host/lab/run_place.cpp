#include "host/lab/run_place.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "host/lab/whole_number.hpp"
#include "host/trace/kinds.hpp"
#include "host/trace/near_miss.hpp"

namespace sehlab::lab {
namespace {

/// The kinds' words, for who has mistaken one.
std::vector<std::string_view> kind_words() {
  std::vector<std::string_view> words;
  for (std::size_t i = 0; i < std::variant_size_v<trace::Payload>; ++i) {
    words.push_back(trace::kind_name(i));
  }
  return words;
}

}  // namespace

Result<RunPlace> parse_run_place(const std::string& place) {
  if (place == "start") return RunPlace{std::uint64_t{0}};
  if (place == "end") return RunPlace{EndPlace{}};
  if (const auto count = whole_number(place)) return RunPlace{*count};
  const std::size_t colon = place.find(':'), hash = place.find('#');
  EventPlace event;
  if (place.starts_with("event:")) {
    const auto nth = whole_number(std::string_view(place).substr(colon + 1));
    if (!nth || *nth == 0) return fail("", "\"" + place + "\": event:N begins with event:1");
    event.nth = *nth;
    return RunPlace{event};
  }
  event.kind = place.substr(0, hash);
  const auto words = kind_words();
  if (std::ranges::find(words, event.kind) == words.end()) {
    return fail("", "\"" + place + "\" is no instruction and no kind of event" +
                        trace::did_you_mean(event.kind, std::span<const std::string_view>(words)));
  }
  if (hash != place.npos) {
    const auto nth = whole_number(std::string_view(place).substr(hash + 1));
    if (!nth || *nth == 0) return fail("", "\"" + place + "\": KIND#N begins with KIND#1");
    event.nth = *nth;
  }
  return RunPlace{event};
}

bool EventFinder::is(const trace::Event& event) {
  ++number_;
  const bool counts = place_.kind.empty() || trace::kind_name(event.payload) == place_.kind;
  return counts && --place_.nth == 0;
}

}  // namespace sehlab::lab
