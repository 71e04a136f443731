// throw; out of a handler into a handler of an enclosing try block of the same function.
#include "cxx/object.hpp"

NOINLINE static void body() {
  try {
    try {
      try {
        throws(Counted(2));
      } catch (Counted& caught) {
        Noisy a('a');
        caught.value = 3;
        throw;
      }
    } catch (Counted& caught) {
      Noisy b('b');
      CHECK(caught.value == 3);
      CHECK(Counted::alive == 1);
      throw;
    }
  } catch (Counted caught) {
    Noisy c('c');
    CHECK(caught.value == 3);
    CHECK(Counted::alive == 2);
  }
  CHECK(Counted::alive == 0);
}

PROGRAM {
  body();
  TRAIL("abc");
}
