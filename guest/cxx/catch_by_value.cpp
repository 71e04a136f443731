// A catch by value works on a copy of the exception object; both are destroyed, the copy at the end
// of the handler, the object after it ([except.handle], [except.throw]).
#include "cxx/object.hpp"

PROGRAM {
  try {
    throws(Counted(5));
  } catch (Counted caught) {
    CHECK(caught.value == 5);
    CHECK(Counted::alive == 2);
    caught.value = 6;
    try {
      throw;
    } catch (Counted& object) {
      CHECK(object.value == 5);
      step('a');
    }
  }
  CHECK(Counted::alive == 0);
  TRAIL("a");
}
