// A handler that calls its own function, which throws again: each level's exception is its own.
#include "cxx/object.hpp"

NOINLINE static int descend(int depth) {
  try {
    throws(Counted(depth));
  } catch (Counted& caught) {
    if (depth == 10) return caught.value;
    const int below = descend(depth + 1);
    CHECK(caught.value == depth);
    try {
      throw;
    } catch (Counted& again) {
      CHECK(&again == &caught);
    }
    return below + caught.value;
  }
  return -1;
}

PROGRAM {
  CHECK(descend(0) == 55);
  CHECK(Counted::alive == 0);
}
