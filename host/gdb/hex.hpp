// Numbers and bytes as the remote protocol writes them: hexadecimal, without a prefix.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sehlab::gdb {

/// "0f".
[[nodiscard]] std::string hex_byte(unsigned char byte);
[[nodiscard]] std::string hex_of(std::span<const std::byte> bytes);
[[nodiscard]] std::string hex_of(std::string_view bytes);
/// nullopt: an odd count of digits, or something else than digits.
[[nodiscard]] std::optional<std::vector<std::byte>> bytes_of_hex(std::string_view digits);
/// All of it a number of at most 16 digits; nullopt otherwise, and when it is empty.
[[nodiscard]] std::optional<std::uint64_t> hex_number(std::string_view digits);
/// The same with at most 32 bits.
[[nodiscard]] std::optional<std::uint32_t> hex_word(std::string_view digits);

/// Cuts off and returns what stands before the first `separator`; the whole, and leaves nothing,
/// where there is none.
[[nodiscard]] std::string_view cut(std::string_view& text, char separator);

}  // namespace sehlab::gdb
