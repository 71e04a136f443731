#include "host/scenario/toml_keys.hpp"

#include <algorithm>

namespace sehlab::scenario {
namespace {

/// Bytes of the string that `text` begins with (TOML 1.0, "String"). One that does not end takes
/// the rest, of its line if it may have only one.
std::size_t string_length(std::string_view text) {
  const char quote = text[0];
  const bool several = text.size() >= 3 && text[1] == quote && text[2] == quote;
  std::size_t at = several ? 3 : 1;
  while (at < text.size()) {
    if (quote == '"' && text[at] == '\\') {
      at += 2;
    } else if (!several && (text[at] == quote || text[at] == '\n')) {
      return at + 1;
    } else if (several && text.substr(at, 3) == std::string_view(text.data(), 3)) {
      at += 3;
      // Up to two quotation marks may stand before the three that end it.
      for (int i = 0; i < 2 && at < text.size() && text[at] == quote; ++i) ++at;
      return at;
    } else {
      ++at;
    }
  }
  return text.size();
}

/// What a key may consist of beside dots and strings, spaces around a dot included.
bool belongs_to_key(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == ' ' || c == '\t';
}

}  // namespace

int line_of_deep_key(std::string_view text, std::size_t most) {
  int line = 1;
  std::size_t dots = 0;
  while (!text.empty()) {
    std::size_t length = 1;
    const char c = text[0];
    if (c == '"' || c == '\'') {
      length = string_length(text);
    } else if (c == '#') {
      length = std::min(text.find('\n'), text.size());
    } else if (c == '.') {
      if (++dots > most) return line;
    } else if (!belongs_to_key(c)) {
      dots = 0;
    }
    line += static_cast<int>(std::ranges::count(text.substr(0, length), '\n'));
    text.remove_prefix(length);
  }
  return 0;
}

}  // namespace sehlab::scenario
