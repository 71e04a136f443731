#include "host/lab/debug/loopback.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>

#include "host/lab/whole_number.hpp"

namespace sehlab::lab {
namespace {

constexpr std::string_view kHost = "127.0.0.1", kName = "localhost";
constexpr std::uint64_t kHighestPort = 65535;
constexpr int kPatience = 100;  // milliseconds between two questions whether to go on waiting

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int get() const { return number_; }

 private:
  int number_;
};

/// Whether there is something to read, or the end, within so many milliseconds (-1: for ever).
bool ready(int descriptor, int milliseconds) {
  pollfd one{descriptor, POLLIN, 0};
  int found = 0;
  do {
    found = ::poll(&one, 1, milliseconds);
  } while (found < 0 && errno == EINTR && milliseconds < 0);
  return found > 0;
}

class SocketConnection final : public gdb::Connection {
 public:
  explicit SocketConnection(int descriptor) : socket_(descriptor) {}

  bool send(std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent < 0 && errno == EINTR) continue;
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  std::optional<std::string> receive() override {
    static_cast<void>(ready(socket_.get(), -1));
    return read();
  }
  std::optional<std::string> poll() override {
    return ready(socket_.get(), 0) ? read() : std::string();
  }

 private:
  std::optional<std::string> read() {
    std::array<char, 4096> bytes;
    ssize_t got = 0;
    do {
      got = ::recv(socket_.get(), bytes.data(), bytes.size(), 0);
    } while (got < 0 && errno == EINTR);
    if (got <= 0) return std::nullopt;
    return std::string(bytes.data(), static_cast<std::size_t>(got));
  }

  Descriptor socket_;
};

class SocketListener final : public LoopbackListener {
 public:
  explicit SocketListener(int descriptor) : socket_(descriptor) {}

  [[nodiscard]] Result<> listen_on(std::uint16_t port) {
    const auto failed = [] {
      return fail("", std::string("cannot listen: ") + std::strerror(errno));
    };
    if (socket_.get() < 0) return failed();
    const int yes = 1;
    ::setsockopt(socket_.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_port = htons(port);
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof name;
    auto* generic = reinterpret_cast<sockaddr*>(&name);
    if (::bind(socket_.get(), generic, size) != 0 || ::listen(socket_.get(), 1) != 0 ||
        ::getsockname(socket_.get(), generic, &size) != 0) {
      return failed();
    }
    port_ = ntohs(name.sin_port);
    return {};
  }

  std::string address() const override { return std::string(kHost) + ':' + std::to_string(port_); }

  std::unique_ptr<gdb::Connection> accept(const std::function<bool()>& still) override {
    while (!ready(socket_.get(), kPatience)) {
      if (!still()) return nullptr;
    }
    const int accepted = ::accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC);
    if (accepted < 0) return nullptr;
    const int yes = 1;
    // Packets are small, and the other side waits for each.
    ::setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    return std::make_unique<SocketConnection>(accepted);
  }

 private:
  Descriptor socket_;
  std::uint16_t port_ = 0;
};

}  // namespace

Result<std::unique_ptr<LoopbackListener>> LoopbackListener::open(std::string_view address) {
  const std::string name = '"' + std::string(address) + '"';
  const std::size_t colon = address.rfind(':');
  if (colon == address.npos) return fail("", name + " has no port: 127.0.0.1:PORT");
  const std::string_view host = address.substr(0, colon);
  if (host != kHost && host != kName) {
    return fail("", name + ": a debugger is listened to on 127.0.0.1 only");
  }
  const auto port = whole_number(address.substr(colon + 1));
  if (!port || *port > kHighestPort) return fail("", name + ": a port is 0 to 65535");
  auto listener =
      std::make_unique<SocketListener>(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (auto listens = listener->listen_on(static_cast<std::uint16_t>(*port)); !listens) {
    return fail(name, listens.error().what);
  }
  return listener;
}

}  // namespace sehlab::lab
