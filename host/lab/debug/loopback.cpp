#include "host/lab/debug/loopback.hpp"

#include <array>
#include <chrono>
#include <optional>
#include <span>
#include <utility>

#include "emu/os/loopback_socket.hpp"
#include "host/lab/whole_number.hpp"

namespace sehlab::lab {
namespace {

constexpr std::string_view kHost = "127.0.0.1", kName = "localhost";
constexpr std::uint64_t kHighestPort = 65535;
constexpr std::chrono::milliseconds kPatience{100};  // between two questions whether to wait on

class SocketConnection final : public gdb::Connection {
 public:
  explicit SocketConnection(os::Descriptor socket) : socket_(std::move(socket)) {}

  bool send(std::string_view bytes) override { return os::send_all(socket_, bytes); }
  std::optional<std::string> receive() override { return read(); }
  std::optional<std::string> poll() override {
    return os::readable_within(socket_.number(), {}) ? read() : std::string();
  }

 private:
  std::optional<std::string> read() {
    std::array<char, 4096> bytes;
    const auto got = os::read_some(socket_.number(), std::as_writable_bytes(std::span(bytes)));
    if (!got || *got == 0) return std::nullopt;
    return std::string(bytes.data(), *got);
  }

  os::Descriptor socket_;
};

class SocketListener final : public LoopbackListener {
 public:
  explicit SocketListener(os::LoopbackSocket socket) : socket_(std::move(socket)) {}

  std::string address() const override {
    return std::string(kHost) + ':' + std::to_string(socket_.port);
  }

  std::unique_ptr<gdb::Connection> accept(const std::function<bool()>& still) override {
    while (!os::readable_within(socket_.listening.number(), kPatience)) {
      if (!still()) return nullptr;
    }
    os::Descriptor accepted = os::accept_debugger(socket_.listening);
    if (!accepted.is_open()) return nullptr;
    return std::make_unique<SocketConnection>(std::move(accepted));
  }

 private:
  os::LoopbackSocket socket_;
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
  auto socket = os::listen_on_loopback(static_cast<std::uint16_t>(*port));
  if (!socket) return fail(name, socket.error().what);
  return std::make_unique<SocketListener>(std::move(*socket));
}

}  // namespace sehlab::lab
