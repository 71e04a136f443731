#include "host/fuzz/sequence/text_words.hpp"

#include <charconv>

namespace sehlab::fuzz::sequence {

std::optional<std::uint8_t> parse_byte(std::string_view word) {
  int base = 10;
  if (word.starts_with("0x")) {
    word.remove_prefix(2);
    base = 16;
  }
  std::uint8_t value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value, base);
  if (error != std::errc{} || end != word.data() + word.size()) return std::nullopt;
  return value;
}

std::optional<std::uint8_t> parse_operand(const OperandRule& rule, std::string_view word) {
  const std::uint8_t first = rule.kind == OperandKind::Flag ? 1 : 0;
  for (std::size_t i = 0; i < rule.names.size(); ++i) {
    if (rule.names[i] == word) return static_cast<std::uint8_t>(first + i);
  }
  return parse_byte(word);
}

std::string word_of(const OperandRule& rule, std::uint8_t operand) {
  const std::size_t first = rule.kind == OperandKind::Flag ? 1 : 0;
  if (operand >= first && operand - first < rule.names.size()) {
    return std::string(rule.names[operand - first]);
  }
  return std::to_string(operand);
}

}  // namespace sehlab::fuzz::sequence
