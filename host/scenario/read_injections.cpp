#include "host/scenario/read_injections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "host/trace/plain.hpp"

namespace sehlab::scenario {
namespace {

/// What stands before a `=` on a command line.
bool is_word(std::string_view key) {
  return !key.empty() && std::ranges::all_of(key, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
}

/// As it would stand on a command line: 16, "go_fixed!probe", "1,2" for [1, 2], "eax:1" for
/// {eax = 1}. False: it is nothing of the kind.
bool add_text(const TomlValue& value, std::string& text, bool nested = false) {
  if (const auto* word = std::get_if<std::string>(&value.value)) {
    text += *word;
    return word->find('\0') == word->npos && word->find('"') == word->npos;
  }
  if (const auto* number = std::get_if<std::int64_t>(&value.value)) {
    text += std::to_string(*number);
    return true;
  }
  if (nested) return false;
  const std::size_t begin = text.size();
  const auto separate = [&] { text += text.size() == begin ? "" : ","; };
  if (const auto* array = std::get_if<TomlArray>(&value.value)) {
    for (const TomlValue& element : *array) {
      separate();
      if (!add_text(element, text, true)) return false;
    }
    return true;
  }
  const auto* table = std::get_if<TomlTable>(&value.value);
  if (table == nullptr) return false;
  for (const TomlMember& member : *table) {
    separate();
    text += member.key + ":";
    if (!is_word(member.key)) return false;
    if (!add_text(member.value, text, true)) return false;
  }
  return true;
}

}  // namespace

std::vector<Injection> read_injections(TableReader& document) {
  const TomlValue* value = document.take("inject");
  if (value == nullptr) return {};
  const auto* array = std::get_if<TomlArray>(&value->value);
  if (array == nullptr) {
    document.complain("inject", value->line, "must be an array of tables: [[inject]]");
    return {};
  }
  std::vector<Injection> injections;
  for (const TomlValue& element : *array) {
    const auto* table = std::get_if<TomlTable>(&element.value);
    if (table == nullptr) {
      document.complain("inject", element.line, "must be an array of tables: [[inject]]");
      return {};
    }
    Injection& injection = injections.emplace_back();
    injection.line = element.line;
    for (const TomlMember& member : *table) {
      Text text{{}, member.line};
      if (!is_word(member.key)) {
        document.complain(fmt::format("inject.{}", trace::printable(member.key, 80)), member.line,
                          "is no key of an injection");
        return {};
      }
      if (!add_text(member.value, text.value)) {
        document.complain(fmt::format("inject.{}", trace::printable(member.key, 80)), member.line,
                          fmt::format("must be text without quotation marks, a whole number, or "
                                      "several of them, not {}",
                                      toml_kind(member.value)));
        return {};
      }
      injection.members.emplace_back(member.key, std::move(text));
    }
    // As the file has them; a table comes without an order. Of one line the place is first.
    std::ranges::stable_sort(injection.members, {}, [](const auto& member) {
      return std::pair(member.second.line, member.first != "at");
    });
  }
  return injections;
}

}  // namespace sehlab::scenario
