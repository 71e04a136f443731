// The console's manners: talk goes to standard error, colour to terminals only and never where
// NO_COLOR is set (no-color.org).
#pragma once

#include <cstdio>
#include <string>

#include "host/report/style.hpp"

namespace sehlab::cli {

/// Colour for a stream that is a terminal, unless NO_COLOR is set and not empty.
[[nodiscard]] report::Style style_of(std::FILE* stream);

/// "sehlab: what" on standard error; returns `code`.
int complain(const std::string& what, int code);

}  // namespace sehlab::cli
