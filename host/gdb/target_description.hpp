// What GDB reads about the target as XML: its registers, its loaded images.
#pragma once

#include <span>
#include <string>

#include "host/gdb/target.hpp"

namespace sehlab::gdb {

/// target.xml (GDB manual, appendix G). It names no operating system: Debian's GDB knows none that
/// would fit.
[[nodiscard]] std::string target_description();
/// The answer to qXfer:libraries:read (GDB manual, E.15 "Library List Format").
[[nodiscard]] std::string library_list(std::span<const LoadedImage> images);

}  // namespace sehlab::gdb
