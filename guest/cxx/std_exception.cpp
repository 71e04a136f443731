// std::exception owns its text: copies have texts of their own, and all are given back.
#include <exception>

#include "cxx/object.hpp"

NOINLINE static bool same(const char* left, const char* right) {
  while (*left && *left == *right) {
    ++left;
    ++right;
  }
  return *left == *right;
}

struct Mine : std::exception {
  explicit Mine(const char* what) : std::exception(what) {}
};

PROGRAM {
  char text[] = "first";
  try {
    Mine mine(text);
    text[0] = 'x';
    throw mine;
  } catch (std::exception& caught) {
    CHECK(same(caught.what(), "first"));
    std::exception copy(caught);
    CHECK(same(copy.what(), "first"));
    CHECK(copy.what() != caught.what());
    copy = std::exception();
    CHECK(same(copy.what(), "Unknown exception"));
    step('a');
  }
  try {
    throw std::bad_alloc();
  } catch (std::exception& caught) {
    CHECK(same(caught.what(), "bad allocation"));
    step('b');
  }
  TRAIL("ab");
}
