#include "host/lab/scratch_folder.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

namespace sehlab::lab {

Result<ScratchFolder> ScratchFolder::make() {
  std::error_code error;
  std::string pattern =
      (std::filesystem::temp_directory_path(error) / "sehlab-fuzz-XXXXXX").string();
  if (error || mkdtemp(pattern.data()) == nullptr) {
    return fail(pattern, std::string("cannot be made: ") + std::strerror(errno));
  }
  return ScratchFolder(pattern);
}

ScratchFolder::ScratchFolder(ScratchFolder&& other) noexcept
    : path_(std::exchange(other.path_, {})) {}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;  // what stays behind is the system's to clean
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

}  // namespace sehlab::lab
