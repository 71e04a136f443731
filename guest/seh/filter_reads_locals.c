/* Filters and __finally blocks are functions of their own that run in the frame of theirs: they
 * read and write its variables. */
#include "cases/steps.h"

NOINLINE static int counts(int wanted) {
  volatile int asked = 0, cleaned = 0;
  __try {
    __try {
      raise((DWORD)wanted);
    } __finally {
      cleaned = asked * 10;
    }
  } __except (++asked, GetExceptionCode() == (DWORD)wanted) {
    return asked + cleaned;
  }
  return -1;
}

PROGRAM {
  CHECK(counts(0x123) == 11);
}
