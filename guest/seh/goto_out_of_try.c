/* goto, break and continue out of a __try run its __finally. */
#include "cases/steps.h"

NOINLINE static void jumps(void) {
  __try {
    __try {
      step('a');
      goto out;
    } __finally {
      step('b');
    }
    step('!');
  } __finally {
    step('c');
  }
out:
  step('d');
}

NOINLINE static void loops(void) {
  for (int i = 0; i < 3; ++i) {
    __try {
      if (i == 0) continue;
      step('1');
      if (i == 1) break;
      step('!');
    } __finally {
      step('f');
    }
    step('!');
  }
}

PROGRAM {
  jumps();
  TRAIL("abcd");
  loops();
  TRAIL("f1f");
}
