// Words of the text form, for both of its directions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "host/fuzz/sequence/grammar.hpp"

namespace sehlab::fuzz::sequence {

/// The operation that takes any four bytes.
constexpr std::string_view kAnyOp = "OP";
constexpr std::string_view kOperandLetters = "abc";

/// 0 to 255, decimal or 0x and hexadecimal.
[[nodiscard]] std::optional<std::uint8_t> parse_byte(std::string_view word);
/// A name of the rule's, or a number.
[[nodiscard]] std::optional<std::uint8_t> parse_operand(const OperandRule& rule,
                                                        std::string_view word);
/// The name where the operand has the simplest value with that meaning, otherwise its number.
[[nodiscard]] std::string word_of(const OperandRule& rule, std::uint8_t operand);

}  // namespace sehlab::fuzz::sequence
