#include "host/load/file_bytes.hpp"

#include <cstring>
#include <string>
#include <utility>

#include "emu/os/read_file.hpp"

namespace sehlab::load {
namespace {

constexpr std::size_t kLargestFile = std::size_t{1} << 30;

tl::unexpected<LoadError> refuse(const std::filesystem::path& path, LoadFailure kind,
                                 std::string what) {
  return tl::make_unexpected(LoadError{{path.string(), std::move(what)}, kind});
}

tl::unexpected<LoadError> refuse(const std::filesystem::path& path, const os::FileError& error) {
  switch (error.trouble) {
    case os::FileTrouble::Missing:
      return refuse(path, LoadFailure::Missing, "no such file");
    case os::FileTrouble::Folder:
      return refuse(path, LoadFailure::Unreadable, "is a directory, not an image");
    case os::FileTrouble::Special:
      return refuse(path, LoadFailure::Unreadable, "is not a regular file");
    case os::FileTrouble::TooLarge:
      return refuse(path, LoadFailure::Unreadable, "is larger than 1 GiB: no 32-bit image is");
    case os::FileTrouble::Unreadable:
      break;
  }
  return refuse(path, LoadFailure::Unreadable, "cannot be read: " + error.reason);
}

}  // namespace

FileBytes FileBytes::copy_of(std::span<const std::byte> bytes) {
  std::shared_ptr<std::byte[]> data(new std::byte[bytes.size()]);
  if (!bytes.empty()) std::memcpy(data.get(), bytes.data(), bytes.size());
  return {std::move(data), bytes.size()};
}

tl::expected<FileBytes, LoadError> FileBytes::read(const std::filesystem::path& path) {
  auto file = os::read_file(path, kLargestFile);
  if (!file) return refuse(path, file.error());
  if (file->size == 0) return refuse(path, LoadFailure::Malformed, "the file is empty");
  return FileBytes(std::move(file->data), file->size);
}

}  // namespace sehlab::load
