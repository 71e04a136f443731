/* What a function computed before its __try is there in the handler, and volatile variables have
 * the values of the moment of the exception. */
#include "cases/steps.h"

NOINLINE static int sum(int a, int b, int c) {
  int before = a * 100 + b * 10 + c;
  volatile int within = 0;
  __try {
    within = 1;
    raise(0xe0000010);
    within = 2;
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    return before + within * 1000;
  }
  return -1;
}

PROGRAM {
  CHECK(sum(1, 2, 3) == 1123);
  CHECK(sum(4, 5, 6) == 1456);
}
