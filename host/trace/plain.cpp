#include "host/trace/plain.hpp"

#include <fmt/format.h>

namespace sehlab::trace {

std::string hex(std::uint32_t value) {
  return fmt::format("{:08x}", value);
}
std::string hex(GuestAddr address) {
  return hex(address.value);
}

std::string grouped(std::uint64_t count) {
  std::string text = std::to_string(count);
  for (std::size_t at = text.size(); at > 3;) {
    at -= 3;
    text.insert(at, 1, ' ');
  }
  return text;
}

std::string_view image_part(std::string_view symbol) {
  const std::size_t bang = symbol.find('!');
  return bang == std::string_view::npos ? std::string_view{} : symbol.substr(0, bang);
}

std::string_view function_part(std::string_view symbol) {
  const std::size_t bang = symbol.find('!');
  if (bang != std::string_view::npos) symbol.remove_prefix(bang + 1);
  // An offset is what Context::symbol appends, "+0x…"; a name may hold a '+' of its own.
  const std::size_t plus = symbol.rfind("+0x");
  return plus == std::string_view::npos ? symbol : symbol.substr(0, plus);
}

std::string show(const Place& place) {
  return place.symbol.empty() ? hex(place.address) : printable(place.symbol, 200);
}

std::string show_function(const Place& place) {
  if (place.symbol.empty()) return hex(place.address);
  const std::string_view symbol = place.symbol;
  const std::size_t plus = symbol.rfind("+0x");
  return printable(symbol.substr(0, plus), 200);
}

std::string show_short(const Place& place) {
  if (place.symbol.empty()) return hex(place.address);
  std::string_view symbol = place.symbol;
  const std::size_t bang = symbol.find('!');
  if (bang != std::string_view::npos) symbol.remove_prefix(bang + 1);
  return printable(symbol, 200);
}

std::size_t utf8_sequence(std::string_view bytes) {
  const auto at = [&bytes](std::size_t i) {
    return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U;
  };
  const auto tail = [&at](std::size_t i) { return at(i) >= 0x80 && at(i) <= 0xBF; };
  const unsigned first = at(0), second = at(1);
  if (bytes.empty()) return 0;
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return tail(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const bool overlong = first == 0xE0 && second < 0xA0;
    const bool surrogate = first == 0xED && second > 0x9F;
    return tail(1) && tail(2) && !overlong && !surrogate ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const bool overlong = first == 0xF0 && second < 0x90;
    const bool beyond = first == 0xF4 && second > 0x8F;
    return tail(1) && tail(2) && tail(3) && !overlong && !beyond ? 4 : 0;
  }
  return 0;
}

namespace {

/// What the first byte of `text` is written as when it may not stand as it is; empty if it may.
std::string escape(std::string_view text, bool backslashes) {
  const auto byte = static_cast<unsigned char>(text[0]);
  if (byte == '\n') return "\\n";
  if (byte == '\t') return "\\t";
  if (byte == '\\' && backslashes) return "\\\\";
  const std::size_t length = utf8_sequence(text);
  // U+0080..U+009F are control characters too, and some terminals obey them.
  const bool c1 = length == 2 && byte == 0xC2 && static_cast<unsigned char>(text[1]) < 0xA0;
  const bool control = byte < 0x20 || byte == 0x7F;
  return length == 0 || c1 || control ? fmt::format("\\x{:02x}", byte) : "";
}

std::string escaped(std::string_view text, bool backslashes) {
  std::string result;
  while (!text.empty()) {
    const std::string instead = escape(text, backslashes);
    const std::size_t length = instead.empty() ? utf8_sequence(text) : 1;
    result += instead.empty() ? std::string(text.substr(0, length)) : instead;
    text.remove_prefix(length);
  }
  return result;
}

}  // namespace

std::string printable(std::string_view bytes, std::size_t most) {
  const std::string text = escaped(bytes.substr(0, most), true);
  return bytes.size() > most ? text + "…" : text;
}

std::string harmless(std::string_view text) {
  return escaped(text, false);
}

std::size_t width(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

std::string padded(std::string text, std::size_t to) {
  const std::size_t now = width(text);
  if (now < to) text.append(to - now, ' ');
  return text;
}

}  // namespace sehlab::trace
