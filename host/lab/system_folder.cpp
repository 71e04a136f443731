#include "host/lab/system_folder.hpp"

#include <dlfcn.h>

#include <cstdlib>
#include <system_error>

namespace sehlab::lab {
namespace {

namespace fs = std::filesystem;

/// The file that this code was loaded from.
fs::path own_library() {
  Dl_info info{};
  const auto here = reinterpret_cast<const void*>(&own_library);
  if (dladdr(here, &info) == 0 || info.dli_fname == nullptr) return {};
  std::error_code error;
  fs::path file = fs::canonical(info.dli_fname, error);
  return error ? fs::path() : file;
}

}  // namespace

std::vector<fs::path> system_folders_of(const fs::path& file) {
  std::vector<fs::path> folders;
  const fs::path prefix = file.parent_path().parent_path();
  for (const fs::path& from : {prefix, prefix.parent_path()}) {
    folders.push_back(from / "guest");
    folders.push_back(from / "share" / "sehlab" / "guest");
  }
  return folders;
}

fs::path system_folder() {
  if (const char* folder = std::getenv("SEHLAB_GUEST_DIR"); folder != nullptr && *folder != '\0') {
    return folder;
  }
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  for (const fs::path& file : {program, own_library()}) {
    if (file.empty()) continue;
    for (const fs::path& folder : system_folders_of(file)) {
      if (fs::exists(folder / "ntdll.dll", error)) return folder;
    }
  }
  return program.empty() ? fs::path("guest") : system_folders_of(program).front();
}

}  // namespace sehlab::lab
