#include "host/lab/fuzz/sequence_text.hpp"

#include <iostream>
#include <iterator>
#include <string_view>

#include "host/fuzz/sequence/grammar.hpp"
#include "host/fuzz/sequence/text.hpp"

namespace sehlab::lab {
namespace {

namespace sequence = fuzz::sequence;

constexpr std::size_t kMostText = 1u << 20;  // bytes, as of a file

Result<std::string> text_in(const std::filesystem::path& file) {
  if (file != "-") {
    const auto bytes = read_input(file);
    if (!bytes) return tl::make_unexpected(bytes.error());
    return std::string(reinterpret_cast<const char*>(bytes->data()), bytes->size());
  }
  std::string text(kMostText + 1, '\0');
  std::cin.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(std::cin.gcount()));
  if (text.size() > kMostText) return fail("standard input", "is longer than any sequence");
  return text;
}

}  // namespace

std::string sequence_in_short(std::span<const std::byte> input) {
  const auto* octets = reinterpret_cast<const std::uint8_t*>(input.data());
  std::string text;
  for (std::size_t i = 0; i < sequence::ops_in(input.size()); ++i) {
    text += (i == 0 ? "" : "; ") + sequence::text_of(sequence::raw_op({octets, input.size()}, i));
  }
  return text.empty() ? "nothing" : text;
}

Result<InputBytes> read_sequence(const std::filesystem::path& file) {
  if (file != "-" && file.extension() != ".txt") return read_input(file);
  const auto text = text_in(file);
  if (!text) return tl::make_unexpected(text.error());
  const auto octets = sequence::parse_text(*text, file == "-" ? "standard input" : file.string());
  if (!octets) return tl::make_unexpected(octets.error());
  const auto bytes = std::as_bytes(std::span(*octets));
  return InputBytes(bytes.begin(), bytes.end());
}

}  // namespace sehlab::lab
