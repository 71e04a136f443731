#include "host/gdb/packets.hpp"

#include "host/gdb/hex.hpp"

namespace sehlab::gdb {
namespace {

constexpr char kEscape = '}', kEscapeBit = 0x20, kInterruptByte = 0x03;
constexpr std::size_t kChecksumDigits = 2;

/// nullopt: it ends in an escape.
std::optional<std::string> unescaped(std::string_view raw) {
  std::string payload;
  payload.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != kEscape) {
      payload += raw[i];
    } else if (++i < raw.size()) {
      payload += static_cast<char>(raw[i] ^ kEscapeBit);
    } else {
      return std::nullopt;
    }
  }
  return payload;
}

}  // namespace

unsigned checksum(std::string_view bytes) {
  unsigned sum = 0;
  for (const char c : bytes) sum += static_cast<unsigned char>(c);
  return sum & 0xff;
}

std::string framed(std::string_view payload) {
  std::string raw;
  raw.reserve(payload.size() + 4);
  for (const char c : payload) {
    // '*' would begin a run-length in what a stub sends.
    if (c == '$' || c == '#' || c == kEscape || c == '*') {
      raw += kEscape;
      raw += static_cast<char>(c ^ kEscapeBit);
    } else {
      raw += c;
    }
  }
  return '$' + raw + '#' + hex_byte(static_cast<unsigned char>(checksum(raw)));
}

void PacketReader::feed(std::string_view bytes) {
  bytes_.append(bytes);
}

std::optional<Received> PacketReader::next() {
  for (;;) {
    if (too_long_ && !skip_too_long()) return std::nullopt;
    std::size_t at = 0;
    for (; at < bytes_.size(); ++at) {
      const char c = bytes_[at];
      if (c == '$') break;
      if (c != '+' && c != '-' && c != kInterruptByte) continue;
      bytes_.erase(0, at + 1);
      if (c == kInterruptByte) return Interrupt{};
      return Acknowledged{c == '+'};
    }
    bytes_.erase(0, at);
    if (bytes_.empty()) return std::nullopt;
    if (auto received = packet()) return received;
    if (!too_long_) return std::nullopt;
    return Damaged{};
  }
}

/// bytes_ begins with '$'.
std::optional<Received> PacketReader::packet() {
  const std::size_t end = bytes_.find('#');
  if (end == std::string::npos ? bytes_.size() > kLongestPacket + 1 : end > kLongestPacket + 1) {
    too_long_ = true;
    return std::nullopt;
  }
  if (end == std::string::npos || bytes_.size() < end + 1 + kChecksumDigits) return std::nullopt;
  const std::string raw = bytes_.substr(1, end - 1);
  const auto told = hex_number(std::string_view(bytes_).substr(end + 1, kChecksumDigits));
  bytes_.erase(0, end + 1 + kChecksumDigits);
  if (!trusted_ && told != checksum(raw)) return Damaged{};
  auto payload = unescaped(raw);
  if (!payload) return Damaged{};
  return Packet{std::move(*payload)};
}

/// Up to the end of a packet that is too long; false: that has not come yet.
bool PacketReader::skip_too_long() {
  const std::size_t end = bytes_.find('#');
  if (end == std::string::npos || bytes_.size() < end + 1 + kChecksumDigits) {
    bytes_.erase(0, end);
    return false;
  }
  bytes_.erase(0, end + 1 + kChecksumDigits);
  too_long_ = false;
  return true;
}

}  // namespace sehlab::gdb
