#include "host/load/file_bytes.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace sehlab::load {
namespace {

constexpr std::size_t kLargestFile = std::size_t{1} << 30;

/// A file descriptor that is closed in the end.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

tl::unexpected<LoadError> refuse(const std::filesystem::path& path, LoadFailure kind,
                                 std::string what) {
  return tl::make_unexpected(LoadError{{path.string(), std::move(what)}, kind});
}

tl::unexpected<LoadError> refuse_errno(const std::filesystem::path& path, int error) {
  const bool missing = error == ENOENT || error == ENOTDIR;
  return refuse(
      path, missing ? LoadFailure::Missing : LoadFailure::Unreadable,
      missing ? "no such file" : "cannot be read: " + std::generic_category().message(error));
}

/// Reads until the span is full; the number of bytes got, or -1 with errno.
ssize_t read_fully(int fd, std::span<std::byte> to) {
  std::size_t got = 0;
  while (got < to.size()) {
    const ssize_t n = ::read(fd, to.data() + got, to.size() - got);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return -1;
    if (n == 0) break;
    got += static_cast<std::size_t>(n);
  }
  return static_cast<ssize_t>(got);
}

}  // namespace

FileBytes FileBytes::copy_of(std::span<const std::byte> bytes) {
  std::shared_ptr<std::byte[]> data(new std::byte[bytes.size()]);
  if (!bytes.empty()) std::memcpy(data.get(), bytes.data(), bytes.size());
  return {std::move(data), bytes.size()};
}

tl::expected<FileBytes, LoadError> FileBytes::read(const std::filesystem::path& path) {
  // O_NONBLOCK: opening a FIFO must not wait for somebody to write into it.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.get() < 0) return refuse_errno(path, errno);
  struct stat facts = {};
  if (::fstat(file.get(), &facts) != 0) return refuse_errno(path, errno);
  if (S_ISDIR(facts.st_mode)) {
    return refuse(path, LoadFailure::Unreadable, "is a directory, not an image");
  }
  if (!S_ISREG(facts.st_mode)) {
    return refuse(path, LoadFailure::Unreadable, "is not a regular file");
  }
  const auto size = static_cast<std::size_t>(facts.st_size);
  if (size == 0) return refuse(path, LoadFailure::Malformed, "the file is empty");
  if (size > kLargestFile) {
    return refuse(path, LoadFailure::Unreadable, "is larger than 1 GiB: no 32-bit image is");
  }
  std::shared_ptr<std::byte[]> data(new std::byte[size]);
  const ssize_t got = read_fully(file.get(), {data.get(), size});
  if (got < 0) return refuse_errno(path, errno);
  return FileBytes(std::move(data), static_cast<std::size_t>(got));
}

}  // namespace sehlab::load
