#include "host/trace/kinds.hpp"

#include <array>
#include <string>

namespace sehlab::trace {
namespace {

/// In the order of Payload's alternatives; tests/trace checks that the two agree.
constexpr std::array<std::string_view, kKinds> kNames = {
    "fault",        "dispatch",      "visit",      "refused",   "handler",
    "disposition",  "vectored",      "answer",     "continued", "abandoned",
    "unwind",       "unwound",       "unwind-end", "push",      "pop",
    "exposed",      "exposure-end",  "written",    "defect",    "gate",
    "thread-start", "thread-switch", "thread-end", "image",     "reached",
    "output",       "inject",        "end"};

std::string all_names() {
  std::string text;
  for (const std::string_view name : kNames) {
    if (!text.empty()) text += ", ";
    text += name;
  }
  return text;
}

}  // namespace

std::string_view kind_name(const Payload& payload) {
  return kNames.at(payload.index());
}
std::string_view kind_name(std::size_t index) {
  return kNames.at(index);
}

std::optional<std::size_t> find_kind(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return i;
  }
  return std::nullopt;
}

KindSet KindSet::all() {
  KindSet set;
  set.kinds_.set();
  return set;
}

Result<KindSet> KindSet::parse(std::string_view list) {
  KindSet set;
  while (true) {
    const std::size_t comma = list.find(',');
    std::string_view word = list.substr(0, comma);
    const bool taken_out = word.starts_with('-');
    if (taken_out) word.remove_prefix(1);
    if (word == "all" && !taken_out) {
      set = all();
    } else if (const auto kind = find_kind(word)) {
      taken_out ? set.remove(*kind) : set.add(*kind);
    } else {
      return fail(
          "", "\"" + std::string(word) + "\" is no kind of event; they are all, " + all_names());
    }
    if (comma == std::string_view::npos) return set;
    list.remove_prefix(comma + 1);
  }
}

}  // namespace sehlab::trace
