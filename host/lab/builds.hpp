// The builds of a program: which there are, as the build system wrote them down beside the images.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "emu/result.hpp"
#include "host/scenario/suite.hpp"

namespace sehlab::lab {

/// Reads FOLDER/PROGRAM.builds. A line is "IMAGE always", "IMAGE more" or "IMAGE absent REASON".
[[nodiscard]] Result<std::vector<scenario::Build>> builds_of(const std::filesystem::path& folder,
                                                             const std::string& program);

}  // namespace sehlab::lab
