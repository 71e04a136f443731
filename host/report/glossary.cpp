#include "host/report/glossary.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <string>

namespace sehlab::report {
namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

/// A word as people shorten it: no prefix, no case, no hyphens and underscores.
std::string key_of(std::string_view word) {
  std::string key = lower(word);
  for (const std::string_view prefix : {"status_", "exception_", "exception", "dbg_"}) {
    if (key.size() > prefix.size() && key.starts_with(prefix)) {
      key.erase(0, prefix.size());
      break;
    }
  }
  std::erase_if(key, [](char c) { return c == '-' || c == '_' || c == ' '; });
  return key;
}

std::optional<std::uint32_t> number_of(std::string_view word) {
  const bool marked = word.starts_with("0x") || word.starts_with("0X");
  const std::string_view digits = marked ? word.substr(2) : word;
  // Without 0x eight digits are a status; fewer are decimal, as for a disposition.
  const int base = marked || digits.size() == 8 ? 16 : 10;
  std::uint32_t value = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) {
    return std::nullopt;
  }
  return value;
}

}  // namespace

std::string_view word_kind_name(WordKind kind) {
  constexpr std::array<std::string_view, 5> kNames{"status", "flag", "disposition", "check",
                                                   "defect"};
  return kNames.at(static_cast<std::size_t>(kind));
}

std::span<const GlossaryEntry> glossary() {
  static const std::vector<GlossaryEntry> all = [] {
    std::vector<GlossaryEntry> entries;
    for (const auto part : {status_entries(), dispatch_entries(), check_entries()}) {
      entries.insert(entries.end(), part.begin(), part.end());
    }
    std::ranges::stable_sort(entries, {}, &GlossaryEntry::kind);
    return entries;
  }();
  return all;
}

std::vector<const GlossaryEntry*> look_up(std::string_view word) {
  std::vector<const GlossaryEntry*> found;
  const std::string key = key_of(word);
  const auto number = number_of(word);
  for (const GlossaryEntry& entry : glossary()) {
    if (key_of(entry.word) == key || (number && entry.value == number)) found.push_back(&entry);
  }
  return found;
}

}  // namespace sehlab::report
