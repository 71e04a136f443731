// Text as roff takes it: what would be a request or an escape stays what it is.
#pragma once

#include <string>
#include <string_view>

namespace sehlab::cli {

/// Running text. Hyphens stay hyphens, where a line may break.
[[nodiscard]] std::string roff_text(std::string_view text);
/// What a reader may copy: a command, an option, code. ASCII stays ASCII, whatever the device (man
/// pages would show a minus sign, typographic quotes and accents in place of `-`, `'`, `` ` ``, `^`
/// and `~`: groff_char(7)).
[[nodiscard]] std::string roff_code(std::string_view text);

/// What stands behind .TH: ASCII for the characters of our documents that a device may not have
/// (man where the locale is not UTF-8).
[[nodiscard]] std::string_view roff_fallbacks();

}  // namespace sehlab::cli
