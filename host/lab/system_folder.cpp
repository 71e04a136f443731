#include "host/lab/system_folder.hpp"

#include <cstdlib>
#include <system_error>

#include "emu/os/system.hpp"

namespace sehlab::lab {
namespace {

namespace fs = std::filesystem;

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
  const fs::path program = os::own_program();
  const fs::path library = os::file_of_code(reinterpret_cast<const void*>(&system_folder));
  for (const fs::path& file : {program, library}) {
    if (file.empty()) continue;
    for (const fs::path& folder : system_folders_of(file)) {
      if (fs::exists(folder / "ntdll.dll", error)) return folder;
    }
  }
  return program.empty() ? fs::path("guest") : system_folders_of(program).front();
}

}  // namespace sehlab::lab
