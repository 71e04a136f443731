// A virtual base is found through the object's table of virtual bases (the PMD's pdisp and vdisp),
// by reference, by value and by pointer.
#include "cxx/object.hpp"

struct Base {
  int value = 7;
  Base() = default;
  Base(const Base& from) : value(from.value + 1) {}
};
struct Left : virtual Base {
  int left = 1;
};
struct Right : virtual Base {
  int right = 2;
};
struct Bottom : Left, Right {
  int bottom = 3;
};

PROGRAM {
  Bottom object;
  try {
    throw object;
  } catch (Base& base) {
    CHECK(base.value == 8);
    step('r');
  }
  try {
    throw object;
  } catch (Base base) {
    CHECK(base.value == 9);
    step('v');
  }
  try {
    throw object;
  } catch (Right right) {
    CHECK(right.right == 2 && right.value == 9);
    step('i');
  }
  try {
    throw &object;
  } catch (Base* base) {
    CHECK(base == &object);
    step('p');
  }
  TRAIL("rvip");
}
