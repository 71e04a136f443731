// What a debugger sends: a session with a target that has no process. Whatever comes, what is kept
// and what is sent stays bounded, each packet that is sent can be read again, and none of them asks
// for more than there is.
#include "host/gdb/session.hpp"

#include <algorithm>
#include <string>

#include "tests/fuzz/property.hpp"
#include "tests/gdb/fake_target.hpp"

namespace sehlab::fuzzing {
namespace {

/// Pieces of the input: one byte says how long the next one is.
std::vector<std::string> pieces(const std::uint8_t* data, std::size_t size) {
  std::vector<std::string> result;
  while (size > 1) {
    const std::size_t length = std::min<std::size_t>(data[0] * 8u + 1, size - 1);
    result.emplace_back(reinterpret_cast<const char*>(data + 1), length);
    data += 1 + length;
    size -= 1 + length;
  }
  return result;
}

void what_was_sent_can_be_read(const std::string& sent) {
  gdb::PacketReader reader;
  reader.feed(sent);
  while (const auto one = reader.next()) {
    holds(!std::holds_alternative<gdb::Damaged>(*one), "each packet is sent whole");
    holds(!std::holds_alternative<gdb::Interrupt>(*one), "nothing stands between packets");
    const auto* packet = std::get_if<gdb::Packet>(&*one);
    holds(packet == nullptr || packet->payload.size() <= gdb::kLongestPacket,
          "no packet is longer than promised");
  }
  holds(reader.kept() == 0, "nothing is left over");
}

void a_payload_is_read_as_it_was_framed(const std::string& payload) {
  if (payload.size() > gdb::kLongestPacket / 2) return;
  gdb::PacketReader reader;
  reader.feed(gdb::framed(payload));
  holds(reader.next() == gdb::Received(gdb::Packet{payload}), "a packet is read as it was framed");
}

}  // namespace
}  // namespace sehlab::fuzzing

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sehlab;
  gdb::FakeTarget target;
  gdb::FakeConnection connection;
  target.says = "text";
  connection.incoming = fuzzing::pieces(data, size);
  static_cast<void>(gdb::Session(target, connection).serve());
  fuzzing::what_was_sent_can_be_read(connection.sent);
  fuzzing::holds(target.points.size() <= gdb::FakeTarget::kMostPoints, "points are bounded");
  for (const std::string& piece : connection.incoming) {
    fuzzing::a_payload_is_read_as_it_was_framed(piece);
  }
  return 0;
}
