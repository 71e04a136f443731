// Kit: the tool chain that builds lessons' guests, as the build system wrote it down beside the
// lab (build/lessons/kit.toml, share/sehlab/lessons/kit.toml); and building a guest with it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "emu/result.hpp"

namespace sehlab::lab {

struct Kit {
  std::filesystem::path course;      ///< the folder of the lessons
  std::filesystem::path header;      ///< lesson.h
  std::string compiler, linker;      ///< programs: paths, or names to be found by PATH
  std::vector<std::string> compile;  ///< flags for every source
  std::vector<std::string> cxx;      ///< flags for C++ besides
  std::vector<std::string> link;     ///< flags
  std::vector<std::string> libraries;
  std::string safeseh;  ///< the library with the load configuration that names the SafeSEH table
};

/// Reads lessons/kit.toml beside the folder of the lab's guests, or $SEHLAB_KIT. In its values
/// {kit} stands for the folder that it lies in: what is installed can be moved.
[[nodiscard]] Result<Kit> read_kit();

/// What a build of a guest gave.
struct Built {
  bool ok = false;
  /// What compiler and linker said, a line each, as they said it; control characters made harmless.
  std::vector<std::string> said;
};

/// Compiles `source` (*.c, *.cpp, *.S) and links it to `image`. Both programs have limits of time,
/// memory and file size. An Error when the tool chain cannot be started.
[[nodiscard]] Result<Built> build_guest(const Kit& kit, const std::filesystem::path& source,
                                        bool safeseh, const std::filesystem::path& image);

}  // namespace sehlab::lab
