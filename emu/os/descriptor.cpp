#include "emu/os/descriptor.hpp"

#include <poll.h>
#include <unistd.h>

#include <cerrno>

namespace sehlab::os {

void Descriptor::close() {
  if (number_ >= 0) ::close(number_);
  number_ = -1;
}

std::optional<std::size_t> read_some(int descriptor, std::span<std::byte> into) {
  ssize_t got = 0;
  do {
    got = ::read(descriptor, into.data(), into.size());
  } while (got < 0 && errno == EINTR);
  if (got < 0) return std::nullopt;
  return static_cast<std::size_t>(got);
}

bool readable_within(int descriptor, std::chrono::milliseconds most) {
  pollfd one{descriptor, POLLIN, 0};
  return ::poll(&one, 1, static_cast<int>(most.count())) > 0;
}

}  // namespace sehlab::os
