/* __leave jumps to the end of its __try: that is no abnormal termination (Microsoft). */
#include "cases/steps.h"

NOINLINE static void leaves(int at) {
  __try {
    __try {
      step('a');
      if (at == 1) __leave;
      step('b');
    } __finally {
      step(AbnormalTermination() ? '!' : 'c');
    }
    if (at == 2) __leave;
    step('d');
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    step('!');
  }
  step('e');
}

PROGRAM {
  leaves(1);
  TRAIL("acde");
  leaves(2);
  TRAIL("abce");
  leaves(0);
  TRAIL("abcde");
}
