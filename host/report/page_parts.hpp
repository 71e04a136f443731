// The files of host/report/page/, as CMake puts them into the executable (cmake/EmbedPage.cmake).
#pragma once

#include <span>
#include <string_view>

namespace sehlab::report {

/// index.html, with <!--{style}-->, <!--{scripts}--> and <!--{data}--> where those belong.
[[nodiscard]] std::string_view page_html();
/// In their order.
[[nodiscard]] std::span<const std::string_view> page_styles();
[[nodiscard]] std::span<const std::string_view> page_scripts();

}  // namespace sehlab::report
