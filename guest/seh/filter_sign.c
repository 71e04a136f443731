/* A filter's sign decides, not its value (facts 2: ReactOS tests it with 12345). */
#include "cases/steps.h"

NOINLINE static LONG decide(LONG decision) {
  return decision;
}

NOINLINE static void positive(void) {
  __try {
    raise(1);
  } __except (decide(12345)) {
    step('a');
  }
}

NOINLINE static void negative(void) {
  __try {
    raise(1);
    step('b');
  } __except (decide(-12345)) {
    step('!');
  }
}

PROGRAM {
  positive();
  negative();
  TRAIL("ab");
}
