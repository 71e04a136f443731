#include "host/api/sehlab/guest.hpp"

#include <bit>

#include "host/api/session.hpp"
#include "host/process/process.hpp"

namespace sehlab {
namespace {

std::vector<std::byte> with_zero(std::span<const std::byte> text, std::size_t zero) {
  std::vector<std::byte> bytes(text.begin(), text.end());
  bytes.resize(bytes.size() + zero);
  return bytes;
}

}  // namespace

Argument::Argument(float value) : words_{std::bit_cast<std::uint32_t>(value)}, is_floating_(true) {}

Argument::Argument(double value) : is_floating_(true) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  words_ = {static_cast<std::uint32_t>(bits), static_cast<std::uint32_t>(bits >> 32)};
}

Argument::Argument(std::span<const std::byte> bytes)
    : bytes_(bytes.begin(), bytes.end()), has_bytes_(true) {}

Argument::Argument(std::string_view text)
    : bytes_(with_zero(std::as_bytes(std::span(text)), 1)), has_bytes_(true) {}

Argument::Argument(std::u16string_view text)
    : bytes_(with_zero(std::as_bytes(std::span(text)), 2)), has_bytes_(true) {}

std::uint32_t Guest::argument(std::size_t n) {
  return read_word(arguments_ + static_cast<std::uint32_t>(4 * n));
}

std::vector<std::byte> Guest::read(GuestAddr from, std::size_t bytes) {
  // What is not there is found out page by page, before room is made for all of it.
  std::vector<std::byte> read;
  while (read.size() < bytes) {
    const std::size_t at = read.size();
    const GuestAddr next = from + static_cast<std::uint32_t>(at);
    const std::size_t page = kPageSize - next.value % kPageSize;
    read.resize(at + std::min(page, bytes - at));
    const auto fault = session_.process().memory().read(next, std::span(read).subspan(at));
    if (fault) session_.raise(*fault);
  }
  return read;
}

void Guest::write(GuestAddr to, std::span<const std::byte> bytes) {
  if (const auto fault = session_.process().memory().write(to, bytes)) session_.raise(*fault);
}

std::uint32_t Guest::read_word(GuestAddr from) {
  std::uint32_t value = 0;
  if (const auto fault = session_.process().memory().read_object(from, value)) {
    session_.raise(*fault);
  }
  return value;
}

void Guest::write_word(GuestAddr to, std::uint32_t value) {
  write(to, std::as_bytes(std::span(&value, 1)));
}

std::string Guest::read_text(GuestAddr from, std::size_t most) {
  std::string text;
  for (; text.size() < most; from += 1) {
    const auto letter = static_cast<char>(read(from, 1).front());
    if (letter == '\0') break;
    text.push_back(letter);
  }
  return text;
}

std::u16string Guest::read_wide(GuestAddr from, std::size_t most) {
  std::u16string text;
  for (; text.size() < most; from += 2) {
    const auto bytes = read(from, 2);
    const auto letter = static_cast<char16_t>(std::to_integer<unsigned>(bytes[0]) |
                                              std::to_integer<unsigned>(bytes[1]) << 8);
    if (letter == u'\0') break;
    text.push_back(letter);
  }
  return text;
}

void Guest::set_last_error(std::uint32_t code) {
  static_cast<void>(call("kernel32!SetLastError", code));
}

std::string Guest::caller() {
  return session_.process().modules().symbolize(GuestAddr{read_word(arguments_ - 4)});
}

std::uint32_t Guest::call_with(GuestAddr function, const std::vector<Argument>& arguments) {
  return session_.call_back(function, arguments);
}

GuestAddr Guest::address(const std::string& function) {
  const auto found = session_.find(function);
  if (!found) throw LabError(found.error().text());
  return *found;
}

void Guest::raise(std::uint32_t code, const std::vector<std::uint32_t>& parameters) {
  session_.raise_exception(code, parameters);
}

}  // namespace sehlab
