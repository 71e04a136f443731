// The connection to a debugger. Expectations: docs/debugger.md (loopback only), RFC 1122 3.2.1.3.
#include "host/lab/debug/loopback.hpp"

#include <doctest/doctest.h>

namespace sehlab::lab {

TEST_CASE("Nothing but 127.0.0.1 is listened on") {
  for (const char* refused : {"", "127.0.0.1", ":1", "0.0.0.0:0", "127.0.0.2:0", "[::1]:0",
                              "192.168.0.1:0", "example.org:0", "127.0.0.1:", "127.0.0.1:-1",
                              "127.0.0.1:65536", "127.0.0.1:1x", " 127.0.0.1:0"}) {
    CAPTURE(refused);
    const auto listener = LoopbackListener::open(refused);
    REQUIRE_FALSE(listener);
    CHECK_FALSE(listener.error().text().empty());
  }
}

TEST_CASE("Port 0 is a free one, which nobody else can have then") {
  const auto listener = LoopbackListener::open("127.0.0.1:0");
  REQUIRE(listener);
  const std::string address = (*listener)->address();
  CHECK(address.starts_with("127.0.0.1:"));
  CHECK(address != "127.0.0.1:0");
  CHECK_FALSE(LoopbackListener::open(address));
  const auto named = LoopbackListener::open("localhost:0");
  REQUIRE(named);
  CHECK((*named)->address().starts_with("127.0.0.1:"));
}

TEST_CASE("Waiting ends when nobody is awaited any more") {
  const auto listener = LoopbackListener::open("127.0.0.1:0");
  REQUIRE(listener);
  int asked = 0;
  CHECK((*listener)->accept([&] { return ++asked < 2; }) == nullptr);
  CHECK(asked == 2);
}

}  // namespace sehlab::lab
