// A destructor that runs for an exception may throw and catch one of its own: the first goes on.
#include "cxx/object.hpp"

struct Busy {
  ~Busy() {
    try {
      Noisy n('n');
      throws('x');
    } catch (char) {
      step('c');
    }
  }
};

PROGRAM {
  try {
    Noisy a('a');
    Busy busy;
    throws(1);
  } catch (char) {
    step('!');
  } catch (int) {
    step('h');
  }
  TRAIL("ncah");
}
