// The only file with calls that Linux alone has, or that macOS does not have (pipe2, accept4).
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <system_error>

#include "emu/os/system.hpp"

namespace sehlab::os {

std::byte* map_zeroed(std::size_t bytes) {
  void* got = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  return got == MAP_FAILED ? nullptr : static_cast<std::byte*>(got);
}

void unmap(std::byte* data, std::size_t bytes) {
  ::munmap(data, bytes);
}

bool zero_mapped(std::byte* data, std::size_t bytes) {
  // The system's pages may be larger than a guest's: 16 or 64 KiB on aarch64.
  static const auto kPage = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  const auto begin = reinterpret_cast<std::uintptr_t>(data);
  const std::uintptr_t end = begin + bytes;
  const std::uintptr_t first = std::min(end, (begin + kPage - 1) / kPage * kPage);
  const std::uintptr_t last = std::max(first, end / kPage * kPage);
  std::memset(data, 0, first - begin);
  std::memset(data + (last - begin), 0, end - last);
  // Private anonymous memory reads as zero after MADV_DONTNEED (madvise(2)).
  return first == last || ::madvise(data + (first - begin), last - first, MADV_DONTNEED) == 0;
}

std::filesystem::path own_program() {
  std::error_code error;
  return std::filesystem::read_symlink("/proc/self/exe", error);
}

std::filesystem::path file_of_code(const void* function) {
  Dl_info info{};
  if (::dladdr(function, &info) == 0 || info.dli_fname == nullptr) return {};
  std::error_code error;
  std::filesystem::path file = std::filesystem::canonical(info.dli_fname, error);
  return error ? std::filesystem::path() : file;
}

Result<Pipe> make_pipe() {
  std::array<int, 2> ends{-1, -1};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return fail("pipe", std::strerror(errno));
  return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

Result<TextForChildren> text_for_children(std::string_view text) {
  Descriptor file(::memfd_create("sehlab", 0));
  if (!file.is_open()) return fail("", std::strerror(errno));
  if (::write(file.number(), text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
    return fail("", std::strerror(errno));
  }
  std::string path = "/proc/self/fd/" + std::to_string(file.number());
  return TextForChildren{std::move(file), std::move(path)};
}

Descriptor make_socket() {
  return Descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
}

Descriptor accept_one(const Descriptor& listening) {
  return Descriptor(::accept4(listening.number(), nullptr, nullptr, SOCK_CLOEXEC));
}

std::ptrdiff_t send_some(const Descriptor& socket, std::string_view bytes) {
  return ::send(socket.number(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

}  // namespace sehlab::os
