/* FLAGS: -fasync-exceptions
 * With it clang keeps the handler, but leaves the frame's level as it was inside the __try: a fault
 * behind the block comes to the handler as well (LLVM pull request 116546 tells of it). A right
 * compiler's program would end at the second store. */
#include "cases/steps.h"

static volatile int* volatile nowhere;

NOINLINE static int stores(void) {
  volatile int times = 0;
  __try {
    *nowhere = 1;
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    step('h');
    ++times;
  }
  if (times > 1) return times;
  *nowhere = 2;
  return -1;
}

static LONG WINAPI last(EXCEPTION_POINTERS* pointers) {
  (void)pointers;
  TRAIL("h");
  end_program();
}

PROGRAM {
  SetUnhandledExceptionFilter(last);
  CHECK(stores() == 2);
  TRAIL("hh");
}
