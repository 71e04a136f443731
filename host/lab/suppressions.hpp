// Suppression files as the watch takes them.
#pragma once

#include <filesystem>
#include <vector>

#include "emu/result.hpp"
#include "host/watch/suppressions.hpp"

namespace sehlab::lab {

/// An Error names file and line.
[[nodiscard]] Result<std::vector<watch::Suppression>> read_suppressions(
    const std::filesystem::path& file);

}  // namespace sehlab::lab
