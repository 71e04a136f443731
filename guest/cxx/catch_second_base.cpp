// A base that does not lie at the object's begin: the handler gets the base's place
// (the PMD's mdisp), by reference and by value.
#include "cxx/object.hpp"

struct First {
  int a = 11;
};
struct Second {
  int b = 22;
};
struct Both : First, Second {
  int c = 33;
};

PROGRAM {
  try {
    throws(Both());
  } catch (Second& second) {
    CHECK(second.b == 22);
    CHECK(static_cast<Both&>(second).c == 33);
    step('r');
  }
  try {
    throws(Both());
  } catch (Second second) {
    CHECK(second.b == 22);
    step('v');
  }
  TRAIL("rv");
}
