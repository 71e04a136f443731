/* A thousand exceptions leave neither stack nor chain behind. */
#include "cases/steps.h"

static DWORD stack_pointer(void) {
  DWORD esp;
  __asm__ volatile("movl %%esp, %0" : "=r"(esp));
  return esp;
}

NOINLINE static void once(void) {
  __try {
    raise(0xe000000d);
  } __finally {
    step('f');
  }
}

PROGRAM {
  volatile DWORD first = 0, different = 0, handled = 0;
  for (int i = 0; i < 1000; ++i) {
    __try {
      once();
    } __except (EXCEPTION_EXECUTE_HANDLER) {
      ++handled;
    }
    trail_length = 0;
    if (!first) first = stack_pointer();
    if (first != stack_pointer()) ++different;
  }
  CHECK(handled == 1000 && different == 0);
}
