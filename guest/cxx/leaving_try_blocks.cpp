// return and break out of try blocks with objects.
#include "cxx/object.hpp"

NOINLINE static int returns(int value) {
  try {
    Noisy a('a');
    try {
      Noisy b('b');
      if (value) return value;
    } catch (char) {
      step('!');
    }
    throws(9);
  } catch (int caught) {
    return caught;
  }
  return -1;
}

PROGRAM {
  CHECK(returns(2) == 2);
  TRAIL("ba");
  CHECK(returns(0) == 9);
  TRAIL("ba");
}
