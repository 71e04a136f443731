// return, break, continue and goto out of handlers end them: the objects and the exception are
// destroyed.
#include "cxx/object.hpp"

NOINLINE static int returns() {
  try {
    throws(Counted(3));
  } catch (Counted& caught) {
    Noisy n('r');
    return caught.value;
  }
  return -1;
}

NOINLINE static void loops() {
  for (int i = 0; i < 4; ++i) {
    try {
      throws(Counted(i));
    } catch (Counted& caught) {
      Noisy n('l');
      if (caught.value == 1) continue;
      if (caught.value == 2) break;
    }
    step('e');
  }
}

NOINLINE static void jumps() {
  int times = 0;
again:
  try {
    throws(Counted(++times));
  } catch (Counted&) {
    Noisy n('j');
    if (times < 3) goto again;
  }
}

PROGRAM {
  CHECK(returns() == 3);
  TRAIL("r");
  loops();
  TRAIL("lell");
  jumps();
  TRAIL("jjj");
  CHECK(Counted::alive == 0);
}
