// Bytes that copies share until one is changed. Source: host/services/shared_bytes.hpp's promise.
#include "host/services/shared_bytes.hpp"

#include <doctest/doctest.h>

using namespace sehlab::services;

TEST_SUITE("services") {
  TEST_CASE("a copy shares its bytes until one of the two is changed") {
    SharedBytes first(std::vector<std::byte>{std::byte{1}, std::byte{2}});
    SharedBytes second = first;
    CHECK(first.view().data() == second.view().data());
    second.edit()[0] = std::byte{9};
    CHECK(first.view()[0] == std::byte{1});
    CHECK(second.view()[0] == std::byte{9});
    CHECK(second.view()[1] == std::byte{2});
  }

  TEST_CASE("bytes that nobody shares are changed where they are") {
    SharedBytes bytes(std::vector<std::byte>(4));
    const std::byte* before = bytes.view().data();
    bytes.edit()[3] = std::byte{7};
    CHECK(bytes.view().data() == before);
    {
      const SharedBytes copy = bytes;
      CHECK(copy.view().data() == before);
    }
    // The copy is gone: they are its own again.
    bytes.edit()[3] = std::byte{8};
    CHECK(bytes.view().data() == before);
  }

  TEST_CASE("no bytes are empty, and become some when they are changed") {
    SharedBytes none;
    CHECK(none.size() == 0);
    CHECK(none.view().empty());
    const SharedBytes copy = none;
    none.edit().resize(3);
    CHECK(none.size() == 3);
    CHECK(copy.size() == 0);
  }
}
