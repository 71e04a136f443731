/* Three exceptions: two __finally blocks raise while they are being unwound. The last one is
 * handled; every block ran once. */
#include "cases/steps.h"

NOINLINE static void first(void) {
  __try {
    raise(0xe0000001);
  } __finally {
    step('a');
    raise(0xe0000002);
  }
}

NOINLINE static void second(void) {
  __try {
    first();
  } __finally {
    step('b');
    raise(0xe0000003);
  }
}

PROGRAM {
  volatile DWORD code = 0;
  __try {
    __try {
      second();
    } __finally {
      step('c');
    }
  } __except (code = GetExceptionCode(),
              filter((char)('0' + (code & 0xf)), EXCEPTION_EXECUTE_HANDLER)) {
    step('d');
  }
  CHECK(code == 0xe0000003);
  TRAIL("1a2b3cd");
}
