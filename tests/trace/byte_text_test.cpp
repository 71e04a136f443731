#include "host/trace/byte_text.hpp"

#include <doctest/doctest.h>

#include <cstdint>

#include "host/trace/plain.hpp"

using namespace sehlab::trace;

namespace {

bool well_formed(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_sequence(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

}  // namespace

TEST_SUITE_BEGIN("trace");

TEST_CASE("text that is UTF-8 stays as it is") {
  CHECK(to_text("fs:[0] ← ü") == "fs:[0] ← ü");
  CHECK(to_bytes("fs:[0] ← ü") == "fs:[0] ← ü");
}

TEST_CASE("a byte that is no UTF-8 becomes U+EF00 plus the byte") {
  // U+EFFF is EE BF BF and U+EF80 is EE BE 80 (Unicode 15, table 3-6).
  CHECK(to_text("a\xff") == "a\xee\xbf\xbf");
  CHECK(to_text("\x80") == "\xee\xbe\x80");
}

TEST_CASE("any bytes come back as they were, and are well-formed on the way") {
  std::uint32_t seed = 7470;
  // Every string of two bytes, and random longer ones, with stand-ins among them.
  for (int round = 0; round < 65536 + 2000; ++round) {
    std::string bytes;
    if (round < 65536) {
      bytes = {static_cast<char>(round >> 8), static_cast<char>(round)};
    } else {
      for (int i = 0; i < 40; ++i) {
        seed = seed * 1664525 + 1013904223;
        const std::uint32_t pick = seed >> 24;
        bytes += pick < 100 ? "\xee\xbe" : std::string(1, static_cast<char>(pick));
      }
    }
    const std::string text = to_text(bytes);
    REQUIRE(well_formed(text));
    REQUIRE(to_bytes(text) == bytes);
  }
}

TEST_SUITE_END();
