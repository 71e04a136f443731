// Columns: counted by hand.
#include "host/scenario/columns.hpp"

#include <doctest/doctest.h>

using namespace sehlab::scenario;
using Lines = std::vector<std::string>;

TEST_SUITE_BEGIN("scenario");

TEST_CASE("text is broken at spaces, and a word that is too wide stands alone") {
  CHECK(wrapped("a bc def", 8) == Lines{"a bc def"});
  CHECK(wrapped("a bc def", 7) == Lines{"a bc", "def"});
  CHECK(wrapped("a  bc", 4) == Lines{"a bc"});
  CHECK(wrapped("abcdef g", 3) == Lines{"abcdef", "g"});
  CHECK(wrapped("", 3) == Lines{""});
  CHECK(wrapped("   ", 3) == Lines{""});
}

TEST_CASE("a list keeps its commas at the ends of lines") {
  CHECK(listed({"ab", "cd", "ef"}, 7) == Lines{"ab, cd,", "ef"});
  CHECK(listed({"ab", "cd", "ef"}, 6) == Lines{"ab,", "cd,", "ef"});
  CHECK(listed({"ab", "cd"}, 80) == Lines{"ab, cd"});
  CHECK(listed({}, 80) == Lines{""});
}

TEST_CASE("what is too wide is cut to its width, in code points") {
  CHECK(cut("abcdef", 6) == "abcdef");
  CHECK(cut("abcdef", 5) == "abcd…");
  CHECK(cut("abcdef", 5, true) == "…cdef");
  CHECK(cut("äöü", 3) == "äöü");
  CHECK(cut("äöüß", 3) == "äö…");
  CHECK(cut("äöüß", 3, true) == "…üß");
  CHECK(cut("ab", 1) == "…");
  CHECK(cut("ab", 1, true) == "…");
}

TEST_SUITE_END();
