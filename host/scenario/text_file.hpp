// The text of a file that a person wrote, read with a bound.
#pragma once

#include <filesystem>
#include <string>

#include "emu/result.hpp"

namespace sehlab::scenario {

/// At most a megabyte. `where` is what an Error names: "scenario x.toml".
[[nodiscard]] Result<std::string> read_text_file(const std::filesystem::path& file,
                                                 const std::string& where);

}  // namespace sehlab::scenario
