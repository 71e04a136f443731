#include "host/lab/scratch_folder.hpp"

#include <system_error>
#include <utility>

#include "emu/os/temporary_folder.hpp"

namespace sehlab::lab {

Result<ScratchFolder> ScratchFolder::make() {
  auto made = os::make_temporary_folder("sehlab-fuzz");
  if (!made) return tl::make_unexpected(made.error());
  return ScratchFolder(std::move(*made));
}

ScratchFolder::ScratchFolder(ScratchFolder&& other) noexcept
    : path_(std::exchange(other.path_, {})) {}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;  // what stays behind is the system's to clean
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

}  // namespace sehlab::lab
