// Clients that are no debugger, over a real connection. Expectations: GDB manual, appendix E (a
// damaged packet is asked for again; 0x03 interrupts), docs/debugger.md (nobody hangs the lab).
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <future>
#include <string>

#include "host/gdb/packets.hpp"
#include "host/lab/debug/debug_session.hpp"
#include "host/lab/debug/loopback.hpp"
#include "tests/lab/debug/rig.hpp"

namespace sehlab::lab {
namespace {

using Ending = gdb::Session::Ending;

/// The other side: a plain socket.
class Client {
 public:
  explicit Client(const std::string& address) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_port =
        htons(static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval patience{10, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    there_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&name), sizeof name) == 0;
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client() { ::close(socket_); }
  [[nodiscard]] bool there() const { return there_; }
  void send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }
  /// What comes, up to and with `last`; less when the other side is silent for long.
  std::string receive(std::string_view last) {
    std::string all;
    for (char byte = 0; !all.ends_with(last) && ::recv(socket_, &byte, 1, 0) == 1;) all += byte;
    return all;
  }

 private:
  int socket_;
  bool there_ = false;
};

/// How a session ends whose other side does that.
Ending meet(const std::string& guest, const std::function<void(Client&)>& deeds) {
  Rig rig(guest);
  auto listener = LoopbackListener::open("127.0.0.1:0");
  REQUIRE(listener);
  const std::string address = (*listener)->address();
  auto other = std::async(std::launch::async, [&] {
    Client client(address);
    deeds(client);
  });
  const auto connection = (*listener)->accept([] { return true; });
  REQUIRE(connection);
  listener->reset();
  CHECK_FALSE(Client(address).there());  // nobody else is let in
  const Ending ending =
      serve_debugger(*rig.timeline, watch::Mode::Report, rig.console, *connection);
  other.get();
  return ending;
}

const std::string kAsk = gdb::framed("qC"), kThread = gdb::framed("QC1");

}  // namespace

TEST_CASE("Who comes and goes without a word, or in the middle of one, is gone") {
  for (const char* word : {"", "$qSuppor", "$qC#", "garbage", "$", "}"}) {
    CAPTURE(word);
    CHECK(meet("exit0.exe", [&](Client& client) { client.send(word); }) == Ending::Lost);
  }
}

TEST_CASE(
    "A packet that is damaged, or endless, is asked for again, and the next one is answered") {
  const std::string huge = "$" + std::string(3'000'000, 'a') + "#00";
  for (const std::string& bad : {std::string("$qC#00"), std::string("$qC#zz"), huge}) {
    std::string answer, next;
    CHECK(meet("exit0.exe", [&](Client& client) {
            client.send(bad);
            answer = client.receive("-");
            client.send(kAsk);
            next = client.receive(kThread);
          }) == Ending::Lost);
    CHECK(answer == "-");
    CHECK(next == "+" + kThread);
  }
}

TEST_CASE("A flood of Ctrl-C interrupts a guest once, and does nothing to one that stands") {
  const std::string flood(500'000, '\x03');
  std::string standing, running;
  CHECK(meet("loop.exe", [&](Client& client) {
          client.send(flood + kAsk);
          standing = client.receive(kThread);
          client.send(gdb::framed("vCont;c"));
          client.send(flood + kAsk);
          running = client.receive(kThread);
        }) == Ending::Lost);
  CHECK(standing == "+" + kThread);
  CHECK(running == "+" + gdb::framed("T02thread:1;") + "+" + kThread);
}

TEST_CASE("Packets sent while the guest runs wait, the first of many") {
  std::string heard;
  std::string many;
  for (int i = 0; i < 10'000; ++i) many += kAsk;
  CHECK(meet("loop.exe", [&](Client& client) {
          client.send(gdb::framed("vCont;c") + many + '\x03');
          heard = client.receive(kThread);
        }) == Ending::Lost);
  CHECK(heard == "+" + gdb::framed("T02thread:1;") + "+" + kThread);
}

TEST_CASE("A guest that runs stops when its debugger vanishes") {
  CHECK(meet("loop.exe", [](Client& client) { client.send(gdb::framed("vCont;c")); }) ==
        Ending::Lost);
}

}  // namespace sehlab::lab
