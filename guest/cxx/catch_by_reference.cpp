// A catch by reference is the exception object itself: what it changes is there after throw;
// ([except.throw]), and no copy is made.
#include "cxx/object.hpp"

NOINLINE static void changes() {
  try {
    throws(Counted(1));
  } catch (Counted& caught) {
    const int copies = Counted::copies;
    caught.value += 10;
    CHECK(Counted::copies == copies);
    throw;
  }
}

PROGRAM {
  try {
    changes();
  } catch (const Counted& caught) {
    CHECK(caught.value == 11);
    CHECK(Counted::alive == 1);
    step('a');
  }
  CHECK(Counted::alive == 0);
  TRAIL("a");
}
