/* A filter has a __try of its own and takes an exception of its own, three deep, before it decides.
 */
#include "cases/steps.h"

NOINLINE static LONG asks(int depth);

NOINLINE static void raises(int depth) {
  __try {
    raise(0xe0000010 + (DWORD)depth);
  } __except (asks(depth)) {
    step((char)('a' + depth));
  }
}

static LONG asks(int depth) {
  step((char)('0' + depth));
  if (depth < 3) raises(depth + 1);
  return EXCEPTION_EXECUTE_HANDLER;
}

PROGRAM {
  raises(0);
  TRAIL("0123dcba");
}
