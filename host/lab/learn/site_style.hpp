// The style sheet of the site.
#pragma once

#include <string_view>

namespace sehlab::lab {

/// Light and dark by what the reader's system prefers; readable without it.
[[nodiscard]] std::string_view site_style();

}  // namespace sehlab::lab
