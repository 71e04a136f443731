// The guest's bytes as text and back, without loss. JSON holds Unicode only, and a guest may
// print or be named by any bytes.
#pragma once

#include <string>
#include <string_view>

namespace sehlab::trace {

/// Well-formed UTF-8 for any bytes. What is well-formed stays as it is; any other byte B becomes
/// the private-use character U+EF00 + B. Characters U+EF80 to U+EFFF in the input are treated as
/// such bytes, so that the way back is unique.
[[nodiscard]] std::string to_text(std::string_view bytes);
/// to_text undone.
[[nodiscard]] std::string to_bytes(std::string_view text);

}  // namespace sehlab::trace
