// Folders of our own among the system's temporary files.
#pragma once

#include <filesystem>
#include <string_view>

#include "emu/result.hpp"

namespace sehlab::os {

/// Makes an empty folder that nobody had, which only our user may enter: `name` and something
/// behind it, in $TMPDIR, else /tmp. The caller removes it.
[[nodiscard]] Result<std::filesystem::path> make_temporary_folder(std::string_view name);

}  // namespace sehlab::os
