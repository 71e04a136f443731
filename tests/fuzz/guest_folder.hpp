// Where a target finds guest images.
#pragma once

#include <filesystem>

namespace sehlab::fuzzing {

/// The folder `guest` beside the running program, as OSS-Fuzz unpacks one; else the environment's
/// SEHLAB_GUEST_DIR; else that of the build or the installation that the program lies in.
[[nodiscard]] std::filesystem::path guest_folder();

}  // namespace sehlab::fuzzing
