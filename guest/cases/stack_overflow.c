/* Recursion without end: STATUS_STACK_OVERFLOW when the last page that the stack may grow into is
 * touched (facts 2.1); the base frame's filter still has that page to run on. */
#include "cases/say.h"

__attribute__((noinline)) static int descend(volatile int* from_above) {
  volatile int here[64];
  here[0] = *from_above + 1;
  if (here[0] < 0) return 0; /* two thousand million levels down */
  return descend(here) + here[0];
}

void start(void) {
  volatile int top = 0;
  say("before\n");
  ExitProcess((UINT)descend(&top));
}
