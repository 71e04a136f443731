// Text that has to fit a column of a table.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sehlab::scenario {

/// Broken at spaces so that no line is wider than `width`; a wider word stands alone. One empty
/// line for empty text.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t width);
/// The elements with ", " between them, broken there.
[[nodiscard]] std::vector<std::string> listed(const std::vector<std::string>& elements,
                                              std::size_t width);
/// What is too wide loses its end, or (`keep_end`, for paths) its beginning, to an ellipsis. UTF-8.
[[nodiscard]] std::string cut(std::string_view text, std::size_t width, bool keep_end = false);

}  // namespace sehlab::scenario
