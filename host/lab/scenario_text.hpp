// Pieces of scenario files that the lab writes itself.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace sehlab::lab {

/// A TOML basic string.
[[nodiscard]] std::string toml_string(std::string_view text);
/// An array of such strings, on one line.
[[nodiscard]] std::string toml_array(std::span<const std::string> texts);
/// A guest of the lab's own by its name, any other by its whole path.
[[nodiscard]] std::string guest_name(const std::filesystem::path& program);

}  // namespace sehlab::lab
