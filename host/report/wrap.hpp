// Breaking text into lines that fit a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sehlab::report {

/// Breaks at spaces, but not between digits ("418 204" is one number), so that no line is wider
/// than `columns`; a word that is wider stands alone on a line of its own. One empty line for empty
/// text.
[[nodiscard]] std::vector<std::string> wrap(std::string_view text, std::size_t columns);

/// The lines, each behind `indent` spaces and with a newline.
[[nodiscard]] std::string indented(std::string_view text, std::size_t indent, std::size_t columns);

}  // namespace sehlab::report
