/* Running out of stack is an exception; a handler far enough out goes on. */
#include "cases/steps.h"

NOINLINE static int eat(int depth) {
  volatile char room[4000];
  room[0] = (char)depth;
  if (depth < 0) return 0;
  return eat(depth + 1) + room[0];
}

PROGRAM {
  volatile DWORD code = 0;
  __try {
    eat(0);
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    code = GetExceptionCode();
  }
  CHECK(code == 0xc00000fd);
}
