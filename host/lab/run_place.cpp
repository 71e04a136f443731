#include "host/lab/run_place.hpp"

#include <algorithm>
#include <string_view>
#include <variant>
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

Result<RunPlace> parse_run_place(const std::string& text) {
  RunPlace place;
  if (text == "start") return place;
  if (const auto count = whole_number(text)) {
    place.number = *count;
    return place;
  }
  if (text == "end") {
    place.kind = RunPlace::Kind::End;
    return place;
  }
  place.kind = RunPlace::Kind::Event;
  place.number = 1;
  const std::size_t colon = text.find(':'), hash = text.find('#');
  if (text.starts_with("event:")) {
    const auto nth = whole_number(std::string_view(text).substr(colon + 1));
    if (!nth || *nth == 0) return fail("", "\"" + text + "\": event:N begins with event:1");
    place.number = *nth;
    return place;
  }
  place.event = text.substr(0, hash);
  const auto words = kind_words();
  if (std::ranges::find(words, place.event) == words.end()) {
    return fail("", "\"" + text + "\" is no instruction and no kind of event" +
                        trace::did_you_mean(place.event, std::span<const std::string_view>(words)));
  }
  if (hash != text.npos) {
    const auto nth = whole_number(std::string_view(text).substr(hash + 1));
    if (!nth || *nth == 0) return fail("", "\"" + text + "\": KIND#N begins with KIND#1");
    place.number = *nth;
  }
  return place;
}

bool EventFinder::is(const trace::Event& event) {
  ++number_;
  const bool counts = place_.event.empty() || trace::kind_name(event.payload) == place_.event;
  return counts && --place_.number == 0;
}

}  // namespace sehlab::lab
