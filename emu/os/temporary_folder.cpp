#include "emu/os/temporary_folder.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <system_error>

namespace sehlab::os {

Result<std::filesystem::path> make_temporary_folder(std::string_view name) {
  std::error_code error;
  const std::filesystem::path parent = std::filesystem::temp_directory_path(error);
  if (error) {
    const char* named = std::getenv("TMPDIR");
    return fail(named != nullptr ? named : "", "there is no folder for temporary files (TMPDIR)");
  }
  std::string pattern = (parent / (std::string(name) + "-XXXXXX")).string();
  if (::mkdtemp(pattern.data()) == nullptr) {
    return fail(pattern, std::string("cannot be made: ") + std::strerror(errno));
  }
  return pattern;
}

}  // namespace sehlab::os
