/* return out of nested __try blocks runs every __finally on the way, inside out, and keeps the
 * value that was computed before them. */
#include "cases/steps.h"

static volatile int number = 7;

NOINLINE static int returns(int early) {
  __try {
    __try {
      if (early) return number;
      step('a');
    } __finally {
      step('b');
      number = 8;
    }
  } __finally {
    step('c');
    number = 9;
  }
  return number;
}

NOINLINE static int returns_from_handler(void) {
  __try {
    raise(3);
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    return 5;
  }
  return 6;
}

PROGRAM {
  CHECK(returns(1) == 7);
  TRAIL("bc");
  CHECK(number == 9);
  CHECK(returns(0) == 9);
  TRAIL("abc");
  CHECK(returns_from_handler() == 5);
}
