// throw; caught within the very handler: the object is alive until the outer handler ends.
#include "cxx/object.hpp"

PROGRAM {
  try {
    throws(Counted(4));
  } catch (Counted& outer) {
    for (int i = 0; i < 3; ++i) {
      try {
        throw;
      } catch (Counted& inner) {
        CHECK(&inner == &outer);
        inner.value += 1;
      }
      CHECK(Counted::alive == 1);
    }
    CHECK(outer.value == 7);
    step('a');
  }
  CHECK(Counted::alive == 0);
  TRAIL("a");
}
