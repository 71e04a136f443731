// The text of a specification, split into its members and put together again.
#include "host/inject/spec.hpp"

#include <fmt/format.h>

#include "host/trace/plain.hpp"

namespace sehlab::inject {
namespace {

constexpr std::string_view kSpaces = " \t\n";

bool needs_quotes(std::string_view value) {
  return value.empty() || value.find_first_of(" \t\n\"") != value.npos;
}

}  // namespace

Result<std::vector<Member>> split_members(std::string_view text) {
  std::vector<Member> members;
  for (;;) {
    const std::size_t begin = text.find_first_not_of(kSpaces);
    if (begin == text.npos) return members;
    text.remove_prefix(begin);
    const std::size_t equals = text.find_first_of("= \t\n");
    if (equals == text.npos || text[equals] != '=' || equals == 0) {
      return fail(
          "", fmt::format("\"{}\" is no KEY=VALUE", trace::printable(text.substr(0, equals), 100)));
    }
    Member member{std::string(text.substr(0, equals)), {}, 0};
    text.remove_prefix(equals + 1);
    if (text.starts_with('"')) {
      const std::size_t end = text.find('"', 1);
      if (end == text.npos) return fail(member.key, "the quotation mark is not closed");
      member.value = text.substr(1, end - 1);
      text.remove_prefix(end + 1);
      if (!text.empty() && kSpaces.find(text[0]) == kSpaces.npos) {
        return fail(member.key, "a space must follow the quotation mark");
      }
    } else {
      const std::size_t end = std::min(text.find_first_of(kSpaces), text.size());
      member.value = text.substr(0, end);
      if (member.value.find('"') != std::string::npos) {
        return fail(member.key, "quotation marks go around a whole value");
      }
      text.remove_prefix(end);
    }
    members.push_back(std::move(member));
  }
}

std::string join_members(std::span<const Member> members) {
  std::string text;
  for (const Member& member : members) {
    if (!text.empty()) text += ' ';
    text += member.key + "=";
    text += needs_quotes(member.value) ? '"' + member.value + '"' : member.value;
  }
  return text;
}

Result<Spec> parse_spec(std::string_view text) {
  const std::string source = "--inject \"" + trace::printable(text, 200) + '"';
  const auto members = split_members(text);
  if (!members) {
    const Error& error = members.error();
    return fail(source, error.text());
  }
  return parse_members(*members, source);
}

}  // namespace sehlab::inject
