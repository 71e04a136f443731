// DwarfCursor: reads numbers and strings of DWARF from a span, never past its end. After a read
// that does not fit, failed() is true and every further read gives 0. Internal to host/load.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace sehlab::load {

class DwarfCursor {
 public:
  explicit DwarfCursor(std::span<const std::byte> data) : data_(data) {}

  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] bool at_end() const { return failed_ || data_.empty(); }
  [[nodiscard]] std::size_t left() const { return data_.size(); }

  /// A little-endian number.
  template <typename T>
  T number() {
    T value{};
    const auto bytes = take(sizeof(T));
    if (!bytes.empty()) std::memcpy(&value, bytes.data(), sizeof(T));
    return value;
  }

  /// The next `size` bytes; empty (and failed) when there are fewer.
  std::span<const std::byte> take(std::uint64_t size) {
    if (failed_ || size > data_.size()) {
      failed_ = true;
      return {};
    }
    const auto taken = data_.first(size);
    data_ = data_.subspan(size);
    return taken;
  }

  /// LEB128 (DWARF 4, 7.6). Bits above the 64th are dropped.
  std::uint64_t unsigned_leb() {
    std::uint64_t value = 0;
    unsigned shift = 0;
    read_leb(value, shift);
    return value;
  }
  std::int64_t signed_leb() {
    std::uint64_t value = 0;
    unsigned shift = 0;
    const std::uint8_t last = read_leb(value, shift);
    if ((last & 0x40) != 0 && shift < 64) value |= ~std::uint64_t{0} << shift;
    return static_cast<std::int64_t>(value);
  }

  /// A zero-terminated string, without its zero.
  std::string_view string() {
    const auto* text = reinterpret_cast<const char*>(data_.data());
    const auto end = std::string_view(text, data_.size()).find('\0');
    if (failed_ || end == std::string_view::npos) {
      failed_ = true;
      return {};
    }
    data_ = data_.subspan(end + 1);
    return {text, end};
  }

 private:
  std::uint8_t read_leb(std::uint64_t& value, unsigned& shift) {
    for (;;) {
      const auto byte = number<std::uint8_t>();
      if (shift < 64) value |= std::uint64_t{byte & 0x7FU} << shift;
      if (shift < 64) shift += 7;
      if ((byte & 0x80) == 0 || failed_) return byte;
    }
  }

  std::span<const std::byte> data_;
  bool failed_ = false;
};

}  // namespace sehlab::load
