#include "tests/fuzz/guest_folder.hpp"

#include <cstdlib>
#include <system_error>

namespace sehlab::fuzzing {

std::filesystem::path guest_folder() {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  const auto folder = self.parent_path();
  if (std::filesystem::is_directory(folder / "guest", error)) return folder / "guest";
  const char* named = std::getenv("SEHLAB_GUEST_DIR");
  if (named != nullptr && *named != '\0') return named;
  // build/bin/fuzz, build/bin/fuzz/mutants, PREFIX/libexec/sehlab/fuzz
  for (auto above = folder; above.has_relative_path(); above = above.parent_path()) {
    for (const char* leaf : {"guest", "share/sehlab/guest"}) {
      if (std::filesystem::exists(above / leaf / "ntdll.dll", error)) return above / leaf;
    }
  }
  return folder / "guest";
}

}  // namespace sehlab::fuzzing
