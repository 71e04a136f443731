/* FLAGS: -fstack-protector-all
 * A buffer on the stack is overrun: the check at the function's end finds the cookie changed and
 * ends the program with STATUS_STACK_BUFFER_OVERRUN; __except is not asked. */
#include "cases/steps.h"

NOINLINE static void overrun(volatile int bytes) {
  volatile char buffer[16];
  for (int i = 0; i < bytes; ++i) ((volatile char*)buffer)[i] = 'A';
}

PROGRAM {
  overrun(16);
  say("before\n");
  __try {
    overrun(20);
  } __except (filter('!', EXCEPTION_EXECUTE_HANDLER)) {
  }
  say("came back\n");
}
