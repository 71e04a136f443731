/* A handler block is left by goto to before the __try, which is tried again: the frame's level is
 * right every time. */
#include "cases/steps.h"

PROGRAM {
  volatile int attempts = 0;
again:
  __try {
    ++attempts;
    __try {
      raise(0xe0000003);
    } __finally {
      step('f');
    }
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    step('h');
    if (attempts < 4) goto again;
  }
  CHECK(attempts == 4);
  TRAIL("fhfhfhfh");
}
