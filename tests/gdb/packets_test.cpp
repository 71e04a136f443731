// Packets. Expectations: GDB manual, E.1 "Overview" (the checksum, '}' and XOR 0x20, '+' and '-',
// 0x03), and arithmetic.
#include "host/gdb/packets.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "host/gdb/hex.hpp"

namespace sehlab::gdb {
namespace {

std::vector<Received> all(PacketReader& reader) {
  std::vector<Received> received;
  while (auto one = reader.next()) received.push_back(*one);
  return received;
}

std::vector<Received> all_of(std::string_view bytes) {
  PacketReader reader;
  reader.feed(bytes);
  return all(reader);
}

}  // namespace

TEST_CASE("A packet is $, the payload, # and the sum of its bytes") {
  CHECK(framed("OK") == "$OK#9a");  // 0x4f + 0x4b
  CHECK(framed("") == "$#00");
  CHECK(all_of("$OK#9a") == std::vector<Received>{Packet{"OK"}});
  CHECK(all_of("$OK#9A") == std::vector<Received>{Packet{"OK"}});
}

TEST_CASE("Bytes that mean something in a packet are escaped, and come out as they were") {
  CHECK(framed("}#$*").starts_with("$}]}\x03}\x04}\x0a#"));
  std::string every;
  for (int byte = 0; byte < 256; ++byte) every += static_cast<char>(byte);
  CHECK(all_of(framed(every)) == std::vector<Received>{Packet{every}});
}

TEST_CASE("Acknowledgements and interrupts stand between packets") {
  const auto received = all_of("+$g#67\x03-");
  CHECK(received ==
        std::vector<Received>{Acknowledged{true}, Packet{"g"}, Interrupt{}, Acknowledged{false}});
}

TEST_CASE("A packet may come byte by byte") {
  PacketReader reader;
  const std::string bytes = framed("m401000,4");
  for (std::size_t i = 0; i + 1 < bytes.size(); ++i) {
    reader.feed(bytes.substr(i, 1));
    CHECK_FALSE(reader.next());
  }
  reader.feed(bytes.substr(bytes.size() - 1));
  CHECK(reader.next() == Received{Packet{"m401000,4"}});
}

TEST_CASE("A wrong checksum is a damaged packet, and the next one is read") {
  const std::vector<Received> expected{Damaged{}, Packet{"OK"}};
  CHECK(all_of("$OK#9b$OK#9a") == expected);
  CHECK(all_of("$OK#zz$OK#9a") == expected);
}

TEST_CASE("On a connection that is trusted no checksum counts") {
  PacketReader reader;
  reader.trust_connection();
  reader.feed("$OK#00");
  CHECK(all(reader) == std::vector<Received>{Packet{"OK"}});
}

TEST_CASE("An escape that the end cuts off is a damaged packet") {
  const std::string raw = "X0,1:}";
  const std::string bytes = "$" + raw + "#" + hex_byte(static_cast<unsigned char>(checksum(raw)));
  CHECK(all_of(bytes) == std::vector<Received>{Damaged{}});
}

TEST_CASE("A packet longer than allowed is damaged, and its bytes are not kept") {
  const std::string longest(kLongestPacket, 'x');
  CHECK(all_of(framed(longest)) == std::vector<Received>{Packet{longest}});
  CHECK(all_of(framed(longest + 'x') + "$OK#9a") == std::vector<Received>{Damaged{}, Packet{"OK"}});
  PacketReader endless;
  endless.feed("$");
  std::size_t damaged = 0;
  for (int i = 0; i < 1000; ++i) {
    endless.feed(std::string(1000, 'y'));
    damaged += all(endless).size();
    CHECK(endless.kept() <= kLongestPacket + 1000);
  }
  CHECK(damaged == 1);
  endless.feed("#00$OK#9a");
  CHECK(all(endless) == std::vector<Received>{Packet{"OK"}});
}

TEST_CASE("What stands between packets and means nothing is dropped") {
  PacketReader reader;
  reader.feed(std::string(100000, '%'));
  CHECK(all(reader).empty());
  CHECK(reader.kept() == 0);
}

}  // namespace sehlab::gdb
