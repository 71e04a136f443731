// Where the lab's own guest images are.
#pragma once

#include <filesystem>
#include <vector>

namespace sehlab::lab {

/// Folder with the lab's own DLLs: $SEHLAB_GUEST_DIR; else the first that has them, seen from the
/// program that runs and then from the library that this code is in: `guest` of a build, or
/// `share/sehlab/guest` of what is installed. When none has, `guest` beside the program's folder.
[[nodiscard]] std::filesystem::path system_folder();

/// Where they may be, seen from a program (PREFIX/bin) or a library (PREFIX/lib, or a folder in
/// it).
[[nodiscard]] std::vector<std::filesystem::path> system_folders_of(
    const std::filesystem::path& file);

}  // namespace sehlab::lab
