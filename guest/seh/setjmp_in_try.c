/* Microsoft's compilers give setjmp the function's try level and _seh_longjmp_unwind: longjmp then
 * runs the __finally blocks of the same function that it leaves (facts 3.7). clang gives neither;
 * here the call is made as Microsoft's would be. */
#include "cases/steps.h"

int setjmp3(int* buffer, int count, void* unwind, int level)
    __attribute__((returns_twice)) __asm__("__setjmp3");
NORETURN void longjmp(int* buffer, int value);
void __stdcall _seh_longjmp_unwind(void* buffer);

static int buffer[16];

NOINLINE static void jump(void) {
  longjmp(buffer, 9);
}

NOINLINE static void body(void) {
  __try {
    volatile int value = setjmp3(buffer, 2, (void*)_seh_longjmp_unwind, 0); /* level 0: the outer */
    if (value == 0) {
      __try {
        step('a');
        jump();
      } __finally {
        step('b');
      }
    }
    CHECK(value == 9);
    step('c');
    raise(0xe0000013);
  } __except (filter('f', EXCEPTION_EXECUTE_HANDLER)) {
    step('d');
  }
}

PROGRAM {
  body();
  TRAIL("abcfd");
}
