/* A handler block runs outside its own __try: an exception in it is the next frame's. */
#include "cases/steps.h"

NOINLINE static void inner(void) {
  __try {
    raise(0xe0000005);
  } __except (filter('1', EXCEPTION_EXECUTE_HANDLER)) {
    step('a');
    raise(0xe0000006);
    step('!');
  }
}

PROGRAM {
  volatile DWORD code = 0;
  __try {
    inner();
  } __except (code = GetExceptionCode(), filter('2', EXCEPTION_EXECUTE_HANDLER)) {
    step('b');
  }
  CHECK(code == 0xe0000006);
  TRAIL("1a2b");
}
