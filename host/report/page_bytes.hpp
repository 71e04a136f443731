// PageBytes: a column of the report's data, numbers packed into bytes, as the page unpacks them
// (host/report/page/unpack.js).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sehlab::report {

class PageBytes {
 public:
  void byte(std::uint8_t value) { bytes_ += static_cast<char>(value); }
  /// Seven bits a byte, the least significant first; the top bit says that more follow.
  void number(std::uint64_t value);
  /// A difference, its sign in the lowest bit.
  void difference(std::uint64_t from, std::uint64_t to);
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }
  [[nodiscard]] std::string_view bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

/// RFC 4648, section 4.
[[nodiscard]] std::string base64(std::string_view bytes);
/// A JSON string with its quotes, safe inside of a <script>: no "<", no line separators (U+2028).
/// `text` is UTF-8.
[[nodiscard]] std::string page_string(std::string_view text);

}  // namespace sehlab::report
