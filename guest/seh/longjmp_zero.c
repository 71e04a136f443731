/* longjmp(buffer, 0) makes setjmp return 1 (C standard, 7.13.2.1). */
#include <setjmp.h>

#include "cases/steps.h"

static jmp_buf buffer;

NOINLINE static void jump(int value) {
  longjmp(buffer, value);
}

NOINLINE static int returned(int value) {
  volatile int times = 0;
  int result = setjmp(buffer);
  if (times++ == 0) jump(value);
  return result;
}

PROGRAM {
  CHECK(returned(0) == 1);
  CHECK(returned(1) == 1);
  CHECK(returned(-3) == -3);
}
