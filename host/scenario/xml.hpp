// Text inside XML.
#pragma once

#include <string>
#include <string_view>

namespace sehlab::scenario {

/// Text for XML 1.0: the five characters that have a meaning are named, and what XML forbids
/// (control characters, bytes that are no UTF-8, U+FFFE and U+FFFF) becomes U+FFFD.
[[nodiscard]] std::string xml(std::string_view text);

}  // namespace sehlab::scenario
