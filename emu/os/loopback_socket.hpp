// Sockets of this machine's loopback: bytes between the lab and a debugger, and from nowhere else.
#pragma once

#include <cstdint>
#include <string_view>

#include "emu/os/descriptor.hpp"
#include "emu/result.hpp"

namespace sehlab::os {

struct LoopbackSocket {
  Descriptor listening;
  std::uint16_t port = 0;
};

/// Listens on 127.0.0.1 and nowhere else; `port` 0: a free one. An Error without a place.
[[nodiscard]] Result<LoopbackSocket> listen_on_loopback(std::uint16_t port);

/// The next who comes; not open when nobody is there any more. To be asked when it is readable.
[[nodiscard]] Descriptor accept_debugger(const Descriptor& listening);

/// False when the other side is gone.
[[nodiscard]] bool send_all(const Descriptor& socket, std::string_view bytes);

}  // namespace sehlab::os
