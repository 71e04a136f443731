// Where a target finds guest images.
#pragma once

#include <filesystem>

namespace sehlab::fuzzing {

/// The folder `guest` beside the running program, as OSS-Fuzz unpacks one; else the build's, where
/// the environment's SEHLAB_GUEST_DIR names no other.
[[nodiscard]] std::filesystem::path guest_folder();

}  // namespace sehlab::fuzzing
