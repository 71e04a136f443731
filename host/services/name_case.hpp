// Names as Windows compares them: without regard to case, whatever alphabet they are in, and read
// in code page 1252 where they are bytes. On the host a name is UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace sehlab::services {

/// A UTF-16 unit in capital or small letters: the table of ntdll's RtlUpcaseUnicodeChar, whatever
/// the host's locale.
[[nodiscard]] char16_t upper_case(char16_t unit);
[[nodiscard]] char16_t lower_case(char16_t unit);

/// The name in small letters; two names of UTF-8 that Windows takes for one and the same become
/// equal. Bytes that are no UTF-8 stay as they are.
[[nodiscard]] std::string folded_name(std::string_view name);

/// UTF-8 in UTF-16; a byte that is no part of well-formed UTF-8 becomes U+FFFD.
[[nodiscard]] std::u16string utf16_of(std::string_view text);

/// Bytes of an image (the name of a DLL that it imports) as UTF-8: code page 1252, that of the
/// lab's Windows (guest/system/ntdll/codepage.c).
[[nodiscard]] std::string utf8_of_ansi(std::string_view bytes);

}  // namespace sehlab::services
