/* A continuable exception of RaiseException goes on behind the call, a hundred times. */
#include "cases/steps.h"

static volatile int asked;

NOINLINE static LONG go_on(void) {
  ++asked;
  return EXCEPTION_CONTINUE_EXECUTION;
}

PROGRAM {
  volatile int done = 0;
  __try {
    for (int i = 0; i < 100; ++i) {
      raise(0xe000000b);
      ++done;
    }
  } __except (go_on()) {
    step('!');
  }
  CHECK(asked == 100 && done == 100);
  TRAIL("");
}
