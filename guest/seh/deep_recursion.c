/* Two hundred frames, each with a __finally, unwound by one exception: each once, innermost first.
 */
#include "cases/steps.h"

static volatile int order, wrong;

NOINLINE static void descend(int depth) {
  __try {
    if (depth == 200) raise(0xe000000c);
    descend(depth + 1);
  } __finally {
    if (order != 200 - depth) ++wrong;
    ++order;
  }
}

PROGRAM {
  __try {
    descend(0);
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    step('h');
  }
  CHECK(order == 201 && wrong == 0);
  TRAIL("h");
}
