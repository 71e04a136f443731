/* __finally blocks run in the second pass, after the filter has decided, from the inside out;
 * AbnormalTermination tells them from the normal end (Microsoft: "try-finally statement"). */
#include "cases/steps.h"

NOINLINE static void inner(void) {
  __try {
    __try {
      raise(0xe0000002);
    } __finally {
      step(AbnormalTermination() ? 'a' : '!');
    }
  } __finally {
    step(AbnormalTermination() ? 'b' : '!');
  }
}

NOINLINE static void unharmed(void) {
  __try {
    step('x');
  } __finally {
    step(AbnormalTermination() ? '!' : 'y');
  }
}

PROGRAM {
  unharmed();
  TRAIL("xy");
  __try {
    __try {
      inner();
    } __finally {
      step(AbnormalTermination() ? 'c' : '!');
    }
  } __except (filter('f', EXCEPTION_EXECUTE_HANDLER)) {
    step('h');
  }
  TRAIL("fabch");
}
