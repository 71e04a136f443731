// The value of `at`: where an injection fires.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "host/inject/spec.hpp"
#include "host/trace/near_miss.hpp"
#include "host/trace/plain.hpp"

namespace sehlab::inject {
namespace {

/// In the order of Moment.
constexpr std::array<std::string_view, 8> kMoments = {
    "handler-entry",  "handler-return",  "unwind-entry", "unwind-return",
    "vectored-entry", "vectored-return", "filter-entry", "filter-return"};
constexpr std::array<std::string_view, 11> kWords = {
    "instruction",     "random",       "call",          "handler-entry",
    "handler-return",  "unwind-entry", "unwind-return", "vectored-entry",
    "vectored-return", "filter-entry", "filter-return"};

tl::unexpected<Error> refuse(std::string_view text, std::string_view why) {
  return fail("", fmt::format("\"{}\" {}", trace::printable(text, 100), why));
}

Result<Where> at_instruction(std::string_view count) {
  const auto number = parse_count(count);
  if (!number || *number == UINT64_MAX) return refuse(count, "is no count of instructions");
  return AtInstruction{*number};
}

Result<Where> at_random(std::string_view range) {
  const std::size_t dots = range.find("..");
  if (dots == range.npos) return refuse(range, "is no range of instructions: FROM..TO");
  const auto from = parse_count(range.substr(0, dots)), to = parse_count(range.substr(dots + 2));
  if (!from || !to || *to == UINT64_MAX) {
    return refuse(range, "is no range of instructions: FROM..TO");
  }
  if (*from > *to) return refuse(range, "ends before it begins");
  return AtRandom{*from, *to};
}

Result<Where> at_call(std::string_view name) {
  const std::size_t bang = name.find('!');
  if (bang == name.npos || bang == 0 || bang + 1 == name.size()) {
    return refuse(name, "is no function of an image: call:IMAGE!FUNCTION");
  }
  return AtCall{std::string(name.substr(0, bang)), std::string(name.substr(bang + 1))};
}

Result<Where> at_moment(Moment moment, std::optional<std::string_view> which) {
  AtMoment at{moment, {}};
  if (!which) return at;
  if (moment == Moment::FilterReturn) {
    return fail("", "filter-return is of any filter: which one has returned is not known");
  }
  auto place = parse_value(*which);
  if (!place) return tl::make_unexpected(place.error());
  if (std::holds_alternative<Register>(place->base)) return refuse(*which, "is no handler");
  at.which = std::move(*place);
  return at;
}

Result<Where> at_line(std::string_view file, std::uint64_t line) {
  AtLine at;
  if (const std::size_t bang = file.find('!'); bang != file.npos) {
    at.image = file.substr(0, bang);
    file.remove_prefix(bang + 1);
  }
  if (file.empty()) return fail("", "the name of a source file is missing");
  if (line == 0 || line > std::numeric_limits<std::uint32_t>::max()) {
    return fail("", fmt::format("{} is no number of a line", line));
  }
  at.file = file;
  at.line = static_cast<std::uint32_t>(line);
  return at;
}

}  // namespace

Result<Where> parse_where(std::string_view text) {
  const std::size_t colon = text.find(':');
  const std::string_view word = text.substr(0, colon);
  std::optional<std::string_view> rest;
  if (colon != text.npos) rest = text.substr(colon + 1);
  if (const auto moment = std::ranges::find(kMoments, word); moment != kMoments.end()) {
    return at_moment(static_cast<Moment>(moment - kMoments.begin()), rest);
  }
  if (rest && word == "instruction") return at_instruction(*rest);
  if (rest && word == "random") return at_random(*rest);
  if (rest && word == "call") return at_call(*rest);
  if (rest) {
    const std::size_t last = text.rfind(':');
    const auto line = parse_count(text.substr(last + 1));
    // A file has an extension; what has none is a word that was spelled wrongly.
    if (line && text.substr(0, last).find('.') != text.npos) {
      return at_line(text.substr(0, last), *line);
    }
    return refuse(
        word, fmt::format("begins no place; these do: {}, FILE.c:LINE{}", fmt::join(kWords, ", "),
                          trace::did_you_mean(word, std::span(kWords))));
  }
  // A slip in a word is likelier than a symbol of the program that is so near to it.
  if (std::string near = trace::did_you_mean(text, std::span(kWords).subspan(3));
      !near.empty() && text.find('-') != text.npos) {
    return refuse(text, "is no place" + near);
  }
  auto place = parse_value(text);
  if (!place) return tl::make_unexpected(place.error());
  if (std::holds_alternative<Register>(place->base)) {
    return refuse(text, "is a register, which names no place before the run");
  }
  AtPlace at;
  at.place = std::move(*place);
  return at;
}

}  // namespace sehlab::inject
