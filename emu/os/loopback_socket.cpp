#include "emu/os/loopback_socket.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <string>

#include "emu/os/system.hpp"

namespace sehlab::os {

Result<LoopbackSocket> listen_on_loopback(std::uint16_t port) {
  const auto failed = [] {
    return fail("", std::string("cannot listen: ") + std::strerror(errno));
  };
  LoopbackSocket made{make_socket()};
  const int socket = made.listening.number();
  if (!made.listening.is_open()) return failed();
  const int yes = 1;
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in name{};
  name.sin_family = AF_INET;
  name.sin_port = htons(port);
  name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof name;
  auto* generic = reinterpret_cast<sockaddr*>(&name);
  if (::bind(socket, generic, size) != 0 || ::listen(socket, 1) != 0 ||
      ::getsockname(socket, generic, &size) != 0) {
    return failed();
  }
  made.port = ntohs(name.sin_port);
  return made;
}

Descriptor accept_debugger(const Descriptor& listening) {
  Descriptor accepted = accept_one(listening);
  const int yes = 1;
  // Packets are small, and the other side waits for each.
  if (accepted.is_open()) {
    ::setsockopt(accepted.number(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  }
  return accepted;
}

bool send_all(const Descriptor& socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const std::ptrdiff_t sent = send_some(socket, bytes);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

}  // namespace sehlab::os
