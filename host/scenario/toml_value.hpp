// TomlValue: a TOML document as plain values with the line each stands on. Only toml_value.cpp
// sees the TOML library.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "emu/result.hpp"

namespace sehlab::scenario {

struct TomlMember;
using TomlTable = std::vector<TomlMember>;
struct TomlValue;
using TomlArray = std::vector<TomlValue>;

/// A date or a time: nothing that a scenario has a use for.
struct TomlDate {};

struct TomlValue {
  int line = 0;
  std::variant<bool, std::int64_t, double, TomlDate, std::string, TomlArray, TomlTable> value;
};

struct TomlMember {
  std::string key;
  int line = 0;
  TomlValue value;
};

/// "a number", "a table", …: what the value is, for messages.
[[nodiscard]] std::string_view toml_kind(const TomlValue& value);

/// The whole document as a table, or an Error with `where` and the line: "scenario a.toml:3".
[[nodiscard]] Result<TomlValue> parse_toml(std::string_view text, const std::string& where);

}  // namespace sehlab::scenario
