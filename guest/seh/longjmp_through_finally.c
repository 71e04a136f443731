/* longjmp unwinds what lies between: each __finally of the functions that are left runs, with
 * AbnormalTermination, before setjmp returns again (Microsoft: "longjmp"). */
#include <setjmp.h>

#include "cases/steps.h"

static jmp_buf buffer;

NOINLINE static void innermost(void) {
  __try {
    __try {
      longjmp(buffer, 5);
    } __finally {
      step(AbnormalTermination() ? 'a' : '!');
    }
  } __except (filter('!', EXCEPTION_EXECUTE_HANDLER)) {
    step('!');
  }
}

NOINLINE static void middle(void) {
  __try {
    innermost();
  } __finally {
    step('b');
  }
}

NOINLINE static void jumps(void) {
  volatile int value = setjmp(buffer);
  if (!value) {
    middle();
    step('!');
  }
  CHECK(value == 5);
  step('c');
}

PROGRAM {
  jumps();
  TRAIL("abc");
}
