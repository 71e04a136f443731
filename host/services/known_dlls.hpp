// The names of Windows' own DLLs. A program that imports from one that the lab does not build
// gets gates that name themselves when they are called; any other DLL that is missing makes the
// program one that cannot be run.
#pragma once

#include <string_view>

namespace sehlab::services {

/// `name`: with or without ".dll", any case; API sets ("api-ms-win-…") count as known.
[[nodiscard]] bool is_windows_dll(std::string_view name);

}  // namespace sehlab::services
