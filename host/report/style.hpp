// Style: marks in a report. Colour only adds: without it every report says the same.
#pragma once

#include <string>
#include <string_view>

namespace sehlab::report {

struct Style {
  bool colour = false;

  [[nodiscard]] std::string bold(std::string_view text) const { return ink("1", text); }
  [[nodiscard]] std::string bad(std::string_view text) const { return ink("31", text); }
  [[nodiscard]] std::string good(std::string_view text) const { return ink("32", text); }
  [[nodiscard]] std::string faint(std::string_view text) const { return ink("2", text); }

 private:
  /// Select Graphic Rendition, ECMA-48 8.3.117.
  [[nodiscard]] std::string ink(std::string_view code, std::string_view text) const {
    if (!colour || text.empty()) return std::string(text);
    return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
  }
};

/// Columns that a report keeps within, as far as the guest's names allow.
inline constexpr std::size_t kColumns = 80;

}  // namespace sehlab::report
