#include "host/trace/near_miss.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace sehlab::trace;

TEST_SUITE_BEGIN("trace");

TEST_CASE("the distance counts inserted, deleted, replaced and swapped letters") {
  CHECK(edit_distance("sigtramp", "sigtramp") == 0);
  CHECK(edit_distance("sigtrab", "sigtramp") == 2);
  CHECK(edit_distance("sigtrmap", "sigtramp") == 1);
  CHECK(edit_distance("kitten", "sitting") == 3);  // the textbook's example
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("abc", "") == 3);
}

TEST_CASE("the nearest known word is suggested, and none that is far") {
  const std::vector<std::string> known = {"mstart", "sigtramp", "sigpanic"};
  const std::span<const std::string> words(known);
  CHECK(did_you_mean("sigtrap", words) == " (did you mean \"sigtramp\"?)");
  CHECK(did_you_mean("msatrt", words) == " (did you mean \"mstart\"?)");
  CHECK(did_you_mean("x", words).empty());
  CHECK(did_you_mean("FreeLibrary", words).empty());
  CHECK(did_you_mean(std::string(100000, 'x'), words).empty());
  CHECK(did_you_mean("sigtrap", std::span<const std::string>{}).empty());
}

TEST_SUITE_END();
