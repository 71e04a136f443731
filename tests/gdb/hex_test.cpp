// Hexadecimal of the remote protocol. Expectations: arithmetic.
#include "host/gdb/hex.hpp"

#include <doctest/doctest.h>

namespace sehlab::gdb {

TEST_CASE("Bytes are written as two digits each and read back") {
  CHECK(hex_byte(0x0f) == "0f");
  CHECK(hex_of(std::string_view("\x00\xff{", 3)) == "00ff7b");
  const auto bytes = bytes_of_hex("00fF7b");
  REQUIRE(bytes);
  CHECK(*bytes == std::vector{std::byte{0}, std::byte{0xff}, std::byte{0x7b}});
  CHECK(bytes_of_hex("")->empty());
}

TEST_CASE("What is no hexadecimal is refused") {
  for (const char* bad : {"0", "0g", "g0", "0x", " 0"}) CHECK_FALSE(bytes_of_hex(bad));
  for (const char* bad : {"", "-1", "0x1", "1 ", "11112222333344445"}) CHECK_FALSE(hex_number(bad));
}

TEST_CASE("A word has 32 bits and no more") {
  CHECK(hex_word("ffffffff") == 0xffffffff);
  CHECK_FALSE(hex_word("100000000"));
  CHECK(hex_number("100000000") == 0x100000000u);
  CHECK(hex_word("000000000000001f") == 0x1f);
}

TEST_CASE("Text is cut at a separator, and the last piece is what is left") {
  std::string_view text = "a,,b";
  CHECK(cut(text, ',') == "a");
  CHECK(cut(text, ',').empty());
  CHECK(cut(text, ',') == "b");
  CHECK(text.empty());
  CHECK(cut(text, ',').empty());
}

}  // namespace sehlab::gdb
