#include "host/report/wrap.hpp"

#include <doctest/doctest.h>

using namespace sehlab::report;
using Lines = std::vector<std::string>;

TEST_SUITE_BEGIN("report");

TEST_CASE("lines break at spaces and keep within the columns") {
  CHECK(wrap("one two three", 7) == Lines{"one two", "three"});
  CHECK(wrap("one two three", 13) == Lines{"one two three"});
  CHECK(wrap("", 10) == Lines{""});
}

TEST_CASE("a word that is too wide stands alone") {
  CHECK(wrap("a incomprehensible b", 5) == Lines{"a", "incomprehensible", "b"});
}

TEST_CASE("columns are characters, not bytes") {
  CHECK(wrap("←← →→", 5) == Lines{"←← →→"});
}

TEST_CASE("a number grouped by thousands stays whole") {
  CHECK(wrap("instruction 24 743", 16) == Lines{"instruction", "24 743"});
  CHECK(wrap("1 000 000 1", 3) == Lines{"1 000 000 1"});
}

TEST_CASE("a block is indented line by line") {
  CHECK(indented("one two three", 2, 9) == "  one two\n  three\n");
}

TEST_SUITE_END();
