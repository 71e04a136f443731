#include "tests/fuzz/guest_folder.hpp"

#include <cstdlib>
#include <system_error>

namespace sehlab::fuzzing {

std::filesystem::path guest_folder() {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  if (!error) {
    const auto beside = self.parent_path() / "guest";
    if (std::filesystem::is_directory(beside, error)) return beside;
  }
  const char* named = std::getenv("SEHLAB_GUEST_DIR");
  if (named != nullptr && *named != '\0') return named;
  return SEHLAB_BINARY_DIR "/guest";
}

}  // namespace sehlab::fuzzing
