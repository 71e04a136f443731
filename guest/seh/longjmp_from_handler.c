/* longjmp out of a handler block and out of a __finally that an exception runs: the exception is
 * gone then. */
#include <setjmp.h>

#include "cases/steps.h"

static jmp_buf buffer;

NOINLINE static void out_of_handler(void) {
  __try {
    raise(0xe0000011);
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    step('a');
    longjmp(buffer, 1);
  }
}

NOINLINE static void out_of_finally(void) {
  __try {
    raise(0xe0000012);
  } __finally {
    step('b');
    longjmp(buffer, 2);
  }
}

NOINLINE static void caught(void) {
  __try {
    out_of_finally();
  } __except (filter('f', EXCEPTION_EXECUTE_HANDLER)) {
    step('!');
  }
}

NOINLINE static int jumps(int which) {
  int value = setjmp(buffer);
  if (value) return value;
  if (which) {
    caught();
  } else {
    out_of_handler();
  }
  return -1;
}

PROGRAM {
  CHECK(jumps(0) == 1);
  TRAIL("a");
  CHECK(jumps(1) == 2);
  TRAIL("fb");
}
