#include "emu/os/read_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "emu/os/descriptor.hpp"

namespace sehlab::os {
namespace {

tl::unexpected<FileError> refused(FileTrouble trouble, std::string reason = {}) {
  return tl::make_unexpected(FileError{trouble, std::move(reason)});
}

tl::unexpected<FileError> refused_by_system(int error) {
  if (error == ENOENT || error == ENOTDIR) return refused(FileTrouble::Missing);
  return refused(FileTrouble::Unreadable, std::generic_category().message(error));
}

}  // namespace

tl::expected<FileContents, FileError> read_file(const std::filesystem::path& path,
                                                std::size_t most) {
  // O_NONBLOCK: opening a FIFO must not wait for somebody to write into it.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.is_open()) return refused_by_system(errno);
  struct stat facts = {};
  if (::fstat(file.number(), &facts) != 0) return refused_by_system(errno);
  if (S_ISDIR(facts.st_mode)) return refused(FileTrouble::Folder);
  if (!S_ISREG(facts.st_mode)) return refused(FileTrouble::Special);
  if (static_cast<std::uintmax_t>(facts.st_size) > most) return refused(FileTrouble::TooLarge);
  const auto size = static_cast<std::size_t>(facts.st_size);
  FileContents contents{std::shared_ptr<std::byte[]>(new std::byte[size])};
  while (contents.size < size) {
    const auto got =
        read_some(file.number(), {contents.data.get() + contents.size, size - contents.size});
    if (!got) return refused_by_system(errno);
    if (*got == 0) break;
    contents.size += *got;
  }
  return contents;
}

}  // namespace sehlab::os
