// Out of a destructor at the normal end of a block an exception is one like any other.
#include "cxx/object.hpp"

struct Bad {
  ~Bad() noexcept(false) { throws(3); }
};

PROGRAM {
  try {
    Noisy a('a');
    Bad bad;
    step('b');
  } catch (int value) {
    CHECK(value == 3);
    step('h');
  }
  TRAIL("bah");
}
