#include "host/lab/debug/guest_console.hpp"

#include <string_view>

namespace sehlab::lab {

void GuestConsole::write(int stream, std::span<const std::byte> bytes) {
  if (terminal_left_ && control_ != nullptr) {
    control_->say({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  } else {
    streams_.write(stream, bytes);
  }
}

std::size_t GuestConsole::read(std::span<std::byte> into) {
  return terminal_left_ ? 0 : streams_.read(into);
}

}  // namespace sehlab::lab
