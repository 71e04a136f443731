// An exception while a function's static object is made: it is made at the next call
// ([stmt.dcl]).
#include "cxx/object.hpp"

static int attempts;

struct Third {
  int attempt;
  Third() : attempt(++attempts) {
    if (attempt < 3) throws(attempt);
  }
};

NOINLINE static int use() {
  static Third third;
  return third.attempt;
}

NOINLINE static int tries() {
  try {
    return use() * 10;
  } catch (int attempt) {
    return attempt;
  }
}

PROGRAM {
  CHECK(tries() == 1);
  CHECK(tries() == 2);
  CHECK(tries() == 30);
  CHECK(tries() == 30);
  CHECK(attempts == 3);
}
