// The marks │ ├ └ before a line of trace, which show what happens inside what.
#pragma once

#include <string>

#include "host/trace/nesting.hpp"

namespace sehlab::trace {

/// "│ ├ " for a dispatch that begins inside another; bounded, however deep it goes.
[[nodiscard]] std::string tree_mark(const Nesting::Step& step);

}  // namespace sehlab::trace
