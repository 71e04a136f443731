#include "host/scenario/toml_value.hpp"

#include <fmt/format.h>

#include <toml++/toml.h>

#include "host/scenario/toml_keys.hpp"

namespace sehlab::scenario {
namespace {

int line_of(const toml::source_region& source) {
  return static_cast<int>(source.begin.line);
}

TomlValue convert(const toml::node& node) {
  TomlValue result;
  result.line = line_of(node.source());
  if (const auto* table = node.as_table()) {
    TomlTable members;
    for (const auto& [key, value] : *table) {
      members.push_back({std::string(key.str()), line_of(key.source()), convert(value)});
    }
    result.value = std::move(members);
  } else if (const auto* array = node.as_array()) {
    TomlArray elements;
    for (const auto& element : *array) elements.push_back(convert(element));
    result.value = std::move(elements);
  } else if (const auto* text = node.as_string()) {
    result.value = text->get();
  } else if (const auto* integer = node.as_integer()) {
    result.value = integer->get();
  } else if (const auto* floating = node.as_floating_point()) {
    result.value = floating->get();
  } else if (const auto* boolean = node.as_boolean()) {
    result.value = boolean->get();
  } else {
    result.value = TomlDate{};
  }
  return result;
}

}  // namespace

std::string_view toml_kind(const TomlValue& value) {
  constexpr std::string_view kKinds[] = {"true or false",  "a whole number", "a fraction",
                                         "a date or time", "a string",       "an array",
                                         "a table"};
  return kKinds[value.value.index()];
}

Result<TomlValue> parse_toml(std::string_view text, const std::string& where) {
  // The library bounds how deep values are nested, and does not bound keys.
  constexpr std::size_t kMostDots = 16;
  if (const int line = line_of_deep_key(text, kMostDots); line != 0) {
    return fail(fmt::format("{}:{}", where, line),
                fmt::format("a key of more than {} parts", kMostDots + 1));
  }
  // The library reports errors by exception; none leaves this function.
  try {
    return convert(toml::parse(text));
  } catch (const toml::parse_error& error) {
    return fail(fmt::format("{}:{}", where, line_of(error.source())),
                std::string(error.description()));
  }
}

}  // namespace sehlab::scenario
