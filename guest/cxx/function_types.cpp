// Functions decay to pointers; pointers to members and nullptr are thrown as what they are.
#include "cxx/object.hpp"

struct Member {
  int a, b;
};

NOINLINE static int twice(int value) {
  return value * 2;
}

PROGRAM {
  try {
    throw twice;
  } catch (int (*function)(int)) {
    CHECK(function(21) == 42);
    step('f');
  }
  try {
    throw &Member::b;
  } catch (int Member::*member) {
    Member object = {1, 2};
    CHECK(object.*member == 2);
    step('m');
  }
  TRAIL("fm");
}
