#include "host/services/name_case.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "lab/case_table.h"

namespace sehlab::services {
namespace {

constexpr char32_t kLastUnit = 0xffff, kReplacement = 0xfffd;

/// 80 to 9f of code page 1252; the five codes that it leaves free are C1 controls.
constexpr std::array<char16_t, 32> kAnsi{
    0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008d, 0x017d, 0x008f, 0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178};

char16_t mapped(std::span<const LAB_CASE_RUN> runs, char16_t unit) {
  const auto run = std::ranges::lower_bound(runs, unit, {}, &LAB_CASE_RUN::Last);
  if (run == runs.end() || unit < run->First || (unit - run->First) % run->Step != 0) return unit;
  return static_cast<char16_t>(unit + run->Distance);
}

/// A character and how many bytes it takes; none: the bytes begin with no well-formed UTF-8.
struct Decoded {
  char32_t character = 0;
  std::size_t bytes = 0;
};

/// The Unicode Standard, table 3-7: no surrogates, no longer form than needed.
Decoded first_of(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t bytes = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < bytes) return {};
  char32_t character = lead & (0x7fu >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return {};
    character = character << 6 | (byte(i) & 0x3f);
  }
  constexpr std::array<char32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = character >= 0xd800 && character <= 0xdfff;
  if (character < kLeast[bytes] || character > 0x10ffff || surrogate) return {};
  return {character, bytes};
}

void put(std::string& text, char32_t character) {
  const auto tail = [&](int shift) {
    text += static_cast<char>(0x80 | (character >> shift & 0x3f));
  };
  if (character < 0x80) {
    text += static_cast<char>(character);
  } else if (character < 0x800) {
    text += static_cast<char>(0xc0 | character >> 6);
    tail(0);
  } else {
    text += static_cast<char>(0xe0 | character >> 12);
    tail(6);
    tail(0);
  }
}

}  // namespace

char16_t upper_case(char16_t unit) {
  if (unit < 0x80) return unit >= u'a' && unit <= u'z' ? static_cast<char16_t>(unit - 0x20) : unit;
  return mapped(lab_to_upper, unit);
}
char16_t lower_case(char16_t unit) {
  if (unit < 0x80) return unit >= u'A' && unit <= u'Z' ? static_cast<char16_t>(unit + 0x20) : unit;
  return mapped(lab_to_lower, unit);
}

std::string folded_name(std::string_view name) {
  std::string folded;
  while (!name.empty()) {
    const Decoded next = first_of(name);
    const std::size_t bytes = next.bytes == 0 ? 1 : next.bytes;
    if (next.bytes == 0 || next.character > kLastUnit) {
      folded += name.substr(0, bytes);  // what takes two units has no case there
    } else {
      put(folded, lower_case(upper_case(static_cast<char16_t>(next.character))));
    }
    name.remove_prefix(bytes);
  }
  return folded;
}

std::u16string utf16_of(std::string_view text) {
  std::u16string units;
  while (!text.empty()) {
    const Decoded next = first_of(text);
    const char32_t character = next.bytes == 0 ? kReplacement : next.character;
    if (character > kLastUnit) {
      units += static_cast<char16_t>(0xd7c0 + (character >> 10));
      units += static_cast<char16_t>(0xdc00 | (character & 0x3ff));
    } else {
      units += static_cast<char16_t>(character);
    }
    text.remove_prefix(next.bytes == 0 ? 1 : next.bytes);
  }
  return units;
}

std::string utf8_of_ansi(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    put(text, byte >= 0x80 && byte < 0xa0 ? kAnsi[byte - 0x80] : byte);
  }
  return text;
}

}  // namespace sehlab::services
