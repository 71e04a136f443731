// The members of a specification as a Spec: which keys there are, which go together, and what each
// may hold.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "host/inject/parse_what.hpp"
#include "host/inject/spec.hpp"
#include "host/trace/near_miss.hpp"
#include "host/trace/plain.hpp"

namespace sehlab::inject {
namespace {

/// A key, and the one that it goes with; empty: with any.
struct Key {
  std::string_view name, with;
};
constexpr std::array<Key, 25> kKeys = {{{"at", ""},
                                        {"visit", ""},
                                        {"nth", ""},
                                        {"times", ""},
                                        {"thread", ""},
                                        {"caller", ""},
                                        {"fault", ""},
                                        {"fail", ""},
                                        {"protect", ""},
                                        {"guard", ""},
                                        {"set", ""},
                                        {"overwrite", ""},
                                        {"limit", ""},
                                        {"base", ""},
                                        {"address", "fault"},
                                        {"access", "fault"},
                                        {"status", "fault"},
                                        {"parameters", "fault"},
                                        {"flags", "fault"},
                                        {"error", "fail"},
                                        {"stack-bytes", "fail"},
                                        {"page", "protect"},
                                        {"pages", "protect"},
                                        {"next", "overwrite"},
                                        {"handler", "overwrite"}}};
constexpr std::array<std::string_view, 8> kActions = {"fault", "fail",      "protect", "guard",
                                                      "set",   "overwrite", "limit",   "base"};

const Key* find_key(std::string_view name) {
  const auto found = std::ranges::find(kKeys, name, &Key::name);
  return found == kKeys.end() ? nullptr : &*found;
}

std::string unknown_key(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Key& key : kKeys) names.push_back(key.name);
  return "unknown key" + trace::did_you_mean(name, std::span<const std::string_view>(names));
}

/// Every key is known, given once, and goes with the action.
bool check_keys(MemberReader& reader, std::span<const Member> members) {
  for (const Member& member : members) {
    const Key* key = find_key(member.key);
    const std::string shown = trace::printable(member.key, 80);
    if (key == nullptr) {
      reader.complain(shown, member.line, unknown_key(member.key));
    } else if (std::ranges::count(members, member.key, &Member::key) > 1) {
      reader.complain(shown, member.line, "is given more than once");
    } else if (!key->with.empty() && reader.find(key->with) == nullptr) {
      reader.complain(shown, member.line, fmt::format("goes with {} only", key->with));
    }
    if (reader.failed()) return false;
  }
  return true;
}

/// The one action; null and a complaint when there is none or several.
const Member* find_action(MemberReader& reader) {
  const Member* action = nullptr;
  for (const std::string_view name : kActions) {
    const Member* member = reader.find(name);
    if (member == nullptr) continue;
    const bool both_limits = action != nullptr && action->key == "limit" && name == "base";
    if (action != nullptr && !both_limits) {
      reader.complain(
          member->key, member->line,
          fmt::format("there is {} already; one injection does one thing", action->key));
      return nullptr;
    }
    if (action == nullptr) action = member;
  }
  if (action == nullptr) {
    reader.complain(
        "", 0,
        fmt::format("says not what to do; one of these is needed: {}", fmt::join(kActions, ", ")));
  }
  return action;
}

void read_when(MemberReader& reader, Spec& spec) {
  const Member* nth = reader.find("nth");
  if (nth != nullptr && reader.find("visit") != nullptr) {
    reader.complain("nth", nth->line, "is the same as visit, which is given already");
  }
  const char* key = nth != nullptr ? "nth" : "visit";
  if (const auto visit = reader.count(key, 1, UINT64_MAX - 1)) spec.visit = *visit;
  if (const Member* times = reader.find("times"); times != nullptr && times->value == "all") {
    spec.times = kAlways;
  } else if (const auto count = reader.count("times", 1, UINT64_MAX - 1)) {
    spec.times = *count;
  }
  const auto thread = reader.count("thread", 1, std::numeric_limits<std::uint32_t>::max());
  if (thread) spec.thread = static_cast<std::uint32_t>(*thread);
}

void read_where(MemberReader& reader, Spec& spec) {
  const Member* at = reader.find("at");
  if (at == nullptr) return reader.complain("", 0, "says not where: at=… is missing");
  auto where = parse_where(at->value);
  if (!where) return reader.complain("at", at->line, where.error().text());
  spec.where = std::move(*where);
  const bool once = std::holds_alternative<AtInstruction>(spec.where) ||
                    std::holds_alternative<AtRandom>(spec.where);
  for (const char* key : {"visit", "nth", "times"}) {
    const Member* member = reader.find(key);
    if (member != nullptr && once) {
      reader.complain(key, member->line, "an instruction's number comes once only");
    }
  }
  const Member* caller = reader.find("caller");
  if (caller == nullptr) return;
  if (!std::holds_alternative<AtCall>(spec.where)) {
    reader.complain("caller", caller->line, "goes with at=call:IMAGE!FUNCTION only");
  }
  if (caller->value.empty()) reader.complain("caller", caller->line, "must name an image");
  spec.caller = caller->value;
}

/// What goes with certain places only.
void check_whole(MemberReader& reader, const Member& action, const Spec& spec) {
  if (!std::holds_alternative<FailCall>(spec.what)) return;
  const auto* place = std::get_if<AtPlace>(&spec.where);
  const bool a_function = place != nullptr && std::holds_alternative<Name>(place->place.base) &&
                          place->place.offset == 0;
  if (!a_function && !std::holds_alternative<AtCall>(spec.where)) {
    reader.complain("fail", action.line,
                    "goes with a call (at=call:IMAGE!FUNCTION) or with a function's first "
                    "instruction (at=IMAGE!SYMBOL)");
  }
}

}  // namespace

Result<Spec> parse_members(std::span<const Member> members, const std::string& source) {
  MemberReader reader(members, source);
  Spec spec;
  spec.text = join_members(members);
  spec.source = members.empty() || members.front().line == 0
                    ? source
                    : fmt::format("{}:{}", source, members.front().line);
  if (check_keys(reader, members)) {
    read_where(reader, spec);
    read_when(reader, spec);
    if (const Member* action = find_action(reader)) {
      spec.what = parse_what(reader, *action);
      check_whole(reader, *action, spec);
    }
  }
  if (reader.failed()) return tl::make_unexpected(reader.error());
  return spec;
}

}  // namespace sehlab::inject
