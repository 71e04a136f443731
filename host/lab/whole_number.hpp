// A count of instructions, visits or events as a person writes it.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sehlab::lab {

/// Decimal digits and nothing else; nullopt: it is none, or has more than 64 bits.
[[nodiscard]] inline std::optional<std::uint64_t> whole_number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace sehlab::lab
