// The remote protocol's packets as bytes: "$payload#checksum", escapes, acknowledgements and the
// interrupt byte (GDB manual, appendix E.1 "Overview"). Knows nothing of what packets mean.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace sehlab::gdb {

/// A payload, its escapes undone. It may hold any byte.
struct Packet {
  std::string payload;
  bool operator==(const Packet&) const = default;
};
/// The byte 0x03 between packets: Ctrl-C.
struct Interrupt {
  bool operator==(const Interrupt&) const = default;
};
/// '+' (the last packet arrived) or '-' (it is wanted again).
struct Acknowledged {
  bool well = true;
  bool operator==(const Acknowledged&) const = default;
};
/// A packet that did not arrive as it was sent: its checksum is another, it is longer than a packet
/// may be, or it ends in the middle of an escape.
struct Damaged {
  bool operator==(const Damaged&) const = default;
};
using Received = std::variant<Packet, Interrupt, Acknowledged, Damaged>;

/// Payload bytes, escapes included, that a packet may have: what `qSupported` promises.
inline constexpr std::size_t kLongestPacket = 0x4000;

/// Takes the bytes of a connection, in pieces of any size, apart.
class PacketReader {
 public:
  void feed(std::string_view bytes);
  /// The next whole thing; nullopt: more bytes are needed. Bytes between packets that mean nothing
  /// are dropped.
  [[nodiscard]] std::optional<Received> next();
  /// Bytes that are kept: kLongestPacket and a few at most between two calls of `feed`, once
  /// `next` has nothing more.
  [[nodiscard]] std::size_t kept() const { return bytes_.size(); }
  /// Checksums are not looked at from here on (QStartNoAckMode: the connection is reliable).
  void trust_connection() { trusted_ = true; }

 private:
  [[nodiscard]] std::optional<Received> packet();
  [[nodiscard]] bool skip_too_long();

  std::string bytes_;
  bool trusted_ = false;
  bool too_long_ = false;  ///< inside of a packet that is
};

/// The payload as a packet, escaped.
[[nodiscard]] std::string framed(std::string_view payload);
/// The sum of the bytes, modulo 256.
[[nodiscard]] unsigned checksum(std::string_view bytes);

}  // namespace sehlab::gdb
