/* A __finally that has an exception of its own and handles it: the unwinding that runs it goes on.
 */
#include "cases/steps.h"

NOINLINE static void tidy(void) {
  __try {
    raise(0xe0000008);
  } __except (filter('2', EXCEPTION_EXECUTE_HANDLER)) {
    step('c');
  }
}

NOINLINE static void inner(void) {
  __try {
    raise(0xe0000007);
  } __finally {
    step('b');
    tidy();
    step('d');
  }
}

PROGRAM {
  __try {
    __try {
      inner();
    } __finally {
      step('e');
    }
  } __except (filter('1', EXCEPTION_EXECUTE_HANDLER)) {
    step('f');
  }
  TRAIL("1b2cdef");
}
