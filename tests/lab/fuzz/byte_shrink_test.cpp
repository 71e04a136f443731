#include "host/lab/fuzz/byte_shrink.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string_view>

namespace sehlab::lab {

namespace {

std::string shrunk(std::string_view text, std::size_t most_tries,
                   const std::function<bool(std::string_view)>& shows) {
  const auto as_text = [](std::span<const std::byte> bytes) {
    return std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  };
  const auto best = shrink_bytes(
      std::as_bytes(std::span(text)), [&](auto bytes) { return shows(as_text(bytes)); },
      most_tries);
  return std::string(as_text(best));
}

}  // namespace

TEST_SUITE("lab") {
  TEST_CASE("bytes that matter stay, in their order, the others go or become 0") {
    const auto both = [](std::string_view text) {
      const auto a = text.find('a');
      return a != text.npos && text.find('b', a + 2) != text.npos;
    };
    // One byte must stand between them, whatever it is.
    CHECK(shrunk("xxxxaxxxxxbxx", 1000, both) == std::string_view("a\0b", 3));
  }

  TEST_CASE("what shows nothing, or is empty, stays as it is") {
    CHECK(shrunk("abc", 1000, [](auto) { return false; }) == "abc");
    CHECK(shrunk("", 1000, [](auto) { return true; }) == "");
    CHECK(shrunk("abc", 1000, [](auto) { return true; }) == "");
  }

  TEST_CASE("the number of tries is kept") {
    std::size_t tries = 0;
    shrunk(std::string(1000, 'x'), 17, [&](auto) { return ++tries, false; });
    CHECK(tries == 17);
  }
}

}  // namespace sehlab::lab
