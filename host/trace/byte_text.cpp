#include "host/trace/byte_text.hpp"

#include <cstddef>

#include "host/trace/plain.hpp"

namespace sehlab::trace {
namespace {

/// The byte that the three bytes at the front of `text` stand for; -1 when they are no
/// character of U+EF80..U+EFFF (EE BE 80 to EE BF BF in UTF-8).
int stands_for(std::string_view text) {
  if (text.size() < 3 || text[0] != '\xEE') return -1;
  const auto second = static_cast<unsigned char>(text[1]);
  const auto third = static_cast<unsigned char>(text[2]);
  if ((second != 0xBE && second != 0xBF) || (third & 0xC0) != 0x80) return -1;
  return static_cast<int>((second == 0xBE ? 0x80U : 0xC0U) | (third & 0x3FU));
}

void append_stand_in(std::string& text, char c) {
  const auto byte = static_cast<unsigned char>(c);
  text += '\xEE';
  text += byte < 0xC0 ? '\xBE' : '\xBF';
  text += static_cast<char>(0x80 | (byte & 0x3F));
}

}  // namespace

std::string to_text(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  while (!bytes.empty()) {
    std::size_t length = utf8_sequence(bytes);
    if (length == 0 || stands_for(bytes) >= 0) {
      append_stand_in(text, bytes[0]);
      length = 1;
    } else {
      text += bytes.substr(0, length);
    }
    bytes.remove_prefix(length);
  }
  return text;
}

std::string to_bytes(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size());
  while (!text.empty()) {
    const int byte = stands_for(text);
    bytes += byte >= 0 ? static_cast<char>(byte) : text[0];
    text.remove_prefix(byte >= 0 ? 3 : 1);
  }
  return bytes;
}

}  // namespace sehlab::trace
