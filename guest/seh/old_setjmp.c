/* _setjmp, of compilers before Visual C++ 4.2: the buffer has no 'VC20', and longjmp unwinds the
 * frame itself to the level that it had (facts 3.7). */
#include "cases/steps.h"

int old_setjmp(int* buffer) __attribute__((returns_twice)) __asm__("__setjmp");
NORETURN void longjmp(int* buffer, int value);

static int buffer[16];

NOINLINE static void jump(void) {
  longjmp(buffer, 3);
}

NOINLINE static void body(void) {
  __try {
    volatile int value = old_setjmp(buffer);
    if (value == 0) {
      __try {
        jump();
      } __finally {
        step('a');
      }
    }
    CHECK(value == 3);
    raise(0xe0000014);
  } __except (filter('f', EXCEPTION_EXECUTE_HANDLER)) {
    step('b');
  }
}

PROGRAM {
  body();
  TRAIL("afb");
}
