// Exports whose names are decorated as stdcall and fastcall are ("_Parse@12"), found without that.
#pragma once

#include <string_view>

#include "host/load/image.hpp"

namespace sehlab::load {

/// The function is called that, with the decorations of stdcall or fastcall or without: "_Parse@12"
/// is called "Parse" (facts: guest-tools.md 3). An underscore alone says nothing: msvcrt exports
/// exit and _exit.
[[nodiscard]] bool is_called(std::string_view function, std::string_view name);

/// The export of that name; when there is none, that which is called so. Null: neither.
[[nodiscard]] const Export* find_export_called(const Image& image, std::string_view name);

}  // namespace sehlab::load
